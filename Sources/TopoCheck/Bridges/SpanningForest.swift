/// A forest that spans a graph, made of the edges that join something new, in order; each of the others closes a ring.
///
/// Ways in it are asked for in time logarithmic in its size: every vertex keeps, besides its parent, an ancestor farther up
/// (Myers' skew-binary jump pointers).
struct SpanningForest {
    /// A step of a way.
    struct Step {
        /// The edge taken.
        let edge: Int
        /// The vertex that it leads to.
        let vertex: Int
    }

    /// A way between two vertices, or its beginning and its end where it is long.
    struct Way {
        /// The first steps.
        var first: [Step] = []
        /// How many steps are left out after these.
        var omitted = 0
        /// The last steps.
        var last: [Step] = []
    }

    /// The edges that close a ring, in order.
    private(set) var closing: [Int] = []
    private var parents: [Int]
    private var parentEdges: [Int]
    private var jumps: [Int]
    private var depths: [Int]
    /// The sum of the weights from a vertex up to its root.
    private var weights: [Int]

    /// Builds the forest.
    /// - Parameters:
    ///   - weights: a number for each vertex, whose sums over ways can be asked for.
    ///   - edges: pairs of vertices.
    init(weights: [Int], edges: [(Int, Int)]) {
        var sets = DisjointSets(count: weights.count)
        var neighbours: [[Step]] = Array(repeating: [], count: weights.count)
        for (number, edge) in edges.enumerated() {
            if sets.join(edge.0, edge.1) {
                neighbours[edge.0].append(Step(edge: number, vertex: edge.1))
                neighbours[edge.1].append(Step(edge: number, vertex: edge.0))
            } else {
                closing.append(number)
            }
        }
        parents = Array(weights.indices)
        jumps = parents
        parentEdges = Array(repeating: -1, count: weights.count)
        depths = Array(repeating: 0, count: weights.count)
        self.weights = weights
        var isKnown = Array(repeating: false, count: weights.count)
        for root in weights.indices where !isKnown[root] {
            isKnown[root] = true
            var open = [root]
            while let vertex = open.popLast() {
                for step in neighbours[vertex] where !isKnown[step.vertex] {
                    isKnown[step.vertex] = true
                    hang(step, below: vertex)
                    open.append(step.vertex)
                }
            }
        }
    }

    private mutating func hang(_ step: Step, below parent: Int) {
        let jump = jumps[parent]
        parents[step.vertex] = parent
        parentEdges[step.vertex] = step.edge
        depths[step.vertex] = depths[parent] + 1
        weights[step.vertex] += weights[parent]
        jumps[step.vertex] = depths[parent] - depths[jump] == depths[jump] - depths[jumps[jump]] ? jumps[jump] : parent
    }

    /// The vertex at which the ways of two vertices to their root meet.
    private func meeting(_ one: Int, _ other: Int) -> Int {
        var (low, high) = depths[one] >= depths[other] ? (one, other) : (other, one)
        while depths[low] > depths[high] {
            low = depths[jumps[low]] >= depths[high] ? jumps[low] : parents[low]
        }
        while low != high {
            if jumps[low] == jumps[high] {
                (low, high) = (parents[low], parents[high])
            } else {
                (low, high) = (jumps[low], jumps[high])
            }
        }
        return low
    }

    /// The sum of the weights of all vertices on the way between two vertices of one tree, both included.
    func weight(from one: Int, to other: Int) -> Int {
        let top = meeting(one, other)
        let above = parents[top] == top ? 0 : weights[parents[top]]
        return weights[one] + weights[other] - weights[top] - above
    }

    /// The way from one vertex to another of the same tree; at most `limit` steps up and as many down are listed.
    func way(from one: Int, to other: Int, limit: Int) -> Way {
        let top = meeting(one, other)
        let (up, down) = (depths[one] - depths[top], depths[other] - depths[top])
        var way = Way()
        var vertex = one
        for _ in 0..<min(up, limit) {
            way.first.append(Step(edge: parentEdges[vertex], vertex: parents[vertex]))
            vertex = parents[vertex]
        }
        vertex = other
        for _ in 0..<min(down, limit) {
            way.last.append(Step(edge: parentEdges[vertex], vertex: vertex))
            vertex = parents[vertex]
        }
        way.last.reverse()
        way.omitted = up + down - way.first.count - way.last.count
        return way
    }
}
