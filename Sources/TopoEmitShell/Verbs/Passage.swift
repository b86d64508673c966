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

    init(through host: HostPlan, of wide: PlanWide) {
        let routed = host.forwarding(of: .host).filter(\.isEnabled).flatMap(\.families)
        let carried = wide.families
        var seen: Set<String> = []
        let addressed = host.addresses(of: .host).map(\.interface).filter {
            seen.insert($0).inserted && Passage.isPlain($0)
        }
        interfaces = !routed.isEmpty && addressed.count > 1 ? addressed : []
        let covered = Set(routed == carried ? interfaces : [])
        bridges = host.bridges.filter { bridge in
            let ports = bridge.ports.count + host.veths(on: bridge.name).count
            return ports > 1 && !covered.contains(bridge.name) && Passage.isPlain(bridge.name)
        }.map(\.name)
        (families, routedFamilies) = (carried, routed)
        isDockers = host.containers.contains { $0.network != nil }
        chain = wide.plan.filterChain
    }

    /// Whether a name means itself in a rule: to iptables(8), one that ends in `+` is all that begin so.
    private static func isPlain(_ interface: String) -> Bool { !interface.ends(with: "+") }

    /// The calls that let it pass where something drops it.
    var calls: [[String]] {
        [
            ("pass_within", families, bridges),
            (isDockers ? "pass_dockers" : "pass_between", routedFamilies, interfaces),
        ].filter { !$0.1.isEmpty && !$0.2.isEmpty }.map { name, families, interfaces in
            [name, chain, families.map(\.rawValue).joined(separator: " ")] + interfaces
        }
    }
}
