import TopoModel
public import TopoPlan

/// A packet's way in one direction.
public struct Way: Sendable, Hashable {
    /// Every node that has the packet, its sender first, in order.
    public let hops: [Hop]
    /// Where the way ends, and why.
    public let ending: Ending
    /// What limits the size of packets, in the order in which they meet it.
    let limits: [SizeLimit]
    /// Its addresses at the end.
    public let header: PacketHeader
    /// What routers changed of them, in order.
    public let translations: [Translation]

    /// True where the packet arrives.
    public var isDelivered: Bool { ending.reason == .delivered }
    /// The nodes that forward it, in order; not its sender, nor the node where it ends.
    public var routers: [NodeName] { hops.dropFirst().filter { $0.outInterface != nil }.map(\.node) }

    /// The same way where its end is a loss after all.
    func ending(otherwise reason: StopReason) -> Way {
        Way(
            hops: hops, ending: Ending(reason: reason, node: ending.node, origin: ending.origin), limits: limits,
            header: header, translations: translations)
    }

    /// The source that the packet has as it comes to a node, where somebody has changed it by then; nil where not.
    func source(at node: NodeName) -> IPAddress? {
        let before = hops.prefix { $0.node != node }.flatMap(\.translations)
        return before.last { $0.side == .source }?.new
    }
}
