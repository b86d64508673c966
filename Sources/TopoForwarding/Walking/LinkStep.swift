/// One thing that an Ethernet frame crosses between two neighbours.
public enum LinkStep: Sendable, Hashable {
    /// A veth pair, from one end to the other.
    case veth(from: InterfaceReference, to: InterfaceReference)
    /// A bridge, by the port it comes in and the port it leaves by; nil where that is the host itself.
    case bridge(InterfaceReference, from: String?, to: String?)
    /// A LAN, by name, from one host's NIC to another's.
    case lan(String, from: InterfaceReference, to: InterfaceReference)
    /// A tunnel, inside packets of its underlay.
    case tunnel(Encapsulation)
}
