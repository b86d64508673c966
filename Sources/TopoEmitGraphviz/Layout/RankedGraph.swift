/// A graph whose nodes have a distance from the middle, and the ways to put it into ranks.
struct RankedGraph {
    /// Where a path from the middle outwards goes.
    enum Fold {
        /// Away from the middle, to one side or the other.
        case bothSides
        /// The middle is in the first rank; after so many ranks the path turns back.
        case after(Int)
    }

    /// The graph in ranks.
    struct Ranked {
        /// The rank of each node, from 0 in each connected part.
        let ranks: [Int]
        /// Which piece of the folded paths each node is in.
        let piece: [Int]
        /// How many pieces there are.
        let pieces: Int
        fileprivate let graph: RankedGraph
    }

    private let neighbours: [[Int]]
    private let depths: [Int]
    /// Which connected part a node belongs to.
    private let parts: [Int]

    init(neighbours: [[Int]], depths: [Int]) {
        (self.neighbours, self.depths) = (neighbours, depths)
        var parts = Array(repeating: -1, count: neighbours.count)
        for start in neighbours.indices where parts[start] < 0 {
            var open = [start]
            parts[start] = start
            while let node = open.popLast() {
                for next in neighbours[node] where parts[next] < 0 {
                    parts[next] = start
                    open.append(next)
                }
            }
        }
        self.parts = parts
    }

    /// Puts the nodes into ranks.
    /// - Parameter leafRows: in how many ranks the leaves of a node stand.
    func ranked(_ fold: Fold, leafRows: Int) -> Ranked {
        var ranks = depths.map { rank($0, fold) }
        let leafless = ranks
        for node in neighbours.indices {
            // Two nodes of which each is the other's leaf have nothing to spread.
            let leaves = neighbours[node].filter { neighbours[$0].count == 1 }
            guard leaves.count > leafRows, neighbours[node].count > 1 else { continue }
            for (number, leaf) in leaves.enumerated() {
                ranks[leaf] += (leafless[leaf] - leafless[node]) * (number % leafRows)
            }
        }
        let lowest = Dictionary(zip(parts, ranks), uniquingKeysWith: min)
        let pieces = depths.map { piece($0, fold) }
        return Ranked(
            ranks: ranks.indices.map { ranks[$0] - (lowest[parts[$0]] ?? 0) }, piece: pieces,
            pieces: Set(pieces).count, graph: self)
    }

    private func rank(_ depth: Int, _ fold: Fold) -> Int {
        switch fold {
        case .bothSides: return depth
        case .after(let turn):
            let place = abs(depth) % (2 * turn)
            return min(place, 2 * turn - place)
        }
    }

    private func piece(_ depth: Int, _ fold: Fold) -> Int {
        switch fold {
        case .bothSides: 0
        case .after(let turn): depth == 0 ? 0 : ((abs(depth) - 1) / turn) * 2 + (depth < 0 ? 1 : 0)
        }
    }
}

extension RankedGraph.Ranked {
    /// What Graphviz leaves between ranks and between the nodes of one, as in the template `l3.dot`, and around all.
    private static let (rankGap, nodeGap, margin) = (24.0, 16.0, 28.0)

    private struct Strip: Hashable {
        let part: Int
        let piece: Int
        let rank: Int
    }

    /// Roughly how large the figure will be: along the ranks each one's highest node, across them each piece's widest
    /// rank.
    func size(_ direction: PageLayout.Direction, _ room: [PageLayout.Size]) -> PageLayout.Size {
        func across(_ node: Int) -> Double { direction == .down ? room[node].width : room[node].height }
        func along(_ node: Int) -> Double { direction == .down ? room[node].height : room[node].width }
        var thickness = Array(repeating: 0.0, count: (ranks.max() ?? 0) + 1)
        var breadths: [Strip: Double] = [:]
        for node in ranks.indices {
            thickness[ranks[node]] = max(thickness[ranks[node]], along(node))
            func add(_ breadth: Double, _ rank: Int) {
                breadths[Strip(part: graph.parts[node], piece: piece[node], rank: rank), default: 0] += breadth
            }
            add(across(node) + Self.nodeGap, ranks[node])
            // The lines to leaves farther away pass between those nearer.
            for next in graph.neighbours[node] where ranks[next] > ranks[node] + 1 {
                for rank in (ranks[node] + 1)..<ranks[next] { add(Self.nodeGap, rank) }
            }
        }
        var widest: [Strip: Double] = [:]
        for (strip, breadth) in breadths {
            let whole = Strip(part: strip.part, piece: strip.piece, rank: 0)
            widest[whole] = max(widest[whole] ?? 0, breadth)
        }
        // Summed in an order that does not change from run to run.
        let sum = widest.values.sorted().reduce(Self.margin, +)
        let length = thickness.reduce(Self.margin, +) + Double(thickness.count - 1) * Self.rankGap
        switch direction {
        case .down: return PageLayout.Size(width: sum, height: length)
        case .right: return PageLayout.Size(width: length, height: sum)
        }
    }
}
