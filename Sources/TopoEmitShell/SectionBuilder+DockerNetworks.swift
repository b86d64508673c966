internal import TopoModel
internal import TopoPlan

extension SectionBuilder {
    /// The section that makes the network of a container, before the first container on it; nil for all else.
    func dockerNetwork(before subject: Subject) -> Section? {
        guard case .container(let name) = subject,
            let network = host.container(name)?.network, let members = dockerMembers[network], members.first == name
        else { return nil }
        let kept =
            network.gateway == nil
            ? ["Without a gateway; \(network.reserved) is nobody's, and Docker gives it to no container."] : []
        let reached: [String] =
            switch network.driver {
            case .bridge: []
            case .macvlan(let parent):
                [
                    "They are macvlan interfaces of \(parent), in place of a bridge: they reach all that \(parent) does,",
                    "and each other, but for \(host.name) itself.",
                ]
            }
        return Section(
            title: "Docker's network \(network.name)",
            comments: [
                "Docker itself joins these to it, also when they start again: \(members.joined(separator: ", "))."
            ] + reached + kept,
            commands: [DockerNetworkVerbs(network: network, owner: bridgeVerbs.owner).creation])
    }

    /// Whether Docker makes an object itself, with the container that it is in.
    func isDockers(_ planned: PlannedObject) -> Bool {
        switch planned.object {
        case .container: return false
        case .veth(let veth): return isComplete(veth.container)
        case .vlan: return false
        case .forwarding, .nic, .bridge, .tunnel, .port, .address, .route, .announcement, .nat:
            guard case .container(let name) = planned.namespace else { return false }
            return isComplete(name)
        }
    }

    private func isComplete(_ container: String) -> Bool {
        host.container(container).map { verbs(of: $0).isComplete } ?? false
    }

    /// Whether a bridge of the scripts may come from Docker: a daemon that starts, after a reboot, makes the bridges of the
    /// networks that it knows.
    func mayBeDockers(_ bridge: PlannedBridge) -> Bool {
        bridge.manager == .topoc && dockerBridges.contains(bridge.name)
    }
}
