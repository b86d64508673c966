import TopoDiagnostics
import TopoPlan

/// What a frame crosses between two neighbours.
struct Link: Sendable {
    /// What is crossed, in order.
    var steps: [LinkStep] = []
    /// What limits its size, in order.
    var limits: [SizeLimit] = []
    /// The tunnels on it whose outer packets take the inner packets' TTL, with the routers that these cross.
    var inheriting: [(tunnel: InterfaceReference, routers: [NodeName])] = []

    /// Where an outer packet is lost since its TTL, the inner packet's, does not do for the underlay's routers.
    func expired(ttl: Int) -> StopReason? {
        inheriting.first { $0.routers.count >= ttl }.map {
            .underlayFails(tunnel: $0.tunnel, .timeToLiveExceeded, at: $0.routers[max(ttl, 1) - 1])
        }
    }
}

/// The link between two neighbours, or why there is none.
enum LinkResult: Sendable {
    case found(Link)
    case stopped(StopReason, Span?)
}

/// The neighbour that answers for an address, or why none does.
enum NeighbourResult: Sendable {
    /// The interface by which it answers, and the link to it.
    case found(Int, Link)
    case stopped(StopReason, Span?)
}
