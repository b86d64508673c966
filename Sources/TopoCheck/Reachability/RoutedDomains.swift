import TopoModel
import TopoNetwork

/// Which segments packets can be routed between: a union-find over segments, joined by what forwards.
struct RoutedDomains {
    private var parents: [Int]

    /// Joins the segments of every host and container that forwards, or that must.
    init(_ network: Network, mustForward: Set<Int>) {
        parents = Array(network.segments.all.indices)
        for (index, node) in network.nodes.enumerated() where node.forwards || mustForward.contains(index) {
            guard let first = node.segments.first else { continue }
            for other in node.segments.dropFirst() { join(first, other) }
        }
    }

    /// A number that segments between which packets can be routed have in common.
    mutating func domain(of segment: Int) -> Int {
        var root = segment
        while parents[root] != root { root = parents[root] }
        var next = segment
        while parents[next] != root { (next, parents[next]) = (parents[next], root) }
        return root
    }

    private mutating func join(_ one: Int, _ other: Int) {
        let (left, right) = (domain(of: one), domain(of: other))
        parents[max(left, right)] = min(left, right)
    }
}
