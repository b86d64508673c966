internal import TopoEmit
internal import TopoPlan

/// Bare network namespaces, by `ip-netns(8)`.
struct NetnsVerbs: ContainerVerbs {
    let bridgeVerbs: BridgeVerbs

    func inside(_ container: String) -> Command.Place { .netns(container) }

    func insideNetwork(_ container: String) -> [String] { ["ip", "netns", "exec", container] }

    var tools: [(command: String, package: String)] { [] }

    var hostChecks: [[String]] { [["need_type", "veth"]] }

    func checks(_ container: PlannedContainer, _ veths: [PlannedVeth]) -> [[String]] {
        [["free_netns", container.name]]
            + veths.flatMap { veth in
                veth.macvlanParent.map { [["need_macvlan"], ["free_parent", $0]] }
                    ?? [["free_link", veth.hostInterface]]
            }
    }

    var configuresItself: Bool { false }

    var adopts: Bool { false }

    func make(_ container: PlannedContainer, _ configuration: InnerConfiguration) -> [Command] {
        let name = container.name
        return [
            Command(["ip", "netns", "add", name]),
            Command(in: inside(name), ["ip", "link", "set", "dev", "lo", "up"]),
        ] + configuration.veths.flatMap(link)
    }

    private func link(_ veth: PlannedVeth) -> [Command] {
        if let parent = veth.macvlanParent {
            let words = ["name", veth.interface, "address", "\(veth.mac.value)", "netns", veth.container]
            return [Command(["ip", "link", "add", "link", parent] + words + ["type", "macvlan", "mode", "bridge"])]
        }
        let pair = Command(bridgeVerbs.pair(veth) + ["netns", veth.container])
        return [pair] + bridgeVerbs.joinUp(veth)
    }

    func outliving(_ container: PlannedContainer) -> (test: [String], undo: [String])? { nil }
}
