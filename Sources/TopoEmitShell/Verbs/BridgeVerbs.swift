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
            let settings = ["bridge.hwaddr=\(bridge.mac.value)", "bridge.mtu=\(bridge.mtu.value)"]
            return [Step(noting: ["delete_network", name]), create, Step(settling: ["set_network", name] + settings)]
                + spanningTree(bridge) + [up]
        case .topoc:
            // Its settings can change while it is there: no other bridge has to be made for them.
            let note = Step(noting: deletion(of: name), of: ["bridge"])
            let steps = settings(bridge, nics: nics) + [up]
            if mayBeDockers { return [note, Step(unless: ["has_link", name], run: creation(of: bridge))] + steps }
            return [Step(unless: ["has_link", name], first: note.first, run: creation(of: bridge))] + steps
        }
    }

    private func creation(of bridge: PlannedBridge) -> [String] {
        let name = bridge.name
        switch tools {
        case .brctl: return ["brctl", "addbr", name]
        case .iproute2:
            let mtu = bridge.mtu.value == 1500 ? [] : ["mtu", String(bridge.mtu.value)]
            let stp = bridge.stp ? ["stp_state", "1"] : []
            return ["ip", "link", "add", "name", name, "address", "\(bridge.mac.value)"] + mtu + ["type", "bridge"]
                + stp
        }
    }

    /// What `brctl addbr` has no words for.
    private func settings(_ bridge: PlannedBridge, nics: [String]) -> [Step] {
        let (name, mtu) = (bridge.name, String(bridge.mtu.value))
        guard tools == .brctl else { return spanningTree(bridge) }
        let bytes = Step(unless: ["has_mtu", mtu, name], run: ["ip", "link", "set", "dev", name, "mtu", mtu])
        return [
            Step(
                unless: ["has_mac", "\(bridge.mac.value)", name] + nics,
                run: ["ip", "link", "set", "dev", name, "address", "\(bridge.mac.value)"])
        ] + (bridge.mtu.value == 1500 ? [] : [bytes]) + spanningTree(bridge)
    }

    /// Puts right what an edit, or somebody by hand, has left on a bridge; where it has NICs its MAC may be one of theirs.
    func settle(_ bridge: PlannedBridge, nics: [String], addresses: String) -> [Step] {
        switch bridge.manager {
        case .existing: return []
        case .lxd: return [Step(settling: ["settle", bridge.name, "-", "-", addresses])]
        case .topoc:
            // With `brctl` there are steps for the others.
            let mac = nics.isEmpty && tools == .iproute2 ? "\(bridge.mac.value)" : "-"
            let mtu = tools == .iproute2 || bridge.mtu.value == 1500 ? String(bridge.mtu.value) : "-"
            return [Step(settling: ["settle", bridge.name, mac, mtu, addresses])]
        }
    }

    private func spanningTree(_ bridge: PlannedBridge) -> [Step] {
        let command: [String] =
            switch tools {
            case .brctl: ["brctl", "stp", bridge.name, bridge.stp ? "on" : "off"]
            case .iproute2:
                ["ip", "link", "set", "dev", bridge.name, "type", "bridge", "stp_state", bridge.stp ? "1" : "0"]
            }
        let isBeside = !bridge.stp || tools == .iproute2 && bridge.manager == .topoc
        return [Step(unless: [bridge.stp ? "has_stp" : "has_no_stp", bridge.name], run: [command], isBeside: isBeside)]
    }

    /// Puts an interface that the script made into a bridge: it needs no undo, it goes as it came.
    func join(_ bridge: String, _ interface: String) -> Step {
        Step(
            unless: ["has_port", bridge, interface], first: leaving(bridge, interface),
            run: joining(bridge, interface).command)
    }

    /// Puts a NIC into a bridge; addresses that it has go to the bridge.
    func join(_ bridge: String, nic: String) -> Step {
        let (command, removal) = joining(bridge, nic)
        return Step(
            unless: ["is_plain_port", bridge, nic], or: ["hand_over", nic, bridge],
            first: leaving(bridge, nic), undo: [removal, bridge, nic], run: [command])
    }

    /// `brctl` takes a port out of no other bridge, as `ip` does.
    private func leaving(_ bridge: String, _ interface: String) -> [[String]] {
        switch tools {
        case .brctl: [["leave_port", bridge, interface]]
        case .iproute2: []
        }
    }

    /// What takes a NIC out of a bridge.
    func removal(of nic: String, from bridge: String) -> [String] { [joining(bridge, nic).removal, bridge, nic] }

    private func joining(_ bridge: String, _ interface: String) -> (command: [String], removal: String) {
        switch tools {
        case .brctl: (["brctl", "addif", bridge, interface], "remove_port")
        case .iproute2: (["ip", "link", "set", "dev", interface, "master", bridge], "release_port")
        }
    }

    /// What must hold before.
    func checks(_ bridge: PlannedBridge) -> [[String]] {
        switch bridge.manager {
        case .topoc: [["free_link", bridge.name]]
        case .lxd: [["free_network", bridge.name]]
        case .existing: [["need_bridge", bridge.name]]
        }
    }
}
