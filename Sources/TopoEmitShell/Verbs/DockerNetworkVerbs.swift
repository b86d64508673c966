internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// Docker's containers on a network of Docker's own, which gives them their addresses and their default route.
struct DockerNetworkVerbs: ContainerVerbs {
    let network: PlannedDockerNetwork
    /// The mark of this topology and host on what it made.
    let owner: String

    func inside(_ container: String) -> Command.Place { .docker(container) }

    func insideNetwork(_ container: String) -> [String] { ["in_docker", container] }

    var tools: [(command: String, package: String)] { [("docker", "docker.io"), ("nsenter", "util-linux")] }

    var hostChecks: [[String]] {
        [
            ["need_docker"], ["need_docker_macs"], ["free_docker_network", network.name, "\(network.subnet)"],
        ] + driverChecks
    }

    var configuresItself: Bool { false }

    var isComplete: Bool { true }

    var adopts: Bool { false }

    func checks(_ container: PlannedContainer, _ veths: [PlannedVeth]) -> [[String]] {
        [["free_docker", container.name]]
    }

    func make(_ container: PlannedContainer, _ inside: InnerConfiguration) -> [Command] {
        let name = container.name
        let interface = inside.veths.first
        let address = inside.addresses.first { $0.address.address.family == .ipv4 }?.address.address
        var words = ["docker", "create", "--name", name] + DockerVerbs.hostname(name) + ["--network=\(network.name)"]
        words += address.map { ["--ip=\($0)"] } ?? []
        words += interface.map { ["--mac-address=\($0.mac.value)"] } ?? []
        words += inside.settings.flatMap { ["--sysctl", "\($0.key)=\($0.value)"] }
        words += ["--label", "topoc=\(owner)", "--interactive", "--tty", container.image ?? ""] + container.command
        return [Command(words), Command(["docker", "start", name])]
    }

    func outliving(_ container: PlannedContainer) -> (test: [String], undo: [String])? {
        (["is_our_docker", container.name], ["delete_docker", container.name])
    }

    /// Makes the network, once a host; it outlives a reboot, as containers do.
    var creation: Command {
        Command(
            ["docker", "network", "create"] + driver + ["--subnet", "\(network.subnet)"]
                + ["--gateway", "\(network.reserved)"] + (network.gateway == nil ? ["--internal"] : [])
                + options.map { "--opt=\($0)" }
                + ["--label", "topoc=\(owner)", network.name])
    }

    private var driverChecks: [[String]] {
        switch network.driver {
        case .bridge: [["need_type", "veth"]]
        case .macvlan(let parent): [["need_macvlan"], ["free_parent", parent]]
        }
    }

    private var driver: [String] {
        switch network.driver {
        case .bridge: ["--driver", "bridge"]
        case .macvlan: ["--driver", "macvlan"]
        }
    }

    private var options: [String] {
        switch network.driver {
        case .bridge(let bridge):
            // The bridge is there, and keeps the addresses that it has; packets keep theirs. From Docker 28 on, what comes
            // from elsewhere is dropped before any rule of DOCKER-USER, but in the mode called routed.
            (["bridge.name=\(bridge)", "bridge.inhibit_ipv4=true", "bridge.enable_ip_masquerade=false"]
                + (network.gateway == nil ? [] : ["bridge.gateway_mode_ipv4=routed"])
                + (network.mtu == 1500 ? [] : ["driver.mtu=\(network.mtu)"])).map { "com.docker.network.\($0)" }
        // Their MTU is the NIC's: the driver has no option for another.
        case .macvlan(let parent): ["parent=\(parent)"]
        }
    }
}
