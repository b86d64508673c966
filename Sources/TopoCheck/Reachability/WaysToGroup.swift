import TopoModel
import TopoNetwork

/// The ways of all packets for one container after the other, found from its side: each node is asked once where it hands
/// them.
struct WaysToGroup {
    /// What is known of a node's packets.
    private enum Fate {
        case unknown
        case onTheWay
        case lost
        case goesRound
        case arrives
    }

    private var groups: [EndGroup] = []
    /// The groups' addresses in order, and by group the place of its address.
    private var addresses: [IPAddress] = []
    private var placeOfGroup: [Int] = []
    /// By node, its routes to them.
    private var ranges: [RouteRanges?]
    /// The nodes that have these.
    private var ranged: [Int] = []
    /// By node, what becomes of its packets for the group that is looked at.
    private var fates: [Fate]
    /// By node, the node that gets these packets next, and the segment they leave by; -1 where they go nowhere.
    private var hops: [(next: Int32, segment: Int32)]
    /// The same of those whose packets may go by several ways.
    private var branches: [Int: [(next: Int32, segment: Int32)]] = [:]
    /// The nodes of which something is known.
    private var asked: [Int] = []

    /// Makes room for the nodes of a network.
    init(nodes: Int) {
        fates = Array(repeating: .unknown, count: nodes)
        hops = Array(repeating: (-1, -1), count: nodes)
        ranges = Array(repeating: nil, count: nodes)
    }

    /// Prepares to find the ways of these groups to each other, in time that does not depend on how many nodes there are.
    mutating func begin(_ groups: [EndGroup]) {
        for node in ranged { ranges[node] = nil }
        ranged.removeAll(keepingCapacity: true)
        self.groups = groups
        let order = groups.indices.sorted { groups[$0].address.value.address < groups[$1].address.value.address }
        addresses = order.map { groups[$0].address.value.address }
        placeOfGroup = Array(repeating: 0, count: groups.count)
        for (place, group) in order.enumerated() { placeOfGroup[group] = place }
    }

    /// Finds the ways of all groups to the container of one of them.
    /// - Parameter routers: more nodes whose next hops are asked for.
    /// - Returns: the groups whose packets do not arrive.
    mutating func follow(to target: Int, routers: [Int], _ walks: inout RouteWalks) -> [Int] {
        forget()
        let lost = groups.indices.filter { !arrives(from: groups[$0].node, at: target, &walks) }
        for router in routers { _ = arrives(from: router, at: target, &walks) }
        return lost
    }

    /// The first of some groups whose packets to the container of another go round; nil where those of none do.
    mutating func firstThatGoesRound(of sources: [Int], to target: Int, _ walks: inout RouteWalks) -> Int? {
        forget()
        return sources.first { source in
            _ = arrives(from: groups[source].node, at: target, &walks)
            return fates[groups[source].node] == .goesRound
        }
    }

    private mutating func forget() {
        for node in asked {
            fates[node] = .unknown
            hops[node] = (-1, -1)
        }
        asked.removeAll(keepingCapacity: true)
        branches.removeAll(keepingCapacity: true)
    }

    /// Whether there is a node whose packets may go by several ways.
    var hasBranches: Bool { !branches.isEmpty }

    /// Who gets a node's packets next, and the segment they leave by; -1 where they go nowhere.
    func hop(at node: Int) -> (next: Int32, segment: Int32) { hops[node] }

    /// The same in all ways, where there are several; nil where there is one or none.
    func branches(at node: Int) -> [(next: Int32, segment: Int32)]? { branches[node] }

    /// Whether a node's packets get to a group's container, whichever way they go.
    private mutating func arrives(from source: Int, at group: Int, _ walks: inout RouteWalks) -> Bool {
        let (target, place) = (groups[group].address, placeOfGroup[group])
        var way: [Int] = []
        var node = source
        while fates[node] == .unknown {
            fates[node] = .onTheWay
            asked.append(node)
            way.append(node)
            let turn = turn(at: node, to: place, &walks)
            if case .anyOf(let turns) = turn {
                fates[node] = follow(turns, from: node, at: group, &walks)
                break
            }
            switch walks.step(at: node, turn, to: target) {
            case .ends(let ending, let segment):
                if let segment { hops[node] = (Int32(target.node), Int32(segment)) }
                fates[node] = ending == .delivered ? .arrives : .lost
            case .next(let index):
                let next = walks.network.place(of: index)
                hops[node] = (Int32(next.node), Int32(next.segment))
                node = next.node
            }
        }
        // Who meets itself on the way goes round.
        let fate: Fate = fates[node] == .onTheWay ? .goesRound : fates[node]
        for node in way { fates[node] = fate }
        return fate == .arrives
    }

    /// What becomes of packets that may go by several ways: they arrive where they do by each.
    private mutating func follow(
        _ turns: [RouteWalks.Turn], from node: Int, at group: Int, _ walks: inout RouteWalks
    ) -> Fate {
        let target = groups[group].address
        var fate = Fate.arrives
        var all: [(next: Int32, segment: Int32)] = []
        for turn in turns {
            switch walks.step(at: node, turn, to: target) {
            case .ends(let ending, let segment):
                if let segment { all.append((Int32(target.node), Int32(segment))) }
                if ending != .delivered, fate == .arrives { fate = .lost }
            case .next(let index):
                let next = walks.network.place(of: index)
                all.append((Int32(next.node), Int32(next.segment)))
                guard !arrives(from: next.node, at: group, &walks), fate == .arrives else { continue }
                fate = fates[next.node] == .onTheWay ? .goesRound : fates[next.node]
            }
        }
        branches[node] = all
        if let first = all.first { hops[node] = first }
        return fate
    }

    private mutating func turn(at node: Int, to place: Int, _ walks: inout RouteWalks) -> RouteWalks.Turn {
        if let known = ranges[node] { return known.turn(to: place) }
        let found = RouteRanges(of: node, to: addresses, &walks)
        ranges[node] = found
        ranged.append(node)
        return found.turn(to: place)
    }
}
