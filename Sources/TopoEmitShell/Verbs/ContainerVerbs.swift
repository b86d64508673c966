internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// How a runtime makes containers and their links: all in which its scripts differ from another's.
protocol ContainerVerbs {
    /// Where a command in a container runs.
    func inside(_ container: String) -> Command.Place

    /// The words that run one of the host's own commands in a container's network.
    func insideNetwork(_ container: String) -> [String]

    /// Makes a container with its interfaces, running; its addresses and routes are the same for every runtime, but for
    /// what has to be there before it starts.
    func make(_ container: PlannedContainer, _ inside: InnerConfiguration) -> [Command]

    /// Whether a container may configure its network itself, at the same time as the scripts do.
    var configuresItself: Bool { get }

    /// Whether who makes a container also gives it its addresses and routes, and brings its interfaces up.
    var isComplete: Bool { get }

    /// Whether scripts can use a container, or a network, that they have not made.
    var adopts: Bool { get }

    /// What must hold before, as calls of the functions of the template.
    func checks(_ container: PlannedContainer, _ veths: [PlannedVeth]) -> [[String]]

    /// The commands needed, each with the Debian package that has it.
    var tools: [(command: String, package: String)] { get }

    /// What must hold once a host, as calls of the functions of the template.
    var hostChecks: [[String]] { get }

    /// The undos of what outlives a reboot, which empties the journal: each with the test that it is this topology's.
    func outliving(_ container: PlannedContainer) -> (test: [String], undo: [String])?
}

extension ContainerVerbs {
    var isComplete: Bool { false }
}

extension Runtime {
    /// The runtime's verbs; those of Docker differ for containers on a network of its own.
    func verbs(
        owner: String, bridgeVerbs: BridgeVerbs, network: PlannedDockerNetwork? = nil
    ) -> any ContainerVerbs {
        switch self {
        case .netns: NetnsVerbs(bridgeVerbs: bridgeVerbs)
        case .lxd: InstanceVerbs(client: .lxd, bridgeVerbs: bridgeVerbs, owner: owner)
        case .incus: InstanceVerbs(client: .incus, bridgeVerbs: bridgeVerbs, owner: owner)
        case .docker:
            if let network {
                DockerNetworkVerbs(network: network, owner: owner)
            } else {
                DockerVerbs(bridgeVerbs: bridgeVerbs)
            }
        }
    }
}
