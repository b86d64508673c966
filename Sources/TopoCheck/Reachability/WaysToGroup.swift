import TopoModel
import TopoNetwork

/// The ways of all packets for one container after the other, found from its side: each node is asked once where it hands
/// them.
struct WaysToGroup {
    /// What is known of a node.
    private enum Mark {
        static let unknown: Int32 = -1
        static let onTheWay: Int32 = -2
    }

    /// Where packets of each group end, by the group's number.
    private(set) var endings: [RouteWalks.Ending] = []
    /// By number, where packets end.
    private var kinds: [RouteWalks.Ending] = []
    /// By node, the place in `kinds`, or a mark.
    private var kindOf: [Int32]
    /// By node, the node that gets its packets next, and the segment they leave by; -1 where they go nowhere.
    private var hops: [(next: Int32, segment: Int32)]
    private var asked: [Int] = []
    private let groups: [EndGroup]
    /// The groups' addresses in order, and by group the place of its address.
    private let addresses: [IPAddress]
    private var placeOfGroup: [Int]
    /// By node, its routes to them.
    private var ranges: [RouteRanges?]

    /// Prepares to find the ways of these groups to each other.
    init(_ groups: [EndGroup], nodes: Int) {
        kindOf = Array(repeating: Mark.unknown, count: nodes)
        hops = Array(repeating: (-1, -1), count: nodes)
        ranges = Array(repeating: nil, count: nodes)
        self.groups = groups
        let order = groups.indices.sorted { groups[$0].address.value.address < groups[$1].address.value.address }
        addresses = order.map { groups[$0].address.value.address }
        placeOfGroup = Array(repeating: 0, count: groups.count)
        for (place, group) in order.enumerated() { placeOfGroup[group] = place }
    }

    /// Finds the ways of all groups to the container of one of them.
    /// - Parameter routers: more nodes whose next hops are asked for.
    mutating func follow(to target: Int, routers: [Int], _ walks: inout RouteWalks) {
        for node in asked {
            kindOf[node] = Mark.unknown
            hops[node] = (-1, -1)
        }
        asked.removeAll(keepingCapacity: true)
        kinds.removeAll(keepingCapacity: true)
        endings.removeAll(keepingCapacity: true)
        for group in groups { endings.append(kinds[ending(from: group.node, to: target, &walks)]) }
        for router in routers { _ = ending(from: router, to: target, &walks) }
    }

    /// The next hop of a node; nil where its packets end there, or it is not on any way.
    func hop(at node: Int) -> (next: Int, segment: Int)? {
        let hop = hops[node]
        return hop.next < 0 ? nil : (Int(hop.next), Int(hop.segment))
    }

    /// The segment by which a node sends the packets; -1 where it sends none.
    func segment(leaving node: Int) -> Int32 { hops[node].segment }

    /// Where a node's packets to a group end, as a place in `kinds`.
    private mutating func ending(from source: Int, to group: Int, _ walks: inout RouteWalks) -> Int {
        let (target, place) = (groups[group].address, placeOfGroup[group])
        let first = asked.count
        var node = source
        var kind: Int32?
        while kind == nil {
            switch kindOf[node] {
            case Mark.unknown:
                kindOf[node] = Mark.onTheWay
                asked.append(node)
                let turn = turn(at: node, to: place, &walks)
                switch walks.step(at: node, turn, to: target) {
                case .ends(let ending, let segment):
                    if let segment { hops[node] = (Int32(target.node), Int32(segment)) }
                    kind = number(of: ending)
                case .next(let index):
                    let next = walks.network.place(of: index)
                    hops[node] = (Int32(next.node), Int32(next.segment))
                    node = next.node
                }
            case Mark.onTheWay:
                let ring = asked[first...].drop { $0 != node }
                kind = number(of: .loop(RouteWalks.cycle(Array(ring))))
            case let known: kind = known
            }
        }
        let found = kind ?? Mark.unknown
        for node in asked[first...] { kindOf[node] = found }
        return Int(found)
    }

    private mutating func turn(at node: Int, to place: Int, _ walks: inout RouteWalks) -> RouteWalks.Turn {
        if let known = ranges[node] { return known.turn(to: place) }
        let found = RouteRanges(of: node, to: addresses, &walks)
        ranges[node] = found
        return found.turn(to: place)
    }

    private mutating func number(of ending: RouteWalks.Ending) -> Int32 {
        kinds.append(ending)
        return Int32(kinds.count - 1)
    }
}
