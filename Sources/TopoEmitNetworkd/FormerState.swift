internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoText

/// What `install.sh` writes down before it changes anything, so that it can put back what is otherwise then.
struct FormerState {
    let host: HostPlan
    let units: HostUnits

    /// The lines: each an undo, unless what it would undo is there already.
    var lines: [String] {
        host.objects.flatMap { planned in planned.namespace == .host ? lines(planned.object) : [] }
            + ProxySettings(host).keys(of: host.interfaceNames).map {
                line(["is_set", $0, "1"], ["keep_setting", $0])
            }
    }

    private func lines(_ object: KernelObject) -> [String] {
        switch object {
        case .forwarding(let forwarding):
            return forwarding.families.map { family in
                line(
                    ["is_set", family.forwardingKey, forwarding.isEnabled ? "1" : "0"],
                    ["keep_forwarding", family.rawValue])
            }
        case .nic(let nic): return units.has(nic.name) ? lines(nic) : []
        case .tunnel(let tunnel): return [made(tunnel.name)]
        case .vlan(let vlan): return [made(vlan.name)]
        case .bridge(let bridge): return lines(bridge)
        case .port(let port):
            guard port.kind == .nic else { return [] }
            return [
                line(["has_port", port.bridge, port.interface], ["undo", "release_port", port.bridge, port.interface])
            ]
        case .address(let address):
            guard !units.ownDevices.contains(address.interface) else { return [] }
            let words = ["\(address.address)", address.interface]
            return [line(["has_address"] + words, ["undo", "remove_address"] + words)]
        case .route(let route): return lines(RouteWords(route))
        case .container, .veth, .announcement, .nat: return []
        }
    }

    private func lines(_ nic: PlannedNIC) -> [String] {
        let mac =
            nic.mac.map { [line(["has_mac", "\($0.value)", nic.name], ["keep_mac", nic.name, "\($0.value)"])] } ?? []
        let mtu =
            nic.mtu.value == 1500
            ? [] : [line(["has_mtu", "\(nic.mtu.value)", nic.name], ["keep_mtu", nic.name, "\(nic.mtu.value)"])]
        let up = line(["is_up", nic.name], ["undo", "take_down", nic.name])
        return [shellLine(["keep_settings", nic.name]), up] + mac + mtu
    }

    private func lines(_ bridge: PlannedBridge) -> [String] {
        switch bridge.manager {
        case .topoc: [made(bridge.name)]
        case .lxd: []
        case .existing: units.has(bridge.name) ? [shellLine(["keep_settings", bridge.name])] : []
        }
    }

    private func lines(_ route: RouteWords) -> [String] {
        let place = [route.option, route.effectiveMetric]
        let test = ["has_route"] + place + [route.words.joined(separator: " ")]
        return [
            line(test, ["keep_route"] + place + [route.destination]),
            line(test, ["undo", "remove_route"] + place + route.words),
        ]
    }

    private func made(_ device: String) -> String { line(["has_link", device], ["undo", "delete_link", device]) }

    private func line(_ test: [String], _ otherwise: [String]) -> String {
        "\(shellLine(test)) || \(shellLine(otherwise))"
    }
}
