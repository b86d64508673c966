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
        /// At a node whose route by a device leads to another segment than the address is on.
        case unanswered(Int)
        /// At a route that refuses it, or outside the topology.
        case unknown
    }

    /// A node on the way, with the segment by which the packet leaves it, and the address of the neighbour that gets it.
    struct Hop {
        let node: Int
        let leavingBy: Int
        let neighbour: Network.AssignedAddress
    }

    /// Where a route leads, whomever a packet is for.
    enum Turn: Hashable {
        /// There is no route.
        case none
        /// Nowhere: the route refuses packets, or leads out of the topology or back to its own node.
        case refused
        /// To whoever is asked for on this segment.
        case onLink(segment: Int)
        /// To the neighbour whose address this is, as an index in `Network.addresses`.
        case neighbour(Int)
        /// To any one of these places: at least two.
        case anyOf([Turn])

        /// Where each packet may go.
        var ways: [Turn] { if case .anyOf(let all) = self { all } else { [self] } }
    }

    /// What a node does with a packet.
    enum Step {
        /// It hands it to the neighbour whose address this is, as an index in `Network.addresses`.
        case next(Int)
        /// It goes no further; with the segment by which it leaves the node, where it does.
        case ends(Ending, leavingBy: Int?)
    }

    let network: Network
    /// The nodes that forward, or that must.
    let forwarding: Set<Int>
    private let isForwarding: [Bool]
    private var tables: [RoutingTable?]

    /// Prepares to follow packets.
    /// - Parameter mustForward: nodes that do not forward and must: they are taken to do so.
    init(_ network: Network, mustForward: Set<Int>) {
        self.network = network
        forwarding = mustForward.union(network.nodes.indices.filter { network.nodes[$0].forwards })
        tables = Array(repeating: nil, count: network.nodes.count)
        isForwarding = network.nodes.enumerated().map { $1.forwards || mustForward.contains($0) }
    }

    /// A node's routes.
    mutating func table(of node: Int) -> RoutingTable {
        if let known = tables[node] { return known }
        let table = RoutingTable(of: node, in: network)
        tables[node] = table
        return table
    }

    /// The address that a node's packets to an address come from; nil where it sends none.
    mutating func source(from node: Int, to address: IPAddress) -> IPAddress? {
        var interfaces: [InterfaceID] = []
        var addresses: [InterfaceID: [InterfaceAddress]] = [:]
        for address in network.addressesAsMade(of: node) {
            if addresses[address.interface] == nil { interfaces.append(address.interface) }
            addresses[address.interface, default: []].append(address.value)
        }
        return SourceAddress.chosen(
            for: address, by: table(of: node).route(to: address)?.ways.first, interfaces: interfaces,
            addresses: { addresses[$0] ?? [] })
    }

    /// A packet's way, without its last node, and where it ends.
    typealias Way = (hops: [Hop], ending: Ending)

    /// The way of a packet from a node to an address; where it may go by several, the first that does not get there, or else the
    /// first.
    mutating func way(from source: Int, to target: Network.AssignedAddress) -> Way {
        var hops: [Hop] = []
        var places: [Int: Int] = [:]
        // The ways that are still to be tried, from which node on.
        var open: [(place: Int, node: Int, turn: Turn)] = []
        // From these every way arrives.
        var arriving: Set<Int> = []
        var first: Way?
        func begin(_ node: Int, _ walks: inout RouteWalks) -> Ending? {
            if let start = places[node] { return .loop(Self.cycle(hops[start...].map(\.node))) }
            places[node] = hops.count
            let turn = walks.turn(at: node, by: walks.table(of: node).route(to: target.value.address))
            for way in turn.ways.reversed() { open.append((hops.count, node, way)) }
            return nil
        }
        _ = begin(source, &self)
        while let (place, node, turn) = open.popLast() {
            for left in hops[place...] {
                places[left.node] = nil
                if left.node != node { arriving.insert(left.node) }
            }
            hops.removeSubrange(place...)
            places[node] = place
            let ending: Ending?
            switch step(at: node, turn, to: target) {
            case .ends(let found, let segment):
                if let segment {
                    var neighbour = target
                    if case .neighbour(let index) = turn { neighbour = network.addresses[index] }
                    hops.append(Hop(node: node, leavingBy: segment, neighbour: neighbour))
                }
                ending = found
            case .next(let index):
                let next = network.addresses[index]
                hops.append(Hop(node: node, leavingBy: next.segment, neighbour: next))
                ending = arriving.contains(next.node) ? .delivered : begin(next.node, &self)
            }
            guard let ending else { continue }
            if ending != .delivered { return (hops, ending) }
            if first == nil { first = (hops, ending) }
        }
        return first ?? (hops, .unknown)
    }

    /// Nodes that hand packets round, beginning with the lowest.
    static func cycle(_ nodes: [Int]) -> [Int] {
        guard let least = nodes.indices.min(by: { nodes[$0] < nodes[$1] }) else { return nodes }
        return Array(nodes[least...] + nodes[..<least])
    }

    /// Where a node's route leads; nil stands for none.
    func turn(at node: Int, by route: TableRoute?) -> Turn {
        guard let route else { return .none }
        switch route.action {
        case .multipath:
            var turns: [Turn] = []
            for turn in route.ways.map({ self.turn(at: node, by: $0) }) where !turns.contains(turn) {
                turns.append(turn)
            }
            return turns.count == 1 ? turns[0] : .anyOf(turns)
        case .invalid, .unreachable, .blackhole: return .refused
        case .onLink(let interface, _): return .onLink(segment: network.segments.segment(of: interface))
        case .via(let hop, let interface):
            let next = network.answering(hop, on: network.segments.segment(of: interface), to: node)
            guard let next, network.addresses[next].node != node else { return .refused }
            return .neighbour(next)
        }
    }

    /// Whether the node that has an address answers for it on a segment: an IPv4 address on any that it is on.
    private func answers(_ target: Network.AssignedAddress, on segment: Int) -> Bool {
        segment == target.segment
            || target.value.address.family == .ipv4 && network.nodes[target.node].segments.contains(segment)
    }

    /// What a node does with a packet to an address, where its route leads there: of several places, to the first.
    func step(at node: Int, _ turn: Turn, to target: Network.AssignedAddress) -> Step {
        if node == target.node { return .ends(.delivered, leavingBy: nil) }
        switch turn {
        case .anyOf(let turns): return step(at: node, turns[0], to: target)
        case .none: return .ends(.noRoute(node), leavingBy: nil)
        case .refused: return .ends(.unknown, leavingBy: nil)
        case .onLink(let segment):
            if answers(target, on: segment) { return .ends(.delivered, leavingBy: segment) }
            // A host that announces the address takes the packet, and forwards it.
            guard let index = network.announcing(target.value.address, on: segment, to: node) else {
                return .ends(.unanswered(node), leavingBy: nil)
            }
            return handed(to: index)
        case .neighbour(let index):
            let (next, segment) = network.place(of: index)
            if next == target.node { return .ends(.delivered, leavingBy: segment) }
            return handed(to: index)
        }
    }

    /// What becomes of a packet for others at the neighbour with an address.
    private func handed(to index: Int) -> Step {
        let (next, _) = network.place(of: index)
        return isForwarding[next] ? .next(index) : .ends(.blocked(next), leavingBy: nil)
    }
}

extension Segment.Member.Kind {
    /// When a host's script makes it: the loopback interface is there first, then come NICs, tunnels, bridges, VLAN
    /// interfaces and links.
    var rank: Int {
        switch self {
        case .loopback: 0
        case .nic, .container, .pointToPointContainer: 1
        case .tunnel: 2
        case .bridge: 3
        case .vlan: 4
        case .pointToPointHost: 5
        }
    }
}
