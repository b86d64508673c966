import TopoModel
import TopoNetwork

/// Where one node's packets for each of many destinations go: runs of destinations, in the order of their addresses, that
/// share a route. Takes time in the number of the node's routes, however many destinations there are.
struct RouteRanges {
    /// The number of each run's first destination.
    private var starts: [Int] = [0]
    /// What is done with a run.
    private var turns: [RouteWalks.Turn] = [.none]

    /// Sorts a node's routes.
    /// - Parameter destinations: of one family, sorted.
    init(of node: Int, to destinations: [IPAddress], _ walks: inout RouteWalks) {
        var open: [(end: Int, turn: RouteWalks.Turn)] = []
        // A prefix stands before those within it.
        for route in walks.table(of: node).inUse.sorted(by: { $0.destination < $1.destination }) {
            let range = Self.places(of: route.destination, in: destinations)
            if range.isEmpty { continue }
            close(&open, before: range.lowerBound)
            let turn = walks.turn(at: node, by: route)
            begin(turn, at: range.lowerBound)
            open.append((range.upperBound, turn))
        }
        close(&open, before: destinations.count)
    }

    /// Where packets go that are for a destination.
    func turn(to destination: Int) -> RouteWalks.Turn {
        turns[starts.partitionIndex { $0 <= destination } - 1]
    }

    /// Ends the runs of prefixes that hold nothing from `place` on: what is around them goes on.
    private mutating func close(_ open: inout [(end: Int, turn: RouteWalks.Turn)], before place: Int) {
        while let last = open.last, last.end <= place {
            open.removeLast()
            begin(open.last?.turn ?? .none, at: last.end)
        }
    }

    private mutating func begin(_ turn: RouteWalks.Turn, at place: Int) {
        if starts.last == place {
            turns[turns.count - 1] = turn
        } else {
            starts.append(place)
            turns.append(turn)
        }
    }

    /// The numbers of the destinations that a prefix holds.
    private static func places(of prefix: Prefix, in destinations: [IPAddress]) -> Range<Int> {
        guard destinations.first?.family == prefix.family else { return 0..<0 }
        let first = destinations.partitionIndex { $0 < prefix.network }
        return first..<destinations[first...].partitionIndex { prefix.contains($0) }
    }
}
