internal import TopoModel
internal import TopoPlan

/// What the machine must have for all hosts, so that it is known before the first of them is made.
struct LabNeeds {
    /// Commands, each with the package of Debian that has it.
    let tools: [[String]]
    /// Types of interfaces, as words after `type` of `ip link add` that make one anywhere.
    let deviceTypes: [[String]]

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
        self.tools = tools
        let tunnels = plan.hosts.flatMap(\.tunnels).map { LabNeeds.probe(of: $0.kind) }
        deviceTypes = [["bridge"], ["veth"]] + tunnels.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    // Addresses for documentation (RFC 5737, RFC 3849): nothing is sent to them.
    private static func probe(of kind: PlannedTunnel.Kind) -> [String] {
        switch kind {
        case .gretap(let remote, _):
            switch remote.value.family {
            case .ipv4: ["gretap", "remote", "192.0.2.1", "local", "192.0.2.2"]
            case .ipv6: ["ip6gretap", "remote", "2001:db8::1", "local", "2001:db8::2"]
            }
        case .vxlan: ["vxlan", "id", "1", "dstport", "4789"]
        }
    }
}
