import TopoModel
import TopoNetwork

/// Follows packets from node to node, as their routes lead them.
struct RouteWalks {
    /// Where a packet ends.
    enum Ending: Hashable {
        /// At who has the address.
        case delivered
        /// At a node that has no route for it, as an index in `Network.nodes`.
        case noRoute(Int)
        /// Nowhere: these nodes, the lowest first, hand it round.
        case loop([Int])
        /// At a node that does not forward.
        case blocked(Int)
        /// At a route that refuses it, outside the topology, or at an address that is in two places.
        case unknown
    }

    /// A node on the way, with the segment by which the packet leaves it, and the address of the neighbour that gets it.
    struct Hop {
        let node: Int
        let leavingBy: Int
        let neighbour: Network.AssignedAddress
    }

    private enum Step {
        case next(Network.AssignedAddress)
        /// With the neighbour that has the address, where the packet leaves the node.
        case ends(Ending, at: Network.AssignedAddress?)
    }

    let network: Network
    /// The nodes that forward, or that must.
    let forwarding: Set<Int>
    private var tables: [Int: RoutingTable] = [:]

    /// Prepares to follow packets.
    /// - Parameter mustForward: nodes that do not forward and must: they are taken to do so.
    init(_ network: Network, mustForward: Set<Int>) {
        self.network = network
        forwarding = mustForward.union(network.nodes.indices.filter { network.nodes[$0].forwards })
    }

    /// A node's routes.
    mutating func table(of node: Int) -> RoutingTable {
        if let known = tables[node] { return known }
        let table = RoutingTable(of: node, in: network)
        tables[node] = table
        return table
    }

    /// The way of a packet from a node to an address, without its last node.
    mutating func way(from source: Int, to target: Network.AssignedAddress) -> (hops: [Hop], ending: Ending) {
        var hops: [Hop] = []
        var places: [Int: Int] = [:]
        var node = source
        while true {
            if let first = places[node] { return (hops, .loop(Self.cycle(hops[first...].map(\.node)))) }
            places[node] = hops.count
            switch step(at: node, to: target) {
            case .ends(let ending, let last):
                if let last { hops.append(Hop(node: node, leavingBy: last.segment, neighbour: last)) }
                return (hops, ending)
            case .next(let next):
                hops.append(Hop(node: node, leavingBy: next.segment, neighbour: next))
                node = next.node
            }
        }
    }

    /// Where a packet from a node to an address ends.
    /// - Parameter known: what is known of packets to this address from other nodes; what is found is added.
    mutating func ending(from source: Int, to target: Network.AssignedAddress, known: inout [Int: Ending]) -> Ending {
        var trail: [Int] = []
        var places: [Int: Int] = [:]
        var node = source
        var ending: Ending?
        while ending == nil {
            if let known = known[node] {
                ending = known
            } else if let first = places[node] {
                ending = .loop(Self.cycle(Array(trail[first...])))
            } else {
                places[node] = trail.count
                trail.append(node)
                switch step(at: node, to: target) {
                case .ends(let last, _): ending = last
                case .next(let next): node = next.node
                }
            }
        }
        let found = ending ?? .unknown
        for node in trail { known[node] = found }
        return found
    }

    /// Nodes that hand packets round, beginning with the lowest.
    static func cycle(_ nodes: [Int]) -> [Int] {
        guard let least = nodes.indices.min(by: { nodes[$0] < nodes[$1] }) else { return nodes }
        return Array(nodes[least...] + nodes[..<least])
    }

    private mutating func step(at node: Int, to target: Network.AssignedAddress) -> Step {
        if node == target.node { return .ends(.delivered, at: nil) }
        guard let route = table(of: node).route(to: target.value.address) else {
            return .ends(.noRoute(node), at: nil)
        }
        switch route.action {
        case .invalid, .unreachable, .blackhole: return .ends(.unknown, at: nil)
        case .onLink(let interface, _):
            return network.segments.segment(of: interface) == target.segment
                ? .ends(.delivered, at: target) : .ends(.unknown, at: nil)
        case .via(let hop, let interface):
            guard let index = network.index(of: hop, on: network.segments.segment(of: interface)) else {
                return .ends(.unknown, at: nil)
            }
            let next = network.addresses[index]
            guard next.node != node else { return .ends(.unknown, at: nil) }
            if next.node == target.node { return .ends(.delivered, at: next) }
            return forwarding.contains(next.node) ? .next(next) : .ends(.blocked(next.node), at: nil)
        }
    }
}
