import TopoModel
import TopoNetwork

/// What `no-ping` checks keep apart: the two that a check names, and with them whoever is on their segments, since what would
/// join those would join the two.
struct KeptApart {
    private let network: Network
    private let pairs: [(Int, Int)]

    /// Collects the checks of a network's topology.
    init(_ network: Network) {
        self.network = network
        pairs = network.pairsKeptApart
    }

    /// Whether a check keeps two nodes apart.
    func areApart(_ one: Int, _ other: Int) -> Bool {
        pairs.contains { first, second in
            isWith(one, first) && isWith(other, second) || isWith(one, second) && isWith(other, first)
        }
    }

    private func isWith(_ node: Int, _ named: Int) -> Bool {
        node == named || !Set(network.nodes[node].segments).isDisjoint(with: network.nodes[named].segments)
    }
}

extension Network {
    /// The nodes that checks keep apart, by twos; of a set that is isolated, one of each that are on the same segments.
    var pairsKeptApart: [(Int, Int)] {
        topology.checks.flatMap { check -> [(Int, Int)] in
            switch check.kind {
            case .ping, .trace, .mtu, .tcp, .encapsulated: return []
            case .noPing(let from, let to):
                guard let one = node(of: from), let other = node(of: to) else { return [] }
                return [(one, other)]
            case .isolated(let sets):
                let firsts = sets.map(firstsOfSegments)
                return firsts.indices.flatMap { place in
                    firsts[..<place].flatMap { others in
                        firsts[place].flatMap { one in others.map { ($0, one) } }
                    }
                }
            }
        }
    }

    private func firstsOfSegments(_ set: [Endpoint]) -> [Int] {
        var seen: Set<[Int]> = []
        return set.compactMap(node)
            .filter { seen.insert(nodes[$0].segments).inserted }
    }
}
