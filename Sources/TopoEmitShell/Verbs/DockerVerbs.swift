internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// Docker's containers, by `docker`, without a network of Docker's: veth pairs into the namespace of their process.
struct DockerVerbs: ContainerVerbs {
    let bridgeVerbs: BridgeVerbs

    func inside(_ container: String) -> Command.Place { .docker(container) }

    func insideNetwork(_ container: String) -> [String] { ["in_docker", container] }

    var tools: [(command: String, package: String)] { [("docker", "docker.io"), ("nsenter", "util-linux")] }

    var hostChecks: [[String]] { [["need_docker"], ["need_type", "veth"]] }

    var configuresItself: Bool { false }

    var adopts: Bool { false }

    func checks(_ container: PlannedContainer, _ veths: [PlannedVeth]) -> [[String]] {
        [["free_docker", container.name]]
            + veths.map { ["free_link", $0.hostInterface] }
    }

    func make(_ container: PlannedContainer, _ configuration: InnerConfiguration) -> [Command] {
        let name = container.name
        let words =
            ["docker", "create", "--name", name] + DockerVerbs.hostname(name)
            + ["--network", "none", "--label", "topoc=\(bridgeVerbs.owner)"]
        // With a terminal, the shell that many images run stays.
        let image = ["--interactive", "--tty", container.image ?? ""] + container.command
        return [Command(words + image), Command(["docker", "start", name])] + ipv6(name, configuration)
            + configuration.veths.flatMap { veth in
                [Command(bridgeVerbs.pair(veth), into: name)] + bridgeVerbs.joinUp(veth)
            }
    }

    /// A container's name as its host name, where it is short enough for one (sethostname(2): 64 bytes).
    static func hostname(_ name: String) -> [String] { name.utf8.count < 64 ? ["--hostname", name] : [] }

    /// Docker turns IPv6 off in a network that has none of it.
    private func ipv6(_ name: String, _ configuration: InnerConfiguration) -> [Command] {
        guard configuration.addresses.contains(where: { $0.address.address.family == .ipv6 }) else { return [] }
        return [Command(in: inside(name), ["sysctl", "-q", "-w", "net.ipv6.conf.all.disable_ipv6=0"])]
    }

    func outliving(_ container: PlannedContainer) -> (test: [String], undo: [String])? {
        (["is_our_docker", container.name], ["delete_docker", container.name])
    }
}
