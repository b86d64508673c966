internal import TopoModel
internal import TopoPlan

/// Every tunnel interface, and where its MTU comes from.
struct TunnelTable {
    private let plan: Plan

    init(_ plan: Plan) { self.plan = plan }

    var table: Table {
        Table(
            "tunnels", "Tunnels and MTU",
            columns: ["host", "tunnel", "type", "from", "to", "key or VNI", "underlay", "bridge", "MTU", "MTU is"],
            rows: plan.hosts.flatMap { host in host.tunnels.map { row(host.name, $0) } })
    }

    private func row(_ host: String, _ tunnel: PlannedTunnel) -> [String] {
        let (type, to, key): (String, String, String) =
            switch tunnel.kind {
            case .gretap(let remote, let key):
                ("gretap", "\(remote.value)", key.map { "key \($0)" } ?? "")
            case .vxlan(let vni, .group(let group), let port):
                ("vxlan, UDP \(port)", "group \(group)", "VNI \(vni)")
            case .vxlan(let vni, .remotes(let remotes), let port):
                (
                    "vxlan, UDP \(port)", remotes.map { "\($0.value)" }.joined(separator: " "),
                    "VNI \(vni)"
                )
            }
        let source: String =
            switch tunnel.mtu.source {
            case .written: "as written"
            case .derived(let reason): reason
            }
        return [
            host, tunnel.name, type, tunnel.local.map { "\($0.value)" } ?? "", to, key, tunnel.dev?.value ?? "",
            tunnel.bridge ?? "", "\(tunnel.mtu.value)", source,
        ]
    }
}
