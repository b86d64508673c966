import RandomNumbers
import Testing

@testable import TopoCheck

/// Ways in random forests, against a search step by step.
@Suite struct SpanningForestTests {
    /// The vertices on the way from one to another, by a search over all edges.
    private func way(from one: Int, to other: Int, _ edges: [(Int, Int)]) -> [Int]? {
        var ways = [[one]]
        var seen: Set<Int> = [one]
        while let way = ways.popLast() {
            guard let last = way.last, last != other else { return way }
            for (first, second) in edges where first == last || second == last {
                let next = first == last ? second : first
                if seen.insert(next).inserted { ways.append(way + [next]) }
            }
        }
        return nil
    }

    @Test(arguments: 1...30) func aWayAndItsWeightAreTheTrees(seed: Int) {
        var dice = Dice(seed: seed)
        let count = dice.number(2...30)
        var weights: [Int] = []
        var edges: [(Int, Int)] = []
        for vertex in 0..<count {
            weights.append(dice.number(1...9))
            // Each hangs below an earlier one, or is the root of another tree.
            if vertex > 0, !dice.falls(10) { edges.append((dice.number(max(0, vertex - 3)...vertex - 1), vertex)) }
        }
        var closing: [Int] = []
        var all = edges
        for _ in 0..<dice.number(0...4) {
            let (one, other) = (dice.number(0...count - 1), dice.number(0...count - 1))
            guard one != other, way(from: one, to: other, edges) != nil else { continue }
            closing.append(all.count)
            all.append((one, other))
        }
        let forest = SpanningForest(weights: weights, edges: all)
        #expect(forest.closing == closing)
        for one in 0..<count {
            for other in 0..<count {
                guard let wanted = way(from: one, to: other, edges) else { continue }
                #expect(forest.weight(from: one, to: other) == wanted.reduce(0) { $0 + weights[$1] })
                let found = forest.way(from: one, to: other, limit: count)
                #expect([one] + (found.first + found.last).map(\.vertex) == wanted && found.omitted == 0)
                let short = forest.way(from: one, to: other, limit: 1)
                #expect(short.first.count + short.last.count + short.omitted == wanted.count - 1)
            }
        }
    }
}
