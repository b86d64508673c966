internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoText

/// What passes through a host from one interface to another, and so through the FORWARD chain of its packet filter.
struct Passage {
    /// The bridges with two ports or more: their frames go through it where `br_netfilter` is there.
    let bridges: [String]
    /// The families of what these carry.
    let families: [AddressFamily]
    /// The interfaces with addresses, two or more, of a host that routes; else none.
    let interfaces: [String]
    /// Whether some of these are on networks of Docker's own, which Docker keeps apart.
    let isDockers: Bool
    /// The families that it routes.
    let routedFamilies: [AddressFamily]
    /// The chain of the rules that let all of this pass.
    let chain: String

    init(through host: HostPlan, of plan: Plan) {
        let addresses = host.objects.compactMap { planned -> PlannedAddress? in
            guard planned.namespace == .host, case .address(let address) = planned.object else { return nil }
            return address
        }
        let routed = Passage.routedFamilies(of: host)
        let carried = Passage.families(of: plan)
        var seen: Set<String> = []
        let addressed = addresses.map(\.interface).filter { seen.insert($0).inserted && Passage.isPlain($0) }
        interfaces = !routed.isEmpty && addressed.count > 1 ? addressed : []
        let covered = Set(routed == carried ? interfaces : [])
        bridges = host.bridges.filter { bridge in
            let ports = bridge.ports.count + host.veths.count { $0.bridge == bridge.name }
            return ports > 1 && !covered.contains(bridge.name) && Passage.isPlain(bridge.name)
        }.map(\.name)
        (families, routedFamilies) = (carried, routed)
        isDockers = host.containers.contains { $0.network != nil }
        chain = plan.filterChain
    }

    private static func families(of plan: Plan) -> [AddressFamily] {
        let objects = plan.hosts.flatMap(\.objects)
        return AddressFamily.allCases.filter { family in
            objects.contains { planned in
                if case .address(let address) = planned.object {
                    address.address.address.family == family
                } else {
                    false
                }
            }
        }
    }

    private static func routedFamilies(of host: HostPlan) -> [AddressFamily] {
        host.objects.flatMap { planned -> [AddressFamily] in
            guard planned.namespace == .host, case .forwarding(let forwarding) = planned.object, forwarding.isEnabled
            else { return [] }
            return forwarding.families
        }
    }

    /// Whether a name means itself in a rule: to iptables(8), one that ends in `+` is all that begin so.
    private static func isPlain(_ interface: String) -> Bool { !interface.ends(with: "+") }

    /// The section that lets it pass where something drops it; nil where nothing passes.
    var section: Section? {
        let calls = [
            ("pass_within", families, bridges),
            (isDockers ? "pass_dockers" : "pass_between", routedFamilies, interfaces),
        ].filter { !$0.1.isEmpty && !$0.2.isEmpty }
        guard !calls.isEmpty else { return nil }
        return Section(
            title: "firewall",
            comments: [
                "These pass also where the FORWARD chain of iptables drops what no rule lets pass, as Docker has it."
            ],
            steps: calls.map { name, families, interfaces in
                let words = families.map(\.rawValue).joined(separator: " ")
                return Step(unless: nil, first: [[name, chain, words] + interfaces], run: [] as [[String]])
            })
    }
}
