import TopoModel
import TopoNetwork

/// Which of several next hops packets take, lookup by lookup. The kernel chooses by a hash of the addresses, of which nobody
/// knows the seed: so every choice is tried.
struct Choices {
    /// The hop taken at each lookup so far, and how many there are.
    private var taken: [(hop: Int, count: Int)] = []
    private var next = 0

    /// The hop to take at the next lookup, of so many.
    mutating func choose(of count: Int) -> Int {
        if next == taken.count { taken.append((0, count)) }
        next += 1
        return taken[next - 1].hop
    }

    /// Begins again, with other choices than before.
    /// - Returns: false where all have been made.
    mutating func advance() -> Bool {
        next = 0
        while let last = taken.popLast() {
            guard last.hop + 1 < last.count else { continue }
            taken.append((last.hop + 1, last.count))
            return true
        }
        return false
    }
}

extension Walker {
    /// How many ways of one packet and its answer are followed at most.
    static let mostWays = 256

    /// What comes of something for every choice of next hops that it makes; at least one, and the first where it makes none.
    mutating func everyWay<Result>(_ body: (inout Walker) -> Result) -> [Result] {
        let before = choices
        choices = Choices()
        defer { choices = before }
        var results: [Result] = []
        repeat { results.append(body(&self)) } while results.count < Walker.mostWays && choices.advance()
        return results
    }

    /// One way of a route.
    mutating func way(of route: TableRoute) -> TableRoute {
        guard case .multipath(let hops) = route.action else { return route }
        return route.ways[choices.choose(of: hops.count)]
    }
}

extension Path {
    /// The worst of the ways that a request and its answer may take: one that is lost, else the one that takes the smallest
    /// packets, else the first. The others are its `others`.
    init(worstOf ways: [Path]) {
        func rank(_ path: Path) -> Int { path.reaches ? path.mtu?.size ?? 0 : -1 }
        let worst = ways.indices.min { (rank(ways[$0]), $0) < (rank(ways[$1]), $1) } ?? 0
        self = ways[worst]
        for (place, way) in ways.enumerated() where place != worst && way != self && !others.contains(way) {
            others.append(way)
        }
    }
}
