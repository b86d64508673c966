public import TopoDiagnostics
public import TopoModel

/// A route of a node's table, its interface known.
public struct TableRoute: Sendable, Hashable {
    /// What becomes of the packets.
    public enum Action: Sendable, Hashable {
        /// They are for a neighbour on this interface, asked for by the destination itself; the address is the preferred
        /// source, where the route comes from one.
        case onLink(InterfaceID, source: IPAddress?)
        /// They go to this neighbour on this interface.
        case via(IPAddress, InterfaceID)
        /// They would go to a neighbour that is not on link: the kernel rejects such a route.
        case invalid(IPAddress)
        /// They are dropped and the sender is told.
        case unreachable
        /// They are dropped.
        case blackhole
    }

    /// The destination.
    public let destination: Prefix
    /// What becomes of the packets.
    public let action: Action
    /// The metric that the kernel gives it; the lowest wins.
    public let metric: UInt32
    /// The place in the file that asks for it; nil where it is derived.
    public let origin: Span?

    /// The interface that packets leave by.
    public var interface: InterfaceID? {
        switch action {
        case .onLink(let interface, _), .via(_, let interface): interface
        case .invalid, .unreachable, .blackhole: nil
        }
    }

    /// Whether the destination is a neighbour: what `ip-route(8)` calls scope link.
    public var isOnLink: Bool {
        switch action {
        case .onLink: true
        case .via, .invalid, .unreachable, .blackhole: false
        }
    }
}
