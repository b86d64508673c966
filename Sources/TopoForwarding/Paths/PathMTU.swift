public import TopoDiagnostics
public import TopoPlan

/// The largest IP packet that is answered when it may not be fragmented, and what becomes of one that is larger.
public struct PathMTU: Sendable, Hashable {
    /// What a sender learns of a packet that is one byte larger.
    public enum Beyond: Sendable, Hashable {
        /// Its own kernel refuses to send it.
        case refused
        /// This node tells it by ICMP (fragmentation needed; packet too big).
        case reported(by: NodeName)
        /// Nothing: the packet, or its answer, vanishes.
        case vanishes
    }

    /// The packet's size, in bytes, IP header included.
    public let size: Int
    /// What becomes of a packet of one byte more.
    public let beyond: Beyond
    /// The interface that sets the limit; nil where only the largest IP packet there is does.
    public let interface: InterfaceReference?
    /// The place in the topology file that sets the limit.
    public let origin: Span?
}
