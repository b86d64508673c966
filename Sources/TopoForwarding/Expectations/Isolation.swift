import TopoDiagnostics
import TopoModel
import TopoPlan

/// An `isolated` check held against the prediction: for any two sets, no echo request of a node of one may come to a node of the
/// other, whether it is answered or not.
///
/// All pairs are looked at, by one of each pair of classes; those are asserted at run time, up to a number for each host.
struct Isolation {
    /// Nodes of one class in one set.
    private struct Members {
        let first: Int
        let count: Int
    }

    /// How many pairs one host asks at most.
    static let pairsOfHost = 200

    /// What the check scripts assert.
    private(set) var expectations: [Expectation] = []
    /// Why it cannot hold: the first pair that reaches each other.
    private(set) var diagnostics: [Diagnostic] = []
    /// How many pairs are not asserted, by the host of who would ask.
    private(set) var leftOut: [String: Int] = [:]
    private let sets: [[Members]]
    private var asked: [String: Int] = [:]

    /// Takes the sets, and the classes of all nodes.
    init(_ sets: [[Endpoint]], _ classes: ClassNumbers, _ walker: inout Walker) {
        self.sets = sets.map { set in
            var places: [Int: Int] = [:]
            var members: [Members] = []
            for end in set {
                guard let name = end.node, let node = walker.network.node(named: name) else { continue }
                if let place = places[classes[node]] {
                    members[place] = Members(first: members[place].first, count: members[place].count + 1)
                } else {
                    places[classes[node]] = members.count
                    members.append(Members(first: node, count: 1))
                }
            }
            return members
        }
    }

    /// Looks at all pairs.
    mutating func search(_ span: Span, _ walker: inout Walker) {
        for (place, set) in sets.enumerated() {
            for (other, others) in sets.enumerated() where other != place {
                for one in set {
                    for target in others {
                        guard compare(one, target, span, &walker) else { return }
                    }
                }
            }
        }
    }

    /// Whether one's requests do not come to another; a finding says so where they do.
    private mutating func compare(_ one: Members, _ target: Members, _ span: Span, _ walker: inout Walker) -> Bool {
        let source = walker.network.nodes[one.first].name
        for family in AddressFamily.allCases {
            for address in walker.network.addresses(of: target.first, family) where !address.isIPv6LinkLocal {
                let name = walker.network.nodes[target.first].name
                let ways = walker.pingPath(from: one.first, to: address).everyWay
                guard let path = ways.first(where: { $0.there.isDelivered && $0.there.ending.node == name }) else {
                    continue
                }
                diagnostics.append(finding(path, target, span, &walker))
                return false
            }
        }
        let pairs = one.count * target.count
        if asked[source.host, default: 0] >= Isolation.pairsOfHost {
            leftOut[source.host, default: 0] += pairs
            return true
        }
        let found = walker.expected(
            from: .init(node: one.first), to: .init(node: target.first), isStated: true, isTraced: false)
        guard !found.isEmpty else { return true }
        asked[source.host, default: 0] += 1
        leftOut[source.host, default: 0] += pairs - 1
        expectations += found.map(\.expectation)
        return true
    }

    private func finding(_ path: Path, _ target: Members, _ span: Span, _ walker: inout Walker) -> Diagnostic {
        let name = walker.network.nodes[target.first].name
        let routers = path.routers.map(\.description).joined(separator: ", ")
        let way = path.routers.isEmpty ? "in their own segment" : "by \(routers)"
        let help: String
        if let router = path.routers.first {
            help =
                "\(router) would keep them apart without forwarding, or with a route to \(path.destination)'s subnet of type: unreachable"
        } else {
            help = "put them on bridges that nothing joins"
        }
        return Diagnostic(
            .checkCannotHold, "check cannot hold: \"\(path.source)\" reaches \"\(name)\"",
            at: .init(span, "a request to \(path.destination) comes to it, \(way)"),
            notes: path.reaches ? [] : ["its answer is lost, but the request is not"], help: [help])
    }
}
