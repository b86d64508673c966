internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// What `install.sh` asks before it changes anything.
struct InstallChecks {
    let host: HostPlan
    let units: HostUnits
    let settings: SettingsFile?
    /// The name of the files of NAT, without their endings; nil where there are none.
    let nat: String?
    /// The name of the service of announced addresses, without its ending; nil where there is none.
    let announcements: String?

    /// The calls, in order.
    var calls: [[String]] {
        let refused = units.refusedNames.map { name in
            ["problem", "systemd takes no interface of the name \"\(name)\": rename it in the topology"]
        }
        let files =
            units.files.map(\.name) + (settings.map { [$0.name] } ?? [])
            + (nat.map { ["\($0).nft", "\($0).service"] } ?? []) + (announcements.map { ["\($0).service"] } ?? [])
        var seen: Set<[String]> = []
        return
            (tools + refused + [["need_networkd"], ["need_files"] + files]
            + host.objects.flatMap { $0.namespace == .host ? checks($0.object) : [] }
            + (units.links.isEmpty ? [] : [["free_of_scripts"] + units.links])).filter { seen.insert($0).inserted }
    }

    private var tools: [[String]] {
        let client = InstanceClient(of: host)
        let networks = host.bridges.contains { $0.manager == .lxd } ? [["need", client.command, client.package]] : []
        return [
            ["need", "ip", "iproute2"], ["need", "flock", "util-linux"], ["need", "sysctl", "procps"],
            ["need", "systemctl", "systemd"],
        ] + (host.bridges.contains(where: \.filtersVLANs) ? [["need", "bridge", "iproute2"]] : []) + networks
            + (nat == nil ? [] : [["need", "nft", "nftables"]])
    }

    private func checks(_ object: KernelObject) -> [[String]] {
        switch object {
        case .nic(let nic): return checks(nic)
        case .tunnel(let tunnel):
            return [
                ["need_type"] + tunnel.kind.probe, ["free_of_others", tunnel.name],
                ["free_link", tunnel.name, "delete_link", tunnel.name],
            ]
        case .bridge(let bridge):
            switch bridge.manager {
            case .topoc:
                return (bridge.filtersVLANs ? [["need_filtering"]] : []) + [
                    ["need_type", "bridge"], ["free_of_others", bridge.name],
                    ["free_link", bridge.name, "delete_link", bridge.name],
                ]
            case .lxd: return [["need_network", bridge.name], ["free_of_others", bridge.name]]
            case .existing:
                return [["need_bridge", bridge.name]]
                    + (bridge.filtersVLANs ? [["need_filter_on", bridge.name]] : [])
                    + (bridge.ports.isEmpty ? [] : [["need_netdev", bridge.name]])
                    + (units.has(bridge.name) ? [["free_of_others", bridge.name]] : [])
            }
        case .veth(let veth): return units.has(veth.hostInterface) ? [["free_of_others", veth.hostInterface]] : []
        case .address(let address):
            return address.isLinkEnd ? [] : [["free_address", "\(address.address.address)", address.interface]]
        case .route(let route):
            let words = RouteWords(route)
            return [
                [
                    "guard_route", words.option, words.effectiveMetric, words.destination,
                    words.words.joined(separator: " "),
                ]
            ]
        case .nat: return [["need_nat"]]
        case .vlan(let vlan):
            return [
                ["need_vlan"], ["free_of_others", vlan.name], ["free_link", vlan.name, "delete_link", vlan.name],
            ]
        case .forwarding, .port, .container, .announcement: return []
        }
    }

    private func checks(_ nic: PlannedNIC) -> [[String]] {
        guard let file = units.fileName(of: nic.name) else { return [["need_link", nic.name]] }
        let bridge = nic.bridge.map { [$0] } ?? []
        let addresses = host.addresses(of: nic.name, in: .host).map(\.description)
        return [["need_link", nic.name], ["free_of_others", nic.name]]
            + (nic.mtu.value == 1500 ? [["need_mtu", nic.name, "1500"]] : [])
            + bridge.map { ["free_port", nic.name, $0] }
            + [["only_addresses", nic.name] + addresses, ["guard_unit", nic.name, file] + bridge]
    }
}
