internal import TopoModel
internal import TopoPlan

/// The layer 2 view: hosts as clusters with their containers, bridges, tunnels and NICs; LANs between them.
struct L2Figure {
    let plan: Plan

    /// The statements of the figure.
    func lines() -> [String] {
        let lans = plan.lans.map { lan in
            let mtu = lan.mtu.value == 1500 ? [] : ["MTU \(lan.mtu.value)"]
            return Box(
                look: .lan, kind: "LAN", name: lan.name, lines: lan.subnets.map(\.description) + mtu, isRounded: true
            )
            .statement("lan/\(lan.name)")
        }
        let hosts = plan.hosts.enumerated().flatMap { index, host in
            HostCluster(plan: plan, host: host, side: Side(of: index, among: plan.hosts.count)).lines() + [""]
        }
        return lans + [""] + hosts + overlays()
    }

    /// An edge between the two ends of each tunnel.
    private func overlays() -> [String] {
        var lines: [String] = []
        for (index, host) in plan.hosts.enumerated() {
            for tunnel in host.tunnels {
                for other in plan.hosts[(index + 1)...] {
                    for far in other.tunnels where plan.isOverlay(tunnel, of: host, far, of: other) {
                        lines.append(
                            "\(dotString("\(host.name)/\(tunnel.name)")) -- \(dotString("\(other.name)/\(far.name)")) "
                                + "[label=\(dotString(tunnel.caption)), style=\"dashed,bold\", color=\"\(Look.tunnel.stroke)\", "
                                + "fontcolor=\"\(Look.tunnel.stroke)\", constraint=false]")
                    }
                }
            }
        }
        return lines
    }
}

extension PlannedTunnel {
    /// What it is, in a few words: `VXLAN 42, group 239.1.1.42, MTU 1450`.
    var caption: String {
        let mtu = "MTU \(mtu.value)"
        switch kind {
        case .gretap(_, let key): return "Ethernet over GRE, " + (key.map { "key \($0), " } ?? "") + mtu
        case .vxlan(let vni, .group(let group), _): return "VXLAN \(vni), group \(group), " + mtu
        case .vxlan(let vni, .remotes, _): return "VXLAN \(vni), " + mtu
        }
    }
}

extension Plan {
    /// Whether two tunnels are ends of one overlay, as far as a figure needs to know: the far end's host has the
    /// address that the one sends to, or both are in one VXLAN group.
    func isOverlay(_ near: PlannedTunnel, of host: HostPlan, _ far: PlannedTunnel, of other: HostPlan) -> Bool {
        switch (near.kind, far.kind) {
        case (.gretap(let remote, let key), .gretap(let back, let otherKey)):
            key == otherKey && other.hasAddress(remote.value) && host.hasAddress(back.value)
        case (.vxlan(let vni, .group(let group), let port), .vxlan(let otherVNI, .group(let otherGroup), let otherPort)):
            vni == otherVNI && group == otherGroup && port == otherPort
        case (.vxlan(let vni, .remotes(let remotes), let port), .vxlan(let otherVNI, .remotes, let otherPort)):
            vni == otherVNI && port == otherPort && remotes.contains { other.hasAddress($0.value) }
        case (.gretap, .vxlan), (.vxlan, .gretap), (.vxlan(_, .group, _), .vxlan), (.vxlan(_, .remotes, _), .vxlan):
            false
        }
    }
}

extension HostPlan {
    /// Whether one of the host's own interfaces has an address.
    func hasAddress(_ address: IPAddress) -> Bool {
        objects.contains { planned in
            if case .address(let planned_) = planned.object, planned.namespace == .host {
                planned_.address.address == address
            } else {
                false
            }
        }
    }
}
