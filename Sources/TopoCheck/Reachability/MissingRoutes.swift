import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds routers and containers that lack a route on the way between containers, there or back (T0503), routers that hand
/// packets round (T0504, also those for a container that no router is connected to), and routers where the way there and the way back part (T0507).
///
/// What a `no-ping` check keeps apart is left alone, and what something wrong is known of already.
func findMissingRoutes(in network: Network, mustForward: Set<Int>, _ findings: inout Findings) {
    let settled = findings.segments(in: network)
    let separations = Separations(network)
    var domains = RoutedDomains(network, mustForward: mustForward)
    var walks = RouteWalks(network, mustForward: mustForward)
    var ways = WaysToGroup(nodes: network.nodes.count)
    let isRing = AsymmetricRoutes.isRing(walks)
    for family in AddressFamily.allCases {
        let spoken = Set(settled.map { domains.domain(of: $0, family) })
        let groups = EndGroups(
            family, in: network, forwarding: walks.forwarding, domains: &domains, leavingOut: spoken)
        for (part, all) in groups.parts.enumerated() where all.count > 1 {
            // IPv6 has no rp_filter.
            let asymmetric = isRing && family == .ipv4 ? AsymmetricRoutes(walks, all) : nil
            var search = RouteSearch(walks, all, asymmetric, mustForward: mustForward)
            search.compareAll(&ways) { one, other in separations.keepApart((part, one), (part, other), groups) }
            search.report(&findings)
            walks = search.walks
        }
        findStrayLoops(family, groups, &walks, &ways, &findings)
    }
}

/// Finds routers that hand packets round which are for a container that no router is connected to: T0504, a warning, since
/// nobody says that it is to be reached.
private func findStrayLoops(
    _ family: AddressFamily, _ groups: EndGroups, _ walks: inout RouteWalks, _ ways: inout WaysToGroup,
    _ findings: inout Findings
) {
    guard groups.parts.count > 1 else { return }
    let rings = RoutingRings(&walks, family)
    let all = groups.parts.flatMap(\.self)
    let parts = groups.parts.enumerated().flatMap { part, all in all.map { _ in part } }
    let senders = all.indices.filter { rings.holds(all[$0].node) }
    guard !senders.isEmpty else { return }
    let kept = KeptApart(walks.network)
    ways.begin(all)
    for target in all.indices {
        let others = senders.filter {
            parts[$0] != parts[target] && !kept.areApart(all[$0].node, all[target].node)
        }
        guard let source = ways.firstThatGoesRound(of: others, to: target, &walks) else { continue }
        let way = walks.way(from: all[source].node, to: all[target].address)
        guard case .loop(let nodes) = way.ending, !findings.loops.contains(nodes) else { continue }
        let loop = RoutingLoop(nodes: nodes, from: all[source], to: all[target], isStray: true)
        findings.add(loop.diagnostic(in: walks.network, &walks))
        findings.settle(loop: nodes)
    }
}

/// The pairs of containers that checks keep apart.
private struct Separations {
    private let pairs: [(Int, Int)]

    init(_ network: Network) {
        pairs = network.pairsKeptApart
    }

    func keepApart(_ one: (Int, Int), _ other: (Int, Int), _ groups: EndGroups) -> Bool {
        pairs.contains { pair in
            guard let first = groups.place(of: pair.0), let second = groups.place(of: pair.1) else { return false }
            let places = [(first.part, first.group), (second.part, second.group)]
            return places[0] == one && places[1] == other || places[0] == other && places[1] == one
        }
    }
}
