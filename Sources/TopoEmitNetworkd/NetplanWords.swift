internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoText

/// Words of netplan(5).
enum NetplanWords {
    /// Whether netplan takes a name: one that systemd takes, without a pattern's characters, which it refuses, or a quote,
    /// which it passes on as it is.
    static func isName(_ name: String) -> Bool {
        UnitInterface(name) != nil && !name.hasByte(of: "*?[]!'\"")
    }

    /// A route, as what is between the braces of a flow mapping; nil for one by several routers, for which netplan has no words.
    static func route(_ route: PlannedRoute) -> String? {
        // The word `default` is not known to netplan before 0.103.
        let to = "to: \"\(route.destination)\""
        let action: String
        switch route.action {
        case .multipath: return nil
        case .via(let router, _):
            action = ", via: \"\(router.value)\"" + (route.isOnLink ? ", on-link: true" : "")
        case .dev: action = ", scope: link"
        case .unreachable: action = ", type: unreachable"
        case .blackhole: action = ", type: blackhole"
        }
        return to + action + (route.metric.map { ", metric: \($0)" } ?? "")
    }

    /// What a tunnel is, a key a line.
    static func kind(of tunnel: PlannedTunnel) -> [String] {
        let local = tunnel.local.map { ["local: \"\($0.value)\""] } ?? []
        let ttl = tunnel.ttl.map { ["ttl: \($0)"] } ?? []
        switch tunnel.kind {
        case .gretap(let remote, let key):
            let mode =
                switch remote.value.family {
                case .ipv4: "gretap"
                case .ipv6: "ip6gretap"
                }
            return ["mode: \(mode)"] + local + ["remote: \"\(remote.value)\""] + (key.map { ["key: \($0)"] } ?? [])
                + ttl
        case .vxlan(let vni, let flood, let port):
            let group: [String] =
                switch flood {
                case .group(let group): ["remote: \"\(group)\""]
                case .remotes: []
                }
            let link = tunnel.dev.map { ["link: \(yamlString($0.value))"] } ?? []
            return ["mode: vxlan", "id: \(vni)"] + link + local + group
                + ["port: \(port)", "mac-learning: true", "checksums: [udp]"] + ttl
        }
    }
}
