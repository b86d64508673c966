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
        pairs = network.topology.checks.compactMap { check in
            switch check.kind {
            case .ping, .trace, .mtu, .encapsulated: nil
            case .noPing(let from, let to):
                network.node(host: from.host, container: from.container).flatMap { one in
                    network.node(host: to.host, container: to.container).map { (one, $0) }
                }
            }
        }
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
