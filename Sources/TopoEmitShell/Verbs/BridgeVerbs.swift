internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// How scripts make and fill bridges: with `brctl(8)` or with `ip-link(8)`.
struct BridgeVerbs {
    let tools: BridgeTools
    /// What makes the networks that are not made by the scripts themselves.
    let client: InstanceClient
    /// The mark of this topology and host on a network of LXD or Incus that it made.
    let owner: String

    /// The undo that takes a bridge away.
    func deletion(of bridge: String) -> [String] {
        switch tools {
        case .brctl: ["delete_bridge", bridge]
        case .iproute2: ["delete_link", bridge]
        }
    }

    /// Makes a bridge, up, with its settings; nothing for one that exists before but to bring it up.
    /// - Parameters:
    ///   - nics: the NICs among its ports, whose addresses and MAC it may take over.
    ///   - mayBeDockers: whether it goes with the topology also where Docker has made it.
    func make(_ bridge: PlannedBridge, nics: [String], mayBeDockers: Bool) -> [Step] {
        let name = bridge.name
        let up = Step(unless: ["is_up", name], run: ["ip", "link", "set", "dev", name, "up"])
        switch bridge.manager {
        case .existing:
            return [
                Step(
                    unless: ["is_up", name], undo: ["take_down", name], run: ["ip", "link", "set", "dev", name, "up"])
            ]
        case .lxd:
            let create = Step(
                unless: ["has_network", name],
                run: [client.command, "network", "create", name, "ipv4.address=none", "ipv6.address=none"]
                    + ["bridge.hwaddr=\(bridge.mac.value)", "bridge.mtu=\(bridge.mtu.value)", "user.topoc=\(owner)"])
            return [Step(unless: nil, first: [["undo", "delete_network", name]], run: [] as [[String]]), create]
                + spanningTree(bridge) + [up]
        case .topoc:
            let steps = create(bridge, nics: nics) + [up]
            guard mayBeDockers else { return steps }
            let undo = Step(unless: nil, first: [["undo"] + deletion(of: name)], run: [] as [[String]])
            return [undo] + steps.map { Step(unless: $0.test, run: $0.commands) }
        }
    }

    private func create(_ bridge: PlannedBridge, nics: [String]) -> [Step] {
        let name = bridge.name
        switch tools {
        case .brctl:
            var steps = [
                Step(unless: ["has_link", name], undo: deletion(of: name), run: ["brctl", "addbr", name]),
                Step(
                    unless: ["has_mac", "\(bridge.mac.value)", name] + nics,
                    run: ["ip", "link", "set", "dev", name, "address", "\(bridge.mac.value)"]),
            ]
            if bridge.mtu.value != 1500 {
                let mtu = String(bridge.mtu.value)
                steps.append(
                    Step(unless: ["has_mtu", mtu, name], run: ["ip", "link", "set", "dev", name, "mtu", mtu]))
            }
            return steps + spanningTree(bridge)
        case .iproute2:
            let mtu = bridge.mtu.value == 1500 ? [] : ["mtu", String(bridge.mtu.value)]
            let stp = bridge.stp ? ["stp_state", "1"] : []
            return [
                Step(
                    unless: ["has_link", name], undo: deletion(of: name),
                    run: ["ip", "link", "add", "name", name, "address", "\(bridge.mac.value)"] + mtu + [
                        "type", "bridge",
                    ]
                        + stp)
            ]
        }
    }

    private func spanningTree(_ bridge: PlannedBridge) -> [Step] {
        guard bridge.stp else { return [] }
        let command: [String] =
            switch tools {
            case .brctl: ["brctl", "stp", bridge.name, "on"]
            case .iproute2: ["ip", "link", "set", "dev", bridge.name, "type", "bridge", "stp_state", "1"]
            }
        return [Step(unless: ["has_stp", bridge.name], run: command)]
    }

    /// Puts an interface that the script made into a bridge: it needs no undo, it goes as it came.
    func join(_ bridge: String, _ interface: String) -> Step {
        Step(unless: ["has_port", bridge, interface], run: joining(bridge, interface).command)
    }

    /// Puts a NIC into a bridge; addresses that it has go to the bridge.
    func join(_ bridge: String, nic: String) -> Step {
        let (command, removal) = joining(bridge, nic)
        return Step(
            unless: ["is_plain_port", bridge, nic], or: ["hand_over", nic, bridge],
            first: [["undo", removal, bridge, nic]], run: [command])
    }

    private func joining(_ bridge: String, _ interface: String) -> (command: [String], removal: String) {
        switch tools {
        case .brctl: (["brctl", "addif", bridge, interface], "remove_port")
        case .iproute2: (["ip", "link", "set", "dev", interface, "master", bridge], "release_port")
        }
    }

    /// What must hold before.
    func checks(_ bridge: PlannedBridge) -> [[String]] {
        switch bridge.manager {
        case .topoc: [["free_link", bridge.name] + deletion(of: bridge.name)]
        case .lxd: [["free_network", bridge.name]]
        case .existing: [["need_bridge", bridge.name]]
        }
    }
}
