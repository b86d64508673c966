import TopoModel
import TopoPlan

/// What shows that the ends of checks that nothing may pass are alive: that a packet does not arrive proves nothing while none
/// does.
///
/// Each end is to reach somebody of its own: the first on its segments that answers, or else its host.
struct Controls {
    private let network: Network
    /// The first nodes on each domain; found when something is not to pass.
    private lazy var neighbours: [Int: [Int]] = firstNodes()

    /// How many of a domain are tried.
    private static let tries = 6

    init(_ network: Network) { self.network = network }

    private func firstNodes() -> [Int: [Int]] {
        var nodes: [Int: [Int]] = [:]
        for (number, node) in network.nodes[network.inside].enumerated() {
            for domain in node.interfaces.map({ network.domains.domain(ofInterface: $0) }) {
                guard nodes[domain, default: []].count < Controls.tries, nodes[domain]?.last != number else { continue }
                nodes[domain, default: []].append(number)
            }
        }
        return nodes
    }

    /// The controls of some expectations, each end's once; those that are expected anyway are left out.
    mutating func controls(of expectations: [Expectation], _ walker: inout Walker) -> [Expectation] {
        var reached = Set(expectations.filter(\.isToReach).map(\.source))
        var controls: [Expectation] = []
        for expectation in expectations where !expectation.isToReach {
            for end in [expectation.source, expectation.target] where reached.insert(end).inserted {
                guard let node = network.node(named: end), let control = control(of: node, &walker) else { continue }
                controls.append(control)
            }
        }
        return controls
    }

    private mutating func control(of node: Int, _ walker: inout Walker) -> Expectation? {
        let domains = network.nodes[node].interfaces.map { network.domains.domain(ofInterface: $0) }
        let name = network.nodes[node].name
        let own =
            domains.flatMap { neighbours[$0] ?? [] }
            + [network.node(named: NodeName(host: name.host))].compactMap { $0 }
        for other in own where other != node {
            for expectation in walker.expectations(from: node, to: other) {
                guard case .reaches = expectation.result else { continue }
                var control = expectation
                control.isControl = true
                return control
            }
        }
        return nil
    }
}
