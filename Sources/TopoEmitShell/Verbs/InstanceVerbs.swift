internal import TopoEmit
internal import TopoPlan

/// The containers of LXD, by `lxc`, and of Incus, by `incus`.
struct InstanceVerbs: ContainerVerbs {
    let client: InstanceClient
    /// The mark of this topology and host on what it made, in the key `user.topoc`.
    let owner: String

    // Its `exec` would read the script itself, where that comes by standard input: -n keeps it from that.
    func inside(_ container: String) -> [String] { [client.command, "exec", "-n", container, "--"] }

    func insideNetwork(_ container: String) -> [String] { ["in_network_of", container] }

    var tools: [(command: String, package: String)] { [(client.command, client.package)] }

    var hostChecks: [[String]] { [["need_daemon"]] }

    var preparation: [Step] { [] }

    func checks(_ container: PlannedContainer, _ veths: [PlannedVeth]) -> [[String]] {
        [["free_container", container.name]]
    }

    var configuresItself: Bool { true }

    var adopts: Bool { true }

    func make(_ container: PlannedContainer, _ inside: InnerConfiguration) -> [Step] {
        let name = container.name
        let create = Step(
            unless: ["has_container", name],
            run: [client.command, client.creation, "--quiet", container.image ?? "", name]
                + ["--config", "user.topoc=\(owner)"])
        let devices = inside.veths.map { veth in
            Step(
                unless: ["has_nic", name, veth.interface] + properties(of: veth),
                first: [["drop_nic", name, veth.interface]],
                run: [client.command, "config", "device", "add", name, veth.interface, "nic"] + properties(of: veth))
        }
        let start = Step(
            unless: ["is_running", name], run: [client.command, "start", name])
        let others = Step(settling: ["hide_other_nics", name] + inside.veths.map(\.interface))
        let up = inside.veths.filter { $0.bridge == nil }.map { veth in
            Step(unless: ["is_up", veth.hostInterface], run: ["ip", "link", "set", "dev", veth.hostInterface, "up"])
        }
        // A container outlives a reboot and the journal does not: its undo is written down whether it is there or not.
        return [Step(noting: ["delete_container", name], of: [container.image ?? ""]), create, others] + devices
            + (container.isPersistent ? [lasting(name, inside)] : []) + [start] + up
    }

    /// The files by which a container finds its addresses again, before its own network configuration first runs; once, and
    /// again when they change.
    private func lasting(_ name: String, _ inside: InnerConfiguration) -> Step {
        let files = inside.files.map { ["write_for", $0.manager.rawValue, name, $0.path] + $0.lines }
        let mark = inside.summary
        return Step(
            unless: ["lasts", name, mark], first: [["find_manager", name]] + files,
            run: [[client.command, "config", "set", name, "user.topoc.network=\(mark)"]], isBeside: true)
    }

    private func properties(of veth: PlannedVeth) -> [String] {
        let kind = veth.bridge.map { ["nictype=bridged", "parent=\($0)"] } ?? ["nictype=p2p"]
        let mtu = veth.mtu.value == 1500 ? [] : ["mtu=\(veth.mtu.value)"]
        return kind + ["name=\(veth.interface)", "host_name=\(veth.hostInterface)", "hwaddr=\(veth.mac.value)"] + mtu
    }

    func outliving(_ container: PlannedContainer) -> (test: [String], undo: [String])? {
        (["is_ours", container.name], ["delete_container", container.name])
    }
}
