internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoText

/// Turns one host's plan into the sections of its scripts and the checks before them.
struct SectionBuilder {
    let plan: Plan
    let host: HostPlan
    let bridgeVerbs: BridgeVerbs
    private let tunnelVerbs = TunnelVerbs()
    /// The interfaces that the scripts make themselves, and that take their addresses with them.
    private let ownInterfaces: Set<String>
    /// The containers of the host, with their interfaces.
    let containers: [(container: PlannedContainer, veths: [PlannedVeth])]

    init(_ host: HostPlan, of plan: Plan) {
        self.plan = plan
        self.host = host
        bridgeVerbs = BridgeVerbs(
            tools: plan.bridgeTools, client: InstanceClient(of: host), owner: "\(plan.name)/\(host.name)")
        ownInterfaces = Set(host.objects.compactMap(SectionBuilder.madeInterface))
        let veths = Dictionary(grouping: host.veths, by: \.container)
        containers = host.containers.map { ($0, veths[$0.name] ?? []) }
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
        containers.map { entry in
            let name = entry.container.name
            return [
                "pattern": shellWord(name),
                "command": shellLine(verbs(of: entry.container).insideNetwork(name)),
            ]
        }
    }

    /// The sections, in the order of the plan, and what lets packets pass where a firewall is.
    func sections() -> [Section] {
        var sections: [Section] = []
        var start = host.objects.startIndex
        while start < host.objects.endIndex {
            let subject = host.objects[start].subject
            let end = host.objects[start...].firstIndex { $0.subject != subject } ?? host.objects.endIndex
            let objects = Array(host.objects[start..<end])
            if let section = dockerNetwork(before: subject) { sections.append(section) }
            let steps = objects.flatMap(steps)
            sections.append(
                Section(
                    title: SectionWords(plan: plan, host: host).title(of: subject, objects),
                    comments: SectionWords(plan: plan, host: host).comments(on: subject, objects), steps: steps))
            start = end
        }
        if let firewall = Passage(through: host, of: plan).section { sections.append(firewall) }
        return sections.filter { !$0.steps.isEmpty }
    }

    private func steps(_ planned: PlannedObject) -> [Step] {
        if isDockers(planned) { return [] }
        let route = routeVerbs(in: planned.namespace)
        switch planned.object {
        case .forwarding(let forwarding): return route.make(forwarding)
        case .nic(let nic): return steps(nic)
        case .tunnel(let tunnel): return tunnelVerbs.make(tunnel)
        case .bridge(let bridge):
            return bridgeVerbs.make(
                bridge, nics: host.nics.filter { $0.bridge == bridge.name }.map(\.name),
                mayBeDockers: mayBeDockers(bridge))
        case .port(let port):
            switch port.kind {
            case .nic: return [bridgeVerbs.join(port.bridge, nic: port.interface)]
            case .tunnel: return [bridgeVerbs.join(port.bridge, port.interface)]
            }
        case .container(let container):
            let verbs = verbs(of: container)
            let alike = containers.first {
                $0.container.runtime == container.runtime && ($0.container.network == nil) == (container.network == nil)
            }
            let isFirst = alike?.container == container
            return (isFirst ? verbs.preparation : [])
                + verbs.make(container, InnerConfiguration(of: container, on: host))
        case .veth(let veth):
            let inside = routeVerbs(in: .container(veth.container)).prefix
            return [
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

    private func steps(_ nic: PlannedNIC) -> [Step] {
        let name = nic.name
        var steps: [Step] = []
        if let mac = nic.mac {
            steps.append(
                Step(
                    unless: ["has_mac", "\(mac.value)", name], first: [["keep_mac", name]],
                    run: ["ip", "link", "set", "dev", name, "address", "\(mac.value)"]))
        }
        if nic.mtu.value != 1500 {
            let mtu = String(nic.mtu.value)
            steps.append(
                Step(
                    unless: ["has_mtu", mtu, name], first: [["keep_mtu", name]],
                    run: ["ip", "link", "set", "dev", name, "mtu", mtu]))
        }
        return steps + [
            Step(unless: ["is_up", name], undo: ["take_down", name], run: ["ip", "link", "set", "dev", name, "up"])
        ]
    }

    /// Whether the scripts can use what LXD has already.
    var adopts: Bool {
        host.bridges.contains { $0.manager == .lxd } || host.containers.contains { verbs(of: $0).adopts }
    }

    private func routeVerbs(in namespace: Namespace) -> RouteVerbs {
        switch namespace {
        case .container(let name):
            guard let container = host.containers.first(where: { $0.name == name }) else { break }
            let verbs = verbs(of: container)
            return RouteVerbs(
                prefix: verbs.inside(name), isHost: false, verb: verbs.configuresItself ? .replace : .add)
        case .host: break
        }
        return RouteVerbs(prefix: [], isHost: true, verb: .add)
    }

    private func veths(of container: String) -> [PlannedVeth] {
        host.veths.filter { $0.container == container }
    }
}
