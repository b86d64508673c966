internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// Docker's containers, by `docker`, without a network of Docker's: veth pairs into the namespace of their process.
struct DockerVerbs: ContainerVerbs {
    let bridgeVerbs: BridgeVerbs

    // The host's own `ip`: an image may have none, and a container without privileges may not use it.
    func inside(_ container: String) -> [String] { ["in_docker", container] }

    func insideNetwork(_ container: String) -> [String] { inside(container) }

    var tools: [(command: String, package: String)] { [("docker", "docker.io"), ("nsenter", "util-linux")] }

    var hostChecks: [[String]] { [["need_docker"], ["need_type", "veth"]] }

    var preparation: [Step] { [Step(unless: nil, first: [["tell_in_docker"]], run: [] as [[String]])] }

    var configuresItself: Bool { false }

    var adopts: Bool { false }

    func checks(_ container: PlannedContainer, _ veths: [PlannedVeth]) -> [[String]] {
        [["free_docker", container.name]]
            + veths.map { ["free_link", $0.hostInterface] }
    }

    func make(_ container: PlannedContainer, _ inside: InnerConfiguration) -> [Step] {
        let name = container.name
        // A container outlives a reboot and the journal does not: its undo is written down whether it is there or not.
        // With a terminal, the shell that many images run stays.
        let image = ["--interactive", "--tty", container.image ?? ""] + container.command
        let undo = Step(noting: ["delete_docker", name], of: image)
        let create = Step(
            unless: ["has_docker", name],
            run: ["docker", "create", "--name", name] + DockerVerbs.hostname(name)
                + ["--network", "none", "--label", "topoc=\(bridgeVerbs.owner)"] + image)
        let start = Step(unless: ["runs_docker", name], run: ["docker", "start", name])
        return [undo, create, start] + ipv6(name, inside) + inside.veths.flatMap(link)
    }

    /// A container's name as its host name, where it is short enough for one (sethostname(2): 64 bytes).
    static func hostname(_ name: String) -> [String] { name.utf8.count < 64 ? ["--hostname", name] : [] }

    /// Docker turns IPv6 off in a network that has none of it.
    private func ipv6(_ name: String, _ inside: InnerConfiguration) -> [Step] {
        guard inside.addresses.contains(where: { $0.address.address.family == .ipv6 }) else { return [] }
        let key = "net.ipv6.conf.all.disable_ipv6"
        return [
            Step(
                unless: ["is_set", key, "0"] + self.inside(name),
                run: self.inside(name) + ["sysctl", "-q", "-w", "\(key)=0"])
        ]
    }

    private func link(_ veth: PlannedVeth) -> [Step] {
        let mtu = veth.mtu.value == 1500 ? [] : ["mtu", String(veth.mtu.value)]
        let near = ["name", veth.hostInterface, "address", "\(veth.hostMAC.value)"] + mtu
        let far = ["name", veth.interface, "address", "\(veth.mac.value)"] + mtu
        let make = Step(
            unless: ["is_plugged", veth.container, veth.interface, veth.hostInterface],
            first: [["plug", veth.container] + near + ["type", "veth", "peer"] + far], run: [] as [[String]])
        let up = Step(
            unless: ["is_up", veth.hostInterface], run: ["ip", "link", "set", "dev", veth.hostInterface, "up"])
        return [make] + (veth.bridge.map { [bridgeVerbs.join($0, veth.hostInterface)] } ?? []) + [up]
    }

    func outliving(_ container: PlannedContainer) -> (test: [String], undo: [String])? {
        (["is_our_docker", container.name], ["delete_docker", container.name])
    }
}
