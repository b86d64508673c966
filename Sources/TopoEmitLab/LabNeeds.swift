internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// What the machine must have for all hosts, so that it is known before the first of them is made.
struct LabNeeds {
    /// Commands, each with the package of Debian that has it.
    let tools: [[String]]
    /// Types of interfaces, as words after `type` of `ip link add` that make one anywhere.
    let deviceTypes: [[String]]
    /// The functions of the lab that ask for what else the kernel must have.
    let functions: [String]

    init(_ plan: Plan) {
        var tools = [
            ["ip", "iproute2"], ["nsenter", "util-linux"], ["unshare", "util-linux"], ["taskset", "util-linux"],
            ["mountpoint", "util-linux"], ["flock", "util-linux"], ["awk", "mawk"], ["find", "findutils"],
            ["ping", "iputils-ping"],
        ]
        let objects = plan.hosts.flatMap(\.objects).map(\.object)
        let hasForwarding = objects.contains { if case .forwarding = $0 { true } else { false } }
        if hasForwarding { tools.append(["sysctl", "procps"]) }
        if plan.bridgeTools == .brctl, plan.hosts.contains(where: { !$0.bridges.isEmpty }) {
            tools.append(["brctl", "bridge-utils"])
        }
        if plan.expectations.contains(where: \.isTraced) { tools.append(["traceroute", "traceroute"]) }
        if plan.hosts.contains(where: { $0.nat != nil }) { tools.append(["nft", "nftables"]) }
        if plan.expectations.contains(where: { $0.port != nil }) { tools.append(["perl", "perl-base"]) }
        self.tools = tools
        let hasVLANs = objects.contains { if case .vlan = $0 { true } else { false } }
        let filters = plan.hosts.contains { $0.bridges.contains(where: \.filtersVLANs) }
        functions = (hasVLANs ? ["need_vlan"] : []) + (filters ? ["need_filtering"] : [])
        let tunnels = plan.hosts.flatMap(\.tunnels).map(\.kind.probe)
        deviceTypes = [["bridge"], ["veth"]] + tunnels.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
