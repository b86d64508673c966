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
    /// The bridges that tell VLANs apart: brctl(8) knows of no VLANs.
    let filtering: Set<String>

    /// How a bridge is made and filled.
    private func tools(for bridge: String) -> BridgeTools { filtering.contains(bridge) ? .iproute2 : tools }

    /// The undo that takes a bridge away.
    func deletion(of bridge: String) -> [String] {
        switch tools(for: bridge) {
        case .brctl: ["delete_bridge", bridge]
        case .iproute2: ["delete_link", bridge]
        }
    }

    /// Makes a bridge, up, with its settings; nothing for one that exists before but to bring it up.
    func make(_ bridge: PlannedBridge) -> [Command] {
        let name = bridge.name
        let up =
            [Command(["ip", "link", "set", "dev", name, "up"])] + vlans(bridge.vlans, of: name, isOwnSide: true)
        switch bridge.manager {
        case .existing: return up
        case .lxd:
            let settings = [
                "bridge.hwaddr=\(bridge.mac.value)", "bridge.mtu=\(bridge.mtu.value)", "user.topoc=\(owner)",
            ]
            let words = ["network", "create", name, "ipv4.address=none", "ipv6.address=none"]
            let filtering =
                bridge.filtersVLANs
                ? [Command(["ip", "link", "set", "dev", name, "type", "bridge"] + BridgeVerbs.filtering)] : []
            return [Command([client.command] + words + settings)] + (bridge.stp ? [spanningTree(name)] : []) + filtering
                + up
        case .topoc: return creation(of: bridge) + up
        }
    }

    private func creation(of bridge: PlannedBridge) -> [Command] {
        let name = bridge.name
        let mtu = bridge.mtu.value == 1500 ? [] : ["mtu", String(bridge.mtu.value)]
        switch tools(for: name) {
        case .brctl:
            // What `brctl addbr` has no words for.
            let settings = [["address", "\(bridge.mac.value)"]] + (mtu.isEmpty ? [] : [mtu])
            return [Command(["brctl", "addbr", name])]
                + settings.map { Command(["ip", "link", "set", "dev", name] + $0) }
                + (bridge.stp ? [spanningTree(name)] : [])
        case .iproute2:
            let stp = bridge.stp ? ["stp_state", "1"] : []
            let words = ["name", name, "address", "\(bridge.mac.value)"] + mtu + ["type", "bridge"]
            return [Command(["ip", "link", "add"] + words + stp + (bridge.filtersVLANs ? BridgeVerbs.filtering : []))]
        }
    }

    private func spanningTree(_ bridge: String) -> Command {
        switch tools(for: bridge) {
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
        (veth.bridge.map { [join($0, veth.hostInterface)] } ?? []) + vlans(veth.vlans, of: veth.hostInterface) + [
            up(veth)
        ]
    }

    /// Brings the near end of a container's link up.
    func up(_ veth: PlannedVeth) -> Command { Command(["ip", "link", "set", "dev", veth.hostInterface, "up"]) }

    /// Puts an interface into a bridge.
    func join(_ bridge: String, _ interface: String) -> Command { Command(joining(bridge, interface).command) }

    /// What takes a NIC out of a bridge.
    func removal(of nic: String, from bridge: String) -> [String] { [joining(bridge, nic).removal, bridge, nic] }

    private func joining(_ bridge: String, _ interface: String) -> (command: [String], removal: String) {
        switch tools(for: bridge) {
        case .brctl: (["brctl", "addif", bridge, interface], "remove_port")
        case .iproute2: (["ip", "link", "set", "dev", interface, "master", bridge], "release_port")
        }
    }

    /// Makes a bridge tell VLANs apart; without the kernel's default, new ports are in no VLAN rather than in VLAN 1.
    private static let filtering = ["vlan_filtering", "1", "vlan_default_pvid", "0"]

    /// Puts a port, or a bridge's own side, into its VLANs.
    func vlans(_ vlans: PlannedPortVLANs, of port: String, isOwnSide: Bool = false) -> [Command] {
        let untagged = vlans.untagged.map { [[String($0), "pvid", "untagged"]] } ?? []
        return (untagged + vlans.tagged.map { [$0.vlanWord] }).map { words in
            Command(["bridge", "vlan", "add", "dev", port, "vid"] + words + (isOwnSide ? ["self"] : []))
        }
    }

    /// What must hold before.
    func checks(_ bridge: PlannedBridge) -> [[String]] {
        let name = bridge.name
        switch (bridge.manager, bridge.filtersVLANs) {
        case (.topoc, true): return [["need_filtering"], ["free_link", name]]
        case (.topoc, false): return [["free_link", name]]
        case (.lxd, true): return [["need_filtering"], ["free_network", name]]
        case (.lxd, false): return [["free_network", name]]
        case (.existing, true): return [["need_bridge", name], ["need_filter_on", name]]
        case (.existing, false): return [["need_bridge", name]]
        }
    }
}
