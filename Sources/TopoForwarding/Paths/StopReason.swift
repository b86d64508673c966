public import TopoModel
import TopoNetwork
public import TopoPlan

/// Why a packet's way ends.
public indirect enum StopReason: Sendable, Hashable {
    /// It arrives.
    case delivered
    /// It is an answer, and comes to somebody else who has the address that the request was from.
    case anothersAddress(IPAddress)
    /// It is an answer, and comes from another address than was asked: no router on its way has changed the destination of what it
    /// answers.
    case answerFromAnother(IPAddress, asked: IPAddress)
    /// It is a tunnel's packet, and this router gives it another source: the far end takes it for somebody else's.
    case sourceTranslated(IPAddress, by: NodeName)
    /// The sender has no address of the destination's family to send from.
    case noSourceAddress
    /// The node has no route to the address.
    case noRoute(IPAddress)
    /// The node's route goes via an address that is in none of its subnets, or its own: the kernel rejects that route.
    case invalidNextHop(IPAddress)
    /// An `unreachable` route: dropped, and the sender is told.
    case unreachableRoute(Prefix)
    /// A `blackhole` route: dropped.
    case blackholeRoute(Prefix)
    /// The node is no router in this family.
    case notForwarding(AddressFamily)
    /// Nobody on the interface's segment answers for the address.
    case neighbourUnanswered(IPAddress, interface: String)
    /// Who has the address is in the segment, and no frame gets there: for example, a VXLAN does not pass on what it
    /// receives from one far end to another.
    case noLayer2Path(IPAddress, interface: String)
    /// The LAN drops frames for a container behind this NIC: their MAC is not the NIC's own.
    case notPromiscuous(lan: String, nic: InterfaceReference)
    /// The way is between this host and a container of its own on a macvlan interface of its NIC, which the kernel keeps apart.
    case macvlanParent(NodeName)
    /// The interface's segment has a loop that no spanning tree cuts: broadcasts never end there.
    case layer2Loop(interface: String)
    /// These routers pass it round until its TTL ends.
    case forwardingLoop([NodeName])
    /// Its TTL ends here.
    case timeToLiveExceeded
    /// It comes back to the host that sent it, which drops packets that claim to be from itself (IPv4).
    case ownSource(IPAddress)
    /// It is from an IPv4-mapped address, which no IPv6 packet may be from.
    case mappedSource(IPAddress)
    /// It is from a link-local address, and would have to leave the link.
    case linkLocalSource(IPAddress)
    /// It comes in by another interface than the way back to its source goes out by (`rp_filter`).
    case reversePathFiltered(IPAddress)
    /// It is larger than this and may not be fragmented; reported where the sender is told by ICMP.
    case tooBig(mtu: Int, isReported: Bool)
    /// The tunnel's outer packet is lost, for this reason, in this node.
    case underlayFails(tunnel: InterfaceReference, StopReason, at: NodeName)
    /// No tunnel at the far end fits this one.
    case noFarEnd(tunnel: InterfaceReference, IPAddress)
    /// The tunnel's outer packets would go through the tunnel itself.
    case tunnelInItself(tunnel: InterfaceReference)
    /// The tunnel's outer packets go through more tunnels of the same node than its kernel takes.
    case tooManyTunnels(tunnel: InterfaceReference, levels: Int)
}
