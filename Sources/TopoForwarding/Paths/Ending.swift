public import TopoDiagnostics
public import TopoPlan

/// Where a packet's way ends, and why.
public struct Ending: Sendable, Hashable {
    /// Why.
    public let reason: StopReason
    /// The node where it ends.
    public let node: NodeName
    /// The place in the topology file that decides it.
    public let origin: Span?

    /// Makes an ending.
    public init(reason: StopReason, node: NodeName, origin: Span?) {
        self.reason = reason
        self.node = node
        self.origin = origin
    }
}
