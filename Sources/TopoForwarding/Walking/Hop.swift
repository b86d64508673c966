public import TopoDiagnostics
public import TopoModel
public import TopoPlan

/// A node on a packet's way, and the link by which the packet leaves it.
public struct Hop: Sendable, Hashable {
    /// The host or container.
    public let node: NodeName
    /// The interface that the packet comes in by; nil at its sender.
    public let inInterface: String?
    /// The interface that it leaves by; nil where the way ends in the node.
    public let outInterface: String?
    /// The neighbour that it is handed to: the router's address, or the destination itself.
    public let nextHop: IPAddress?
    /// The subnet that the deciding route is for; nil where none was looked up, or none found.
    public let route: Prefix?
    /// The place in the file that the deciding route comes from.
    public let routeOrigin: Span?
    /// The MTU of the interface that it leaves by, in bytes.
    public let mtu: Int?
    /// The packet's TTL as it leaves, or as it arrives where the way ends.
    public let ttl: Int
    /// What its frame crosses to the next hop, in order; empty where the way ends.
    public let link: [LinkStep]
    /// What the node changes of its addresses, in order.
    public let translations: [Translation]
}
