/// One thing that an Ethernet frame crosses between two neighbours.
public enum LinkStep: Sendable, Hashable {
    /// A veth pair, from one end to the other; with the VLAN of the frame's tag, where it has one.
    case veth(vlan: Int? = nil, from: InterfaceReference, to: InterfaceReference)
    /// A bridge, by the port it comes in and the port it leaves by; nil where that is the host itself. With the frame's
    /// VLAN, where the bridge tells them apart.
    case bridge(InterfaceReference, vlan: Int? = nil, from: String?, to: String?)
    /// A LAN, by name, from one host's NIC to another's; with the VLAN of the frame's tag, where it has one.
    case lan(String, vlan: Int? = nil, from: InterfaceReference, to: InterfaceReference)
    /// A tunnel, inside packets of its underlay.
    case tunnel(Encapsulation)
}
