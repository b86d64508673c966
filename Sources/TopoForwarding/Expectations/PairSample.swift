import TopoPlan

/// Which pairs of containers the check scripts try, beyond those that the user names.
///
/// Up to 12 containers: every ordered pair, at most 132. Above that, since pairs grow with the square:
/// - each container, in the order of the plan, to the next one, the last to the first: every container sends and answers;
/// - the first container of each segment to the first of each other segment where there are up to 24 segments, at most
///   552 pairs; of more segments, to those of the next, the second next and the fourth next.
///
/// The same plan gives the same sample. A container is counted to the segment of its first interface.
struct PairSample {
    /// Two containers.
    struct Pair: Hashable {
        /// The number of the node that sends.
        let source: Int
        /// The number of the node that answers.
        let target: Int
    }

    /// The most containers whose pairs are all tried.
    static let wholeContainers = 12
    /// The most segments whose pairs are all tried.
    static let wholeSegments = 24

    /// The pairs, by source, then by target, in the order of the plan.
    let pairs: [Pair]

    init(_ network: Network) {
        let containers = network.nodes.indices.filter { network.nodes[$0].name.container != nil }
        var pairs: Set<Pair> = []
        if containers.count <= PairSample.wholeContainers {
            for source in containers {
                for target in containers { pairs.insert(Pair(source: source, target: target)) }
            }
        } else {
            for (place, source) in containers.enumerated() {
                pairs.insert(Pair(source: source, target: containers[(place + 1) % containers.count]))
            }
            pairs.formUnion(PairSample.acrossSegments(containers, network))
        }
        self.pairs = pairs.filter { $0.source != $0.target }.sorted {
            ($0.source, $0.target) < ($1.source, $1.target)
        }
    }

    private static func acrossSegments(_ containers: [Int], _ network: Network) -> [Pair] {
        var seen: Set<Int> = []
        let firsts = containers.filter { node in
            guard let interface = network.nodes[node].interfaces.first else { return false }
            return seen.insert(network.domains.domain(ofInterface: interface)).inserted
        }
        let isWhole = firsts.count <= wholeSegments
        let steps = isWhole ? Array(1..<max(firsts.count, 1)) : [1, 2, 4]
        return firsts.indices.flatMap { place in
            steps.map { Pair(source: firsts[place], target: firsts[(place + $0) % firsts.count]) }
        }
    }
}
