internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoText

/// The containers of LXD, by `lxc`, and of Incus, by `incus`.
struct InstanceVerbs: ContainerVerbs {
    let client: InstanceClient
    let bridgeVerbs: BridgeVerbs
    /// The mark of this topology and host on what it made, in the key `user.topoc`.
    let owner: String

    func inside(_ container: String) -> Command.Place { .instance(client: client.command, name: container) }

    func insideNetwork(_ container: String) -> [String] { ["in_network_of", container] }

    var tools: [(command: String, package: String)] { [(client.command, client.package)] }

    var hostChecks: [[String]] { [["need_daemon"]] }

    func checks(_ container: PlannedContainer, _ veths: [PlannedVeth]) -> [[String]] {
        [["free_container", container.name]]
    }

    var configuresItself: Bool { true }

    var adopts: Bool { true }

    func make(_ container: PlannedContainer, _ inside: InnerConfiguration) -> [Command] {
        let name = container.name
        let create = [client.command, client.creation, "--quiet", container.image ?? "", name]
        let devices = inside.veths.map { veth in
            Command(
                [client.command, "config", "device", "add", name, veth.interface, "nic"] + properties(of: veth, inside))
        }
        let up = inside.veths.filter { $0.bridge == nil }.map(bridgeVerbs.up)
        return [Command(create + ["--config", "user.topoc=\(owner)"])] + devices
            + [Command([client.command, "start", name])] + up
    }

    /// The lines that write the files by which a container finds its addresses again, before its own network configuration
    /// first runs; once, and again when they change.
    func persistence(of name: String, _ inside: InnerConfiguration) -> [String] {
        let mark = inside.summary
        let files = inside.files.map { ["write_for", $0.manager.rawValue, name, $0.path] + $0.lines }
        let setting = ["run", client.command, "config", "set", name, "user.topoc.network=\(mark)"]
        return [shellLine(["lasts", name, mark]) + " || {"]
            + ([["find_manager", name]] + files + [setting]).flatMap { wrapped(shellLine($0), indent: "    ") } + ["}"]
    }

    private func properties(of veth: PlannedVeth, _ inside: InnerConfiguration) -> [String] {
        let single = inside.singleAddresses(of: veth)
        let link = single.isEmpty ? ["nictype=p2p"] : routed(veth, single, inside)
        let kind = veth.bridge.map { ["nictype=bridged", "parent=\($0)"] } ?? link
        let mtu = veth.mtu.value == 1500 ? [] : ["mtu=\(veth.mtu.value)"]
        return kind + vlans(of: veth) + [
            "name=\(veth.interface)", "host_name=\(veth.hostInterface)", "hwaddr=\(veth.mac.value)",
        ] + mtu
    }

    /// A link to single addresses. The daemon gives the host's end its addresses and the routes, whenever the container starts, and
    /// makes the entries on the parent; `none` keeps it from a default route that the topology has not.
    private func routed(_ veth: PlannedVeth, _ single: [IPAddress], _ inside: InnerConfiguration) -> [String] {
        let parent = inside.announcer(of: single).map { ["parent=\($0)"] } ?? []
        let addresses = single.flatMap { address in
            let family = address.family
            return ["\(family.rawValue).address=\(address)"]
                + (inside.goesByHost(family, on: veth.interface) ? [] : ["\(family.rawValue).gateway=none"])
        }
        return ["nictype=routed"] + parent + addresses
    }

    /// The VLANs of a port of a bridge that tells them apart; without `none` LXD puts it into the bridge's default one.
    private func vlans(of veth: PlannedVeth) -> [String] {
        guard let bridge = veth.bridge, bridgeVerbs.filtering.contains(bridge) else { return [] }
        let tagged = veth.vlans.tagged.map(\.vlanWord).joined(separator: ",")
        return ["vlan=\(veth.vlans.untagged.map(String.init) ?? "none")"]
            + (tagged.isEmpty ? [] : ["vlan.tagged=\(tagged)"])
    }

    func outliving(_ container: PlannedContainer) -> (test: [String], undo: [String])? {
        (["is_ours", container.name], ["delete_container", container.name])
    }
}
