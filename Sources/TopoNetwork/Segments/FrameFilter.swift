public import TopoModel

/// What a LAN with `promiscuous: false` passes to a NIC: broadcasts, and frames for the NIC's own MAC address, as a hypervisor
/// does for a virtual NIC that is not in promiscuous mode.
public enum FrameFilter {
    /// Whether frames for an interface get through the NIC of a bridge that it is behind, or is.
    /// - Parameters:
    ///   - owner: the interface's MAC address; nil for one that is not known.
    ///   - nic: the NIC's, likewise.
    public static func passes(to owner: MACAddress?, behind nic: MACAddress?) -> Bool { nic != nil && owner == nic }
}
