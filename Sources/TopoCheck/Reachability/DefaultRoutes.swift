import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds routers whose default routes form a ring, where none of them refuses what is in a block of its own and has no subnet
/// there: T0505, a warning.
///
/// A ring that something was said of already is left out.
func findMeetingDefaultRoutes(in network: Network, mustForward: Set<Int>, _ findings: inout Findings) {
    var walks = RouteWalks(network, mustForward: mustForward)
    let routers = network.nodes.indices.filter { walks.forwarding.contains($0) }
    for family in AddressFamily.allCases {
        for ring in rings(of: routers, family, &walks) {
            guard ring.count > 1, !findings.loops.contains(ring),
                !ring.contains(where: { walks.table(of: $0).refusesOwnBlock })
            else { continue }
            findings.add(meeting(ring, family, in: network, &walks))
        }
    }
}

/// The rings that default routes form, each once, beginning with its lowest node.
private func rings(of routers: [Int], _ family: AddressFamily, _ walks: inout RouteWalks) -> [[Int]] {
    var rings: [[Int]] = []
    var isDone: Set<Int> = []
    for router in routers {
        var trail: [Int] = []
        var places: [Int: Int] = [:]
        var open = [(place: 0, node: router)]
        while let (place, node) = open.popLast() {
            for left in trail[place...] { places[left] = nil }
            trail.removeSubrange(place...)
            if let first = places[node] {
                rings.append(RouteWalks.cycle(Array(trail[first...])))
                continue
            }
            guard isDone.insert(node).inserted else { continue }
            places[node] = trail.count
            trail.append(node)
            for next in walks.defaultRouters(of: node, family).reversed() { open.append((trail.count, next)) }
        }
    }
    return rings
}

extension RouteWalks {
    /// The forwarding nodes to which a node sends what it knows nothing of.
    fileprivate mutating func defaultRouters(of node: Int, _ family: AddressFamily) -> [Int] {
        let ways = table(of: node).route(toAll: .everything(family))?.ways ?? []
        return ways.compactMap { way in
            guard case .via(let hop, let interface) = way.action,
                let neighbour = network.index(of: hop, on: network.segments.segment(of: interface))
            else { return nil }
            let next = network.addresses[neighbour].node
            return next != node && forwarding.contains(next) ? next : nil
        }
    }
}

private func meeting(
    _ ring: [Int], _ family: AddressFamily, in network: Network, _ walks: inout RouteWalks
) -> Diagnostic {
    let names = ring.map { network.names.plain(network.nodes[$0]) }
    var places: [Diagnostic.Label] = []
    for (number, node) in ring.prefix(6).enumerated() {
        let span = walks.table(of: node).route(toAll: .everything(family))?.origin ?? network.nodes[node].span
        places.append(.init(span, "\(names[number])'s leads to \(names[(number + 1) % names.count])"))
    }
    places.sort { $0.span < $1.span }
    let primary = places.removeLast()
    return Diagnostic(
        .defaultRoutesMeet, "the default routes of \(network.names(ofRing: ring)) form a ring", at: primary,
        and: places,
        notes: [
            "a packet for an address that nobody has is forwarded in a circle until its TTL is used up, \"Time to live exceeded\""
        ], help: ways(out: ring, family, in: network))
}

private func ways(out ring: [Int], _ family: AddressFamily, in network: Network) -> [String] {
    var help = ["give one of them routes to the others' subnets instead of its default route"]
    if let block = RefusableBlock(ofOneOf: ring, family, in: network) {
        let router = network.names.plain(network.nodes[block.router])
        help.insert(
            "let \(router) reject addresses that it has no subnet for: \"- {to: \(block.prefix), type: unreachable}\" among its routes",
            at: 0)
    }
    return help
}
