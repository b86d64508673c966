internal import TopoModel
internal import TopoPlan

/// Every tunnel interface, and where its MTU comes from.
struct TunnelTable {
    private let plan: Plan
    private let words: ReportWords

    init(_ plan: Plan, _ words: ReportWords) { (self.plan, self.words) = (plan, words) }

    var table: Table {
        Table(
            "tunnels", words.say("Tunnels and MTU", "Túneles y MTU"),
            columns: [
                words.say("host", "anfitrión"), words.say("tunnel", "túnel"), words.say("type", "tipo"),
                words.say("from", "desde"), words.say("to", "hasta"), words.say("key or VNI", "clave o VNI"),
                words.say("underlay", "red subyacente"), words.say("bridge", "puente"), "MTU",
                words.say("MTU from", "origen de la MTU"),
            ],
            rows: plan.hosts.flatMap { host in host.tunnels.map { row(host.name, $0) } })
    }

    private func row(_ host: String, _ tunnel: PlannedTunnel) -> [String] {
        let (type, to, key): (String, String, String) =
            switch tunnel.kind {
            case .gretap(let remote, let key):
                ("gretap", "\(remote.value)", key.map { words.say("key \($0)", "clave \($0)") } ?? "")
            case .vxlan(let vni, .group(let group), let port):
                ("vxlan, UDP \(port)", words.say("group \(group)", "grupo \(group)"), "VNI \(vni)")
            case .vxlan(let vni, .remotes(let remotes), let port):
                (
                    "vxlan, UDP \(port)", remotes.map { "\($0.value)" }.joined(separator: " "),
                    "VNI \(vni)"
                )
            }
        let source: String =
            switch tunnel.mtu.source {
            case .written: words.say("the topology", "la topología")
            case .derived(let reason): words.say(reason, "derivada")
            }
        return [
            host, tunnel.name, type, tunnel.local.map { "\($0.value)" } ?? "", to, key, tunnel.dev?.value ?? "",
            tunnel.bridge ?? "", "\(tunnel.mtu.value)", source,
        ]
    }
}
