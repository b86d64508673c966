/// How far each node of a graph is from the middle of the figure, and on which side.
struct Layers {
    /// 0 in the middle, negative on the first side (above, or left), positive on the second.
    private(set) var depths: [Int]
    private let neighbours: [[Int]]

    /// Finds a middle for each connected part: the preferred node from which the farthest is nearest.
    /// - Parameters:
    ///   - neighbours: each node's neighbours by number, both ways.
    ///   - preferred: the nodes that may be in the middle, where the part has one of them.
    init(neighbours: [[Int]], preferred: (Int) -> Bool) {
        self.neighbours = neighbours
        depths = Array(repeating: 0, count: neighbours.count)
        var seen = Array(repeating: false, count: neighbours.count)
        for start in neighbours.indices where !seen[start] {
            let part = walk(from: start).map(\.node)
            for node in part { seen[node] = true }
            place(part.sorted(), preferred)
        }
    }

    private mutating func place(_ part: [Int], _ preferred: (Int) -> Bool) {
        let candidates = part.contains(where: preferred) ? part.filter(preferred) : part
        var middle: (node: Int, reach: Int)?
        for node in candidates {
            let reach = walk(from: node).last?.depth ?? 0
            if reach < middle?.reach ?? .max { middle = (node, reach) }
        }
        guard let middle else { return }
        let steps = walk(from: middle.node)
        var sizes: [Int: Int] = [:]
        for step in steps { sizes[step.branch, default: 0] += 1 }
        let above = firstSide(neighbours[middle.node], sizes)
        for step in steps { depths[step.node] = above.contains(step.branch) ? -step.depth : step.depth }
    }

    /// The branches of the first side: as many as make both sides most alike in size.
    private func firstSide(_ branches: [Int], _ sizes: [Int: Int]) -> Set<Int> {
        let distinct = branches.distinct
        let total = distinct.reduce(0) { $0 + sizes[$1, default: 0] }
        var best = (count: 0, difference: total)
        var sum = 0
        for (index, branch) in distinct.enumerated() {
            sum += sizes[branch, default: 0]
            if abs(2 * sum - total) <= best.difference { best = (index + 1, abs(2 * sum - total)) }
        }
        return Set(distinct.prefix(best.count))
    }

    /// The nodes reached from one, nearest first, with their distance and the neighbour of the first that leads to them.
    private func walk(from start: Int) -> [(node: Int, depth: Int, branch: Int)] {
        var steps = [(node: start, depth: 0, branch: start)]
        var seen: Set<Int> = [start]
        var next = 0
        while next < steps.count {
            let step = steps[next]
            next += 1
            for neighbour in neighbours[step.node] where seen.insert(neighbour).inserted {
                steps.append((neighbour, step.depth + 1, step.depth == 0 ? neighbour : step.branch))
            }
        }
        return steps
    }
}
