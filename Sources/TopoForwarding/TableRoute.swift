import TopoDiagnostics
import TopoModel

/// A route of a node's table, its interface known.
struct TableRoute: Sendable {
    /// What becomes of the packets.
    enum Action: Sendable, Hashable {
        /// They are for a neighbour on the interface of this number, asked for by the destination itself; the address is
        /// the preferred source, where the route comes from one.
        case onLink(Int, source: IPAddress?)
        /// They go to this neighbour on the interface of this number.
        case via(IPAddress, Int)
        /// They would go to a neighbour that is not on link: the kernel refuses such a route.
        case invalid(IPAddress)
        /// They are dropped and the sender is told.
        case unreachable
        /// They are dropped.
        case blackhole
    }

    /// The destination.
    let destination: Prefix
    /// What becomes of the packets.
    let action: Action
    /// The metric; the lowest wins.
    let metric: UInt32
    /// The place in the file that asks for it.
    let origin: Span

    /// The interface that packets leave by.
    var interface: Int? {
        switch action {
        case .onLink(let interface, _), .via(_, let interface): interface
        case .invalid, .unreachable, .blackhole: nil
        }
    }
}
