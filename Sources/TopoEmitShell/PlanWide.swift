internal import TopoModel
internal import TopoPlan

/// What the scripts of one host have to know of all of them, found once for the whole plan.
struct PlanWide {
    let plan: Plan
    /// The families of all addresses.
    let families: [AddressFamily]
    private let hosts: [String: HostPlan]
    private let expectations: [String: [Expectation]]
    private let fromOutside: [String: [Expectation]]
    /// How many containers have a name.
    private let counts: [String: Int]
    /// The hosts with a bridge that runs STP.
    private let stpHosts: [String]

    init(_ plan: Plan) {
        self.plan = plan
        hosts = Dictionary(plan.hosts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        expectations = Dictionary(grouping: plan.expectations, by: \.source.host)
        fromOutside = Dictionary(
            grouping: plan.expectations.filter { $0.source.isOutside && !$0.isControl }, by: \.target.host)
        var (counts, families) = ([String: Int](), Set<AddressFamily>())
        for planned in plan.hosts.lazy.flatMap(\.objects) {
            switch planned.object {
            case .container(let container): counts[container.name, default: 0] += 1
            case .address(let address): families.insert(address.address.address.family)
            case .forwarding, .nic, .bridge, .tunnel, .vlan, .port, .veth, .route, .announcement, .nat: break
            }
        }
        self.counts = counts
        self.families = AddressFamily.allCases.filter(families.contains)
        stpHosts = plan.hosts.filter { $0.bridges.contains(where: \.stp) }.map(\.name)
    }

    /// The host of a name.
    func host(_ name: String) -> HostPlan? { hosts[name] }

    /// The expectations whose packets come from a host or its containers, in order.
    func expectations(from host: String) -> [Expectation] { expectations[host] ?? [] }

    /// Whether somebody outside is to ask something, or to take connections.
    func concerns(_ outside: String) -> Bool {
        expectations[outside] != nil || plan.expectations.contains { $0.port != nil && $0.target.host == outside }
    }

    /// The expectations whose packets come from outside the topology, to a host or its containers, in order.
    func expectationsFromOutside(of host: String) -> [Expectation] { fromOutside[host] ?? [] }

    /// Whether another host than this has a bridge that runs STP.
    func hasSTP(otherThan host: String) -> Bool { stpHosts.contains { $0 != host } }

    /// A container's own name where it is the only one so called, else with its host's.
    func name(of node: NodeName) -> String {
        guard let container = node.container else { return node.host }
        return counts[container] == 1 ? container : node.description
    }
}
