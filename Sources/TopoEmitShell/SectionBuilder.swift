internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoText

/// Turns one host's plan into the sections of its scripts and the checks before them.
struct SectionBuilder {
    let wide: PlanWide
    let host: HostPlan
    let bridgeVerbs: BridgeVerbs
    private let tunnelVerbs = TunnelVerbs()
    /// The interfaces that the scripts make themselves, and that take their addresses with them.
    private let ownInterfaces: Set<String>
    /// The containers of the host.
    let containers: [PlannedContainer]
    /// The networks of Docker's own that the host's containers are on, each once.
    let dockerNetworks: [PlannedDockerNetwork]
    /// The bridges of these, by name.
    let dockerBridges: Set<String>
    /// The names of the containers on each of these.
    let dockerMembers: [PlannedDockerNetwork: [String]]
    /// The first container of each kind that is prepared for.
    private let firsts: Set<String>
    /// The NICs that are ports of a bridge.
    private let bridgedNICs: [String: [String]]

    init(_ host: HostPlan, of wide: PlanWide) {
        self.wide = wide
        self.host = host
        let plan = wide.plan
        bridgeVerbs = BridgeVerbs(
            tools: plan.bridgeTools, client: InstanceClient(of: host), owner: "\(plan.name)/\(host.name)")
        ownInterfaces = Set(host.objects.compactMap(SectionBuilder.madeInterface))
        containers = host.containers
        let members = containers.compactMap { container in container.network.map { ($0, container.name) } }
        dockerMembers = Dictionary(grouping: members, by: \.0).mapValues { $0.map(\.1) }
        var names: Set<String> = []
        dockerNetworks = members.map(\.0).filter { names.insert($0.name).inserted }
        dockerBridges = Set(
            dockerNetworks.compactMap { if case .bridge(let bridge) = $0.driver { bridge } else { nil } })
        var kinds: Set<Kind> = []
        firsts = Set(
            containers.filter { kinds.insert(Kind(runtime: $0.runtime, isDockers: $0.network != nil)).inserted }
                .map(\.name))
        bridgedNICs = Dictionary(grouping: host.nics.filter { $0.bridge != nil }, by: { $0.bridge ?? "" })
            .mapValues { $0.map(\.name) }
    }

    /// The plan.
    var plan: Plan { wide.plan }

    /// What containers have in common that are prepared for together.
    private struct Kind: Hashable {
        let runtime: Runtime
        let isDockers: Bool
    }

    private static func madeInterface(_ planned: PlannedObject) -> String? {
        switch planned.object {
        // One that LXD manages may be another's, which `--adopt` lets the scripts use.
        case .bridge(let bridge): bridge.manager == .topoc ? bridge.name : nil
        case .tunnel(let tunnel): tunnel.name
        case .veth(let veth): veth.hostInterface
        case .forwarding, .nic, .port, .container, .address, .route: nil
        }
    }

    /// The verbs of a container's runtime.
    func verbs(of container: PlannedContainer) -> any ContainerVerbs {
        container.runtime.verbs(owner: bridgeVerbs.owner, bridgeVerbs: bridgeVerbs, network: container.network)
    }

    /// For each container, the shell pattern of its name and the command that runs another in its network.
    func insides() -> [[String: String]] {
        containers.map { container in
            [
                "pattern": shellWord(container.name),
                "command": shellLine(verbs(of: container).insideNetwork(container.name)),
            ]
        }
    }

    /// The sections, in the order of the plan, and what lets packets pass where a firewall is.
    func sections() -> [Section] {
        var sections: [Section] = []
        let words = SectionWords(host: host)
        var start = host.objects.startIndex
        while start < host.objects.endIndex {
            let subject = host.objects[start].subject
            let end = host.objects[start...].firstIndex { $0.subject != subject } ?? host.objects.endIndex
            let objects = Array(host.objects[start..<end])
            if let section = dockerNetwork(before: subject) { sections.append(section) }
            let steps = objects.flatMap(steps)
            sections.append(
                Section(
                    title: words.title(of: subject, objects), comments: words.comments(on: subject, objects),
                    steps: steps))
            start = end
        }
        if let firewall = Passage(through: host, of: wide).section { sections.append(firewall) }
        return sections.filter { !$0.steps.isEmpty }
    }

    private func steps(_ planned: PlannedObject) -> [Step] {
        if isDockers(planned) { return [] }
        let route = routeVerbs(in: planned.namespace)
        switch planned.object {
        case .forwarding(let forwarding):
            return route.make(forwarding)
                + (planned.namespace == .host ? route.settle(forwarding, on: forwardingInterfaces) : [])
        case .nic(let nic): return steps(nic)
        case .tunnel(let tunnel): return tunnelVerbs.make(tunnel, addresses: addresses(of: tunnel.name, in: .host))
        case .bridge(let bridge):
            let nics = bridgedNICs[bridge.name] ?? []
            return bridgeVerbs.make(bridge, nics: nics, mayBeDockers: mayBeDockers(bridge))
                + bridgeVerbs.settle(bridge, nics: nics, addresses: addresses(of: bridge.name, in: .host))
        case .port(let port):
            switch port.kind {
            case .nic: return [bridgeVerbs.join(port.bridge, nic: port.interface)]
            case .tunnel: return [bridgeVerbs.join(port.bridge, port.interface)]
            }
        case .container(let container):
            let verbs = verbs(of: container)
            let inside = InnerConfiguration(of: container, on: host)
            let routes = routeVerbs(in: .container(container.name)).settle(inside.routes, families: wide.families)
            return (firsts.contains(container.name) ? verbs.preparation : []) + verbs.make(container, inside)
                + (verbs.isComplete ? [] : unlessLent(container, routes))
        case .veth(let veth):
            let inside = routeVerbs(in: .container(veth.container)).prefix
            return settling(veth, inside) + [
                Step(
                    unless: ["is_up", veth.interface] + inside,
                    run: inside + ["ip", "link", "set", "dev", veth.interface, "up"])
            ]
        case .address(let address):
            var verbs = route
            if planned.namespace == .host, case .container = planned.subject {
                // On the end of a container's link systemd-networkd may be faster, where its units are on the host.
                verbs = RouteVerbs(prefix: [], isHost: true, verb: .replace)
            }
            return [verbs.make(address, isOurs: ownInterfaces.contains(address.interface))]
        case .route(let planned): return [route.make(planned)]
        }
    }

    /// The interfaces of the host with addresses.
    private var forwardingInterfaces: [String] {
        var seen: Set<String> = []
        return host.addresses(of: .host).map(\.interface).filter { seen.insert($0).inserted }
    }

    private func addresses(of interface: String, in namespace: Namespace) -> String {
        host.addresses(of: interface, in: namespace).map(\.description).joined(separator: " ")
    }

    /// What puts right both ends of a container's link.
    private func settling(_ veth: PlannedVeth, _ inside: [String]) -> [Step] {
        guard let container = host.container(veth.container) else { return [] }
        let (verbs, mtu) = (verbs(of: container), String(veth.mtu.value))
        // Those of LXD and Incus are theirs: both ends have what the container's device says.
        let macs = verbs.configuresItself ? ("-", "-") : ("\(veth.hostMAC.value)", "\(veth.mac.value)")
        let near = ["settle", veth.hostInterface, macs.0, mtu, addresses(of: veth.hostInterface, in: .host)]
        let far =
            ["settle", veth.interface, macs.1, veth.macvlanParent == nil ? mtu : "-"]
            + [addresses(of: veth.interface, in: .container(veth.container))] + inside
        // One that was a bridge's port, and is a link of its own now.
        let apart =
            veth.bridge == nil && !verbs.configuresItself
            ? [Step(settling: ["leave_port", "-", veth.hostInterface])] : []
        return (veth.macvlanParent == nil ? apart + [Step(settling: near)] : [])
            + unlessLent(container, [Step(settling: far)])
    }

    /// Steps that leave alone a container which is used as it is.
    private func unlessLent(_ container: PlannedContainer, _ steps: [Step]) -> [Step] {
        guard verbs(of: container).adopts else { return steps }
        return steps.map { Step(settling: $0.first[0], unless: ["is_lent", container.name]) }
    }

    private func steps(_ nic: PlannedNIC) -> [Step] {
        let name = nic.name
        var steps: [Step] = []
        if let mac = nic.mac {
            steps.append(
                Step(
                    unless: ["has_mac", "\(mac.value)", name], first: [["keep_mac", name, "\(mac.value)"]],
                    run: ["ip", "link", "set", "dev", name, "address", "\(mac.value)"]))
        }
        if nic.mtu.value != 1500 {
            let mtu = String(nic.mtu.value)
            steps.append(
                Step(
                    unless: ["has_mtu", mtu, name], first: [["keep_mtu", name, mtu]],
                    run: ["ip", "link", "set", "dev", name, "mtu", mtu]))
        }
        return steps + [
            Step(unless: ["is_up", name], undo: ["take_down", name], run: ["ip", "link", "set", "dev", name, "up"])
        ]
    }

    /// Whether the scripts can use what LXD has already.
    var adopts: Bool {
        host.bridges.contains { $0.manager == .lxd } || containers.contains { verbs(of: $0).adopts }
    }

    private func routeVerbs(in namespace: Namespace) -> RouteVerbs {
        switch namespace {
        case .container(let name):
            guard let container = host.container(name) else { break }
            let verbs = verbs(of: container)
            return RouteVerbs(
                prefix: verbs.inside(name), isHost: false, verb: verbs.configuresItself ? .replace : .add)
        case .host: break
        }
        return RouteVerbs(prefix: [], isHost: true, verb: .add)
    }
}
