internal import TopoModel
internal import TopoPlan

extension Runbook {
    /// What was derived on a host, in the order of the plan.
    static func derived(_ host: HostPlan) -> [Derived] {
        host.objects.flatMap { planned -> [Derived] in
            switch planned.object {
            case .nic(let nic):
                return [row(host, nic.name, "MTU", nic.mtu)].compactMap { $0 }
            case .bridge(let bridge):
                return [row(host, bridge.name, "MAC", bridge.mac), row(host, bridge.name, "MTU", bridge.mtu)]
                    .compactMap { $0 }
            case .tunnel(let tunnel): return derived(tunnel, on: host)
            case .veth(let veth):
                let place = "\(veth.container) \(veth.interface)"
                return [
                    row(host, place, "MAC", veth.mac),
                    row(host, place, "MAC of \(veth.hostInterface)", veth.hostMAC),
                    row(host, place, "MTU", veth.mtu),
                ].compactMap { $0 }
            case .route(let route):
                guard case .via(let neighbour, _) = route.action else { return [] }
                return [row(host, place(of: planned), "route to \(route.destination)", neighbour)].compactMap { $0 }
            case .forwarding, .port, .container, .address: return []
            }
        }
    }

    private static func derived(_ tunnel: PlannedTunnel, on host: HostPlan) -> [Derived] {
        let remotes: [Setting<IPAddress>] =
            switch tunnel.kind {
            case .gretap(let remote, _): [remote]
            case .vxlan(_, .remotes(let remotes), _): remotes
            case .vxlan(_, .group, _): []
            }
        let rows =
            [tunnel.local.flatMap { row(host, tunnel.name, "local end", $0) }]
            + remotes.map { row(host, tunnel.name, "far end", $0) }
            + [
                tunnel.dev.flatMap { row(host, tunnel.name, "underlay interface", $0) },
                row(host, tunnel.name, "MAC", tunnel.mac), row(host, tunnel.name, "MTU", tunnel.mtu),
            ]
        return rows.compactMap { $0 }
    }

    private static func place(of planned: PlannedObject) -> String {
        switch planned.namespace {
        case .host: ""
        case .container(let name): name
        }
    }

    private static func row<Value: CustomStringConvertible>(
        _ host: HostPlan, _ place: String, _ what: String, _ setting: Setting<Value>
    ) -> Derived? {
        guard case .derived(let reason) = setting.source else { return nil }
        return Derived(
            place: Markdown.text(place.isEmpty ? host.name : "\(host.name) \(place)"), what: Markdown.text(what),
            value: Markdown.code(setting.value.description), from: Markdown.text(reason))
    }
}
