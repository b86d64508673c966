public import TopoEmit
internal import TopoModel
public import TopoPlan
public import TopoTemplates

/// Writes `lab.sh`, which brings the whole topology up on one machine.
public struct LabBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "lab"

    /// Makes the backend.
    public init() {}

    /// Writes the script.
    public func emit(_ plan: Plan, templates: Templates) throws -> [Artifact] {
        let hosts = plan.hosts.map(\.name)
        let values: [String: Any] = [
            "titleComment": shellComment("\"\(plan.title)\""),
            "hosts": hosts.map { ["word": shellWord($0)] },
            "hostList": shellLine(hosts),
            "reversedHosts": shellLine(hosts.reversed()),
            "nameWord": shellWord(plan.name),
            "hasVariants": plan.needsLabVariant,
            "hasLANs": !plan.lans.isEmpty,
            "lans": lans(of: plan),
            "plugs": plugs(of: plan),
            "tools": tools(of: plan),
            "types": types(of: plan),
            "nodes": nodes(of: plan),
            "nodeList": shellLine(
                hosts + plan.hosts.flatMap { host in host.containers.map { "\(host.name)/\($0.name)" } }),
        ]
        return [Artifact(path: "lab.sh", isExecutable: true, contents: templates.render("lab.sh", values))]
    }

    private func lans(of plan: Plan) -> [[String: String]] {
        plan.lans.enumerated().map { index, lan in
            ["bridge": "lan\(index + 1)", "mtu": String(lan.mtu.value), "word": shellWord(shellComment(lan.name))]
        }
    }

    private func plugs(of plan: Plan) -> [[String: String]] {
        let plugs = plan.lans.enumerated().flatMap { index, lan in lan.plugs.map { (index, lan, $0) } }
        return plugs.enumerated().map { number, plug in
            let (index, lan, end) = plug
            return [
                "port": "port\(number + 1)", "bridge": "lan\(index + 1)", "mtu": String(lan.mtu.value),
                "host": shellWord(end.host), "nic": shellWord(end.nic), "mode": lan.isPromiscuous ? "all" : "own",
            ]
        }
    }

    private func tools(of plan: Plan) -> [String] {
        plan.bridgeTools == .brctl && plan.hosts.contains { !$0.bridges.isEmpty } ? ["sysctl", "brctl"] : ["sysctl"]
    }

    /// The device types that the kernel must know, each as the words after `type` that make one.
    private func types(of plan: Plan) -> [String] {
        var types = ["veth", "bridge"]
        for tunnel in plan.hosts.flatMap(\.tunnels) {
            let type =
                switch tunnel.kind {
                case .gretap(let remote, _):
                    remote.value.family == .ipv4
                        ? "gretap remote 192.0.2.1 local 192.0.2.2" : "ip6gretap remote 2001:db8::1 local 2001:db8::2"
                case .vxlan: "vxlan id 1 dstport 4789"
                }
            if !types.contains(type) { types.append(type) }
        }
        return types
    }

    /// The names by which `exec` knows hosts and containers.
    private func nodes(of plan: Plan) -> [[String: String]] {
        let all = plan.hosts.flatMap { host in host.containers.map { (host.name, $0.name) } }
        let hosts = plan.hosts.map { host in
            ["pattern": shellWord(host.name), "host": shellWord(host.name), "prefix": ""]
        }
        let containers = all.map { host, container in
            let isUnique = all.count { $0.1 == container } == 1 && !plan.hosts.contains { $0.name == container }
            let long = shellWord("\(host)/\(container)")
            return [
                "pattern": isUnique ? "\(shellWord(container)) | \(long)" : long, "host": shellWord(host),
                "prefix": shellLine(["ip", "netns", "exec", container]) + " ",
            ]
        }
        return hosts + containers
    }
}

extension Plan {
    /// Whether the lab needs scripts of its own: some container is no bare namespace, or some bridge is made by others.
    public var needsLabVariant: Bool {
        hosts.contains { host in
            host.containers.contains { $0.runtime != .netns } || host.bridges.contains { $0.manager != .topoc }
        }
    }
}
