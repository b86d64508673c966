import TopoModel
import TopoNetwork

/// The nodes from which packets can get into a ring of routers that hand on to each other, whomever they are for.
struct RoutingRings {
    private let members: Set<Int>

    /// Takes away the nodes that hand on to nobody, one after the other: what is left leads to a ring.
    init(_ walks: inout RouteWalks, _ family: AddressFamily) {
        var next: [Int: Set<Int>] = [:]
        var previous: [Int: [Int]] = [:]
        for node in walks.network.nodes.indices {
            let hops = walks.nextHops(of: node, family)
            if hops.isEmpty { continue }
            next[node] = hops
            for hop in hops { previous[hop, default: []].append(node) }
        }
        var ends = previous.keys.filter { next[$0] == nil }
        while let end = ends.popLast() {
            for node in previous[end] ?? [] where next[node]?.remove(end) != nil && next[node]?.isEmpty == true {
                next[node] = nil
                ends.append(node)
            }
        }
        members = Set(next.keys)
    }

    /// Whether a node's packets can get into a ring.
    func holds(_ node: Int) -> Bool { members.contains(node) }
}

extension RouteWalks {
    /// The nodes that forward and that a node's routes of a family lead to.
    fileprivate mutating func nextHops(of node: Int, _ family: AddressFamily) -> Set<Int> {
        let routes = table(of: node).inUse.filter { $0.destination.family == family }
        return Set(
            routes.flatMap(\.ways).compactMap { route -> Int? in
                guard case .neighbour(let index) = turn(at: node, by: route) else { return nil }
                let next = network.addresses[index].node
                return forwarding.contains(next) ? next : nil
            })
    }
}
