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
    func make(_ bridge: PlannedBridge) -> [Command] {
        let name = bridge.name
        let up = Command(["ip", "link", "set", "dev", name, "up"])
        switch bridge.manager {
        case .existing: return [up]
        case .lxd:
            let settings = [
                "bridge.hwaddr=\(bridge.mac.value)", "bridge.mtu=\(bridge.mtu.value)", "user.topoc=\(owner)",
            ]
            let words = ["network", "create", name, "ipv4.address=none", "ipv6.address=none"]
            return [Command([client.command] + words + settings)] + (bridge.stp ? [spanningTree(name)] : []) + [up]
        case .topoc: return creation(of: bridge) + [up]
        }
    }

    private func creation(of bridge: PlannedBridge) -> [Command] {
        let name = bridge.name
        let mtu = bridge.mtu.value == 1500 ? [] : ["mtu", String(bridge.mtu.value)]
        switch tools {
        case .brctl:
            // What `brctl addbr` has no words for.
            let settings = [["address", "\(bridge.mac.value)"]] + (mtu.isEmpty ? [] : [mtu])
            return [Command(["brctl", "addbr", name])]
                + settings.map { Command(["ip", "link", "set", "dev", name] + $0) }
                + (bridge.stp ? [spanningTree(name)] : [])
        case .iproute2:
            let stp = bridge.stp ? ["stp_state", "1"] : []
            let words = ["name", name, "address", "\(bridge.mac.value)"] + mtu + ["type", "bridge"]
            return [Command(["ip", "link", "add"] + words + stp)]
        }
    }

    private func spanningTree(_ bridge: String) -> Command {
        switch tools {
        case .brctl: Command(["brctl", "stp", bridge, "on"])
        case .iproute2: Command(["ip", "link", "set", "dev", bridge, "type", "bridge", "stp_state", "1"])
        }
    }

    /// The words that make a container's link, but for where its far end is.
    func pair(_ veth: PlannedVeth) -> [String] {
        let mtu = veth.mtu.value == 1500 ? [] : ["mtu", String(veth.mtu.value)]
        let near = ["name", veth.hostInterface, "address", "\(veth.hostMAC.value)"] + mtu
        let far = ["name", veth.interface, "address", "\(veth.mac.value)"] + mtu
        return ["ip", "link", "add"] + near + ["type", "veth", "peer"] + far
    }

    /// Puts the near end of a container's link into its bridge, where it has one, and brings it up.
    func joinUp(_ veth: PlannedVeth) -> [Command] {
        (veth.bridge.map { [join($0, veth.hostInterface)] } ?? []) + [up(veth)]
    }

    /// Brings the near end of a container's link up.
    func up(_ veth: PlannedVeth) -> Command { Command(["ip", "link", "set", "dev", veth.hostInterface, "up"]) }

    /// Puts an interface into a bridge.
    func join(_ bridge: String, _ interface: String) -> Command { Command(joining(bridge, interface).command) }

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
