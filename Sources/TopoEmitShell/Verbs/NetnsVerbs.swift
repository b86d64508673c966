internal import TopoEmit
internal import TopoPlan

/// Bare network namespaces, by `ip-netns(8)`.
struct NetnsVerbs: ContainerVerbs {
    let bridgeVerbs: BridgeVerbs

    func inside(_ container: String) -> [String] { ["ip", "netns", "exec", container] }

    func insideNetwork(_ container: String) -> [String] { inside(container) }

    var tools: [(command: String, package: String)] { [] }

    var hostChecks: [[String]] { [["need_type", "veth"]] }

    // The first `ip netns add` after boot makes the folder and mounts it on itself.
    var preparation: [Step] {
        [Step(unless: ["has_netns_folder"], first: [["undo", "remove_netns_folder"]], run: [] as [[String]])]
    }

    func checks(_ container: PlannedContainer, _ veths: [PlannedVeth]) -> [[String]] {
        [["free_netns", container.name]]
            + veths.flatMap { veth in
                veth.macvlanParent.map { [["need_macvlan"], ["free_parent", $0]] }
                    ?? [["free_link", veth.hostInterface]]
            }
    }

    var configuresItself: Bool { false }

    var adopts: Bool { false }

    func make(_ container: PlannedContainer, _ configuration: InnerConfiguration) -> [Step] {
        let name = container.name
        let namespace = [
            Step(
                unless: ["has_netns", name], first: [["clear_netns", name]], undo: ["delete_netns", name],
                run: ["ip", "netns", "add", name]),
            Step(
                unless: ["is_up", "lo"] + inside(name), run: inside(name) + ["ip", "link", "set", "dev", "lo", "up"]),
        ]
        return namespace + configuration.veths.flatMap(link)
    }

    private func macvlan(_ veth: PlannedVeth, of parent: String) -> Step {
        let (name, address) = (veth.interface, "\(veth.mac.value)")
        return Step(
            unless: ["has_inner", name] + inside(veth.container),
            // Some time after `ip netns delete` has come back it is still there, and its MAC address is taken.
            undo: ["remove_inner", veth.container, name],
            run: ["ip", "link", "add", "link", parent, "name", name, "address", address, "netns", veth.container]
                + ["type", "macvlan", "mode", "bridge"])
    }

    private func link(_ veth: PlannedVeth) -> [Step] {
        if let parent = veth.macvlanParent { return [macvlan(veth, of: parent)] }
        let mtu = veth.mtu.value == 1500 ? [] : ["mtu", String(veth.mtu.value)]
        let near = ["name", veth.hostInterface, "address", "\(veth.hostMAC.value)"] + mtu
        let far = ["name", veth.interface, "address", "\(veth.mac.value)"] + mtu
        let make = Step(
            unless: ["is_linked", veth.hostInterface, veth.interface] + inside(veth.container),
            // A namespace's end takes its links with it, but only some time after `ip netns delete` has come back.
            first: [["clear_link", veth.hostInterface]], undo: ["delete_link", veth.hostInterface],
            run: ["ip", "link", "add"] + near + ["type", "veth", "peer"] + far + ["netns", veth.container])
        let up = Step(
            unless: ["is_up", veth.hostInterface], run: ["ip", "link", "set", "dev", veth.hostInterface, "up"])
        return [make] + (veth.bridge.map { [bridgeVerbs.join($0, veth.hostInterface)] } ?? []) + [up]
    }

    func outliving(_ container: PlannedContainer) -> (test: [String], undo: [String])? { nil }
}
