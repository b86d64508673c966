/// A Linux bridge in a host.
public struct Bridge: Sendable, Hashable {
    /// Who makes the bridge, and may take it away.
    public enum Manager: String, Sendable, Hashable, CaseIterable {
        /// The generated scripts.
        case topoc
        /// LXD, as one of its networks.
        case lxd
        /// Somebody else, before the scripts run.
        case existing
    }

    /// Its name.
    public let name: Located<String>
    /// The host's own addresses on it.
    public let addresses: [Located<InterfaceAddress>]
    /// NICs and tunnels of the host that are its ports; containers' veths are not listed.
    public let ports: [Located<String>]
    /// Whether it tells the VLANs of frames apart, port by port; it passes tags as they are where not said.
    public let vlanFiltering: Located<Bool>?
    /// Its own side: the VLAN of what the host itself sends and gets on it without a tag.
    public let vlans: PortVLANs
    /// The VLANs of those of its ports for which some are written, by port.
    public let portVLANs: [String: PortVLANs]
    /// Who makes it; `topoc` where not said.
    public let managedBy: Located<Manager>?
    /// Whether it runs the spanning tree protocol; it does not where not said.
    public let stp: Located<Bool>?
    /// Its MAC; derived where not said.
    public let mac: Located<MACAddress>?
    /// Its MTU, in bytes; derived where not said.
    public let mtu: Located<Int>?
    /// The network that it belongs to, for figures and reports.
    public let partOf: Located<String>?
    /// What a reader should know.
    public let description: String?

    /// Makes a bridge.
    public init(
        name: Located<String>, addresses: [Located<InterfaceAddress>] = [], ports: [Located<String>] = [],
        vlanFiltering: Located<Bool>? = nil, vlans: PortVLANs = .none, portVLANs: [String: PortVLANs] = [:],
        managedBy: Located<Manager>? = nil, stp: Located<Bool>? = nil, mac: Located<MACAddress>? = nil,
        mtu: Located<Int>? = nil, partOf: Located<String>? = nil, description: String? = nil
    ) {
        self.name = name
        self.addresses = addresses
        self.ports = ports
        self.vlanFiltering = vlanFiltering
        self.vlans = vlans
        self.portVLANs = portVLANs
        self.managedBy = managedBy
        self.stp = stp
        self.mac = mac
        self.mtu = mtu
        self.partOf = partOf
        self.description = description
    }

    /// Whether it tells VLANs apart.
    public var filtersVLANs: Bool { vlanFiltering?.value ?? false }

    /// The VLANs of one of its ports.
    public func vlans(ofPort port: String) -> PortVLANs { portVLANs[port] ?? .none }
}
