internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// What a script asks before it changes anything.
struct HostChecks {
    let builder: SectionBuilder

    /// The calls, in order: commands, kernel, interfaces, names; each once.
    func calls() -> [[String]] {
        var calls = tools().map { ["need", $0.command, $0.package] }
        for planned in builder.host.objects { calls += check(planned) }
        var seen: Set<[String]> = []
        let once = calls.filter { seen.insert($0).inserted }
        let order = [
            "need", "need_daemon", "need_docker", "need_docker_macs", "need_type", "need_macvlan", "need_nat",
            "need_vlan", "need_filtering",
        ]
        return order.flatMap { name in once.filter { $0.first == name } } + once.filter { !order.contains($0[0]) }
    }

    private func tools() -> [(command: String, package: String)] {
        let client = builder.bridgeVerbs.client
        var tools = [("ip", "iproute2"), ("flock", "util-linux")]
        for planned in builder.host.objects {
            switch planned.object {
            case .forwarding: tools.append(("sysctl", "procps"))
            case .bridge(let bridge):
                if bridge.filtersVLANs {
                    tools.append(("bridge", "iproute2"))
                } else if builder.plan.bridgeTools == .brctl {
                    tools.append(("brctl", "bridge-utils"))
                }
                if bridge.manager == .lxd { tools.append((client.command, client.package)) }
            case .tunnel: tools.append(("bridge", "iproute2"))
            case .nat: tools.append(("nft", "nftables"))
            case .container(let container): tools += builder.verbs(of: container).tools
            case .nic, .vlan, .port, .veth, .address, .route, .announcement: break
            }
        }
        return tools
    }

    private func checks(_ bridge: PlannedBridge) -> [[String]] {
        let checks = builder.bridgeVerbs.checks(bridge)
        guard builder.mayBeDockers(bridge) else { return checks }
        return checks.map { $0.first == "free_link" ? ["free_or_dockers"] + $0.dropFirst() : $0 }
    }

    private func check(_ planned: PlannedObject) -> [[String]] {
        switch planned.object {
        case .nic(let nic):
            let port =
                nic.bridge.map {
                    [["free_port", nic.name, $0], ["can_hand_over", nic.name, $0], ["guard", nic.name, $0]]
                } ?? []
            let changes =
                nic.bridge == nil && (nic.mac != nil || nic.mtu.value != 1500)
                ? [["guard_settings", nic.name, nic.mac.map { "\($0.value)" } ?? "-", String(nic.mtu.value)]] : []
            let mtu = nic.mtu.value == 1500 ? [["need_mtu", nic.name, "1500"]] : []
            return [["need_link", nic.name]] + port + changes + mtu
        case .tunnel(let tunnel):
            return TunnelVerbs().checks(tunnel)
        case .bridge(let bridge):
            let type = bridge.manager == .topoc ? [["need_type", "bridge"]] : []
            let addresses = builder.host.addresses(of: bridge.name, in: .host).map(\.description)
            let guards =
                bridge.manager == .existing ? [] : [["guard_addresses", bridge.name, addresses.joined(separator: " ")]]
            return type + (bridge.manager == .lxd ? [["need_daemon"]] : []) + checks(bridge) + guards
        case .container(let container):
            let verbs = builder.verbs(of: container)
            return verbs.hostChecks + verbs.checks(container, builder.host.veths(of: container.name))
        case .address(let address):
            // Each link to a single address has the same one at the host's end.
            return planned.namespace == .host && !address.isLinkEnd
                ? [["free_address", "\(address.address.address)", address.interface]] : []
        case .route(let route):
            return planned.namespace == .host ? [RouteVerbs.guarding(route)] : []
        case .nat: return [["need_nat"]]
        case .vlan(let vlan):
            return [["need_vlan"]] + (planned.namespace == .host ? [["free_link", vlan.name]] : [])
        case .forwarding, .port, .veth, .announcement:
            return []
        }
    }
}
