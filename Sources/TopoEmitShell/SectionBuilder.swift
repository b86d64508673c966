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
    /// The containers of the host.
    let containers: [PlannedContainer]
    /// The networks of Docker's own that the host's containers are on, each once.
    let dockerNetworks: [PlannedDockerNetwork]
    /// The bridges of these, by name.
    let dockerBridges: Set<String>
    /// The names of the containers on each of these.
    let dockerMembers: [PlannedDockerNetwork: [String]]
    /// What lets the host answer for addresses of containers.
    private let proxy: ProxySettings
    init(_ host: HostPlan, of wide: PlanWide) {
        self.wide = wide
        self.host = host
        let plan = wide.plan
        bridgeVerbs = BridgeVerbs(
            tools: plan.bridgeTools, client: InstanceClient(of: host), owner: "\(plan.name)/\(host.name)",
            filtering: Set(host.bridges.filter(\.filtersVLANs).map(\.name)))
        containers = host.containers
        proxy = ProxySettings(host)
        let members = containers.compactMap { container in container.network.map { ($0, container.name) } }
        dockerMembers = Dictionary(grouping: members, by: \.0).mapValues { $0.map(\.1) }
        var names: Set<String> = []
        dockerNetworks = members.map(\.0).filter { names.insert($0.name).inserted }
        dockerBridges = Set(
            dockerNetworks.compactMap { if case .bridge(let bridge) = $0.driver { bridge } else { nil } })
    }

    /// The plan.
    var plan: Plan { wide.plan }

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

    /// The sections, in the order of the plan.
    func sections() -> [Section] {
        var sections: [Section] = []
        let words = SectionWords(host: host)
        var start = host.objects.startIndex
        while start < host.objects.endIndex {
            let subject = host.objects[start].subject
            let end = host.objects[start...].firstIndex { $0.subject != subject } ?? host.objects.endIndex
            let objects = Array(host.objects[start..<end])
            if let section = dockerNetwork(before: subject) { sections.append(section) }
            sections.append(
                Section(
                    title: words.title(of: subject, objects), comments: words.comments(on: subject, objects),
                    commands: objects.flatMap(commands)))
            start = end
        }
        return sections.filter { !$0.commands.isEmpty }
    }

    private func commands(_ planned: PlannedObject) -> [Command] {
        if isDockers(planned) { return [] }
        let route = routeVerbs(in: planned.namespace)
        switch planned.object {
        case .forwarding(let forwarding):
            return route.make(forwarding) + (planned.namespace == .host ? setting(proxy.all) : [])
        case .announcement(let found): return [RouteVerbs.announcing(found)]
        case .nic(let nic): return commands(nic) + setting(proxy.key(of: nic.name))
        case .tunnel(let tunnel): return tunnelVerbs.make(tunnel) + setting(proxy.key(of: tunnel.name))
        case .bridge(let bridge): return bridgeVerbs.make(bridge) + setting(proxy.key(of: bridge.name))
        case .vlan(let vlan):
            return VLANVerbs(place: route.place).make(vlan, linkMTU: host.mtu(of: vlan.link, in: planned.namespace))
                + (planned.namespace == .host ? setting(proxy.key(of: vlan.name)) : [])
        case .port(let port):
            return [bridgeVerbs.join(port.bridge, port.interface)] + bridgeVerbs.vlans(port.vlans, of: port.interface)
        case .container(let container):
            return verbs(of: container).make(container, InnerConfiguration(of: container, on: host))
        case .veth(let veth):
            let inside = routeVerbs(in: .container(veth.container)).place
            return [Command(in: inside, ["ip", "link", "set", "dev", veth.interface, "up"])]
        case .address(let address):
            if planned.namespace == .host, case .container = planned.subject {
                // On the end of a container's link systemd-networkd may be faster, where its units are on the host.
                return [RouteVerbs(place: .host, verb: .replace).make(address)]
            }
            return [route.make(address)]
        case .route(let planned): return [route.make(planned)]
        case .nat(let nat): return NATTable(name: plan.natTable, nat).commands.map { Command(["nft"] + $0) }
        }
    }

    private func setting(_ key: String?) -> [Command] {
        key.map { [Command(["sysctl", "-q", "-w", "\($0)=1"])] } ?? []
    }

    private func commands(_ nic: PlannedNIC) -> [Command] {
        let mac = nic.mac.map { [["address", "\($0.value)"]] } ?? []
        let mtu = nic.mtu.value == 1500 ? [] : [["mtu", String(nic.mtu.value)]]
        return (mac + mtu + [["up"]]).map { Command(["ip", "link", "set", "dev", nic.name] + $0) }
    }

    /// For each container that lasts, its name and the lines that write its own configuration.
    func persistence() -> [(name: String, lines: [String])] {
        containers.filter(\.isPersistent).compactMap { container in
            guard let verbs = verbs(of: container) as? InstanceVerbs else { return nil }
            return (container.name, verbs.persistence(of: container.name, InnerConfiguration(of: container, on: host)))
        }
    }

    /// The containers that Docker makes.
    var dockers: [PlannedContainer] { containers.filter { $0.runtime == .docker } }

    /// Whether the scripts can use what LXD has already.
    var adopts: Bool {
        host.bridges.contains { $0.manager == .lxd } || containers.contains { verbs(of: $0).adopts }
    }

    private func routeVerbs(in namespace: Namespace) -> RouteVerbs {
        switch namespace {
        case .container(let name):
            guard let container = host.container(name) else { break }
            let verbs = verbs(of: container)
            return RouteVerbs(place: verbs.inside(name), verb: verbs.configuresItself ? .replace : .add)
        case .host: break
        }
        return RouteVerbs(place: .host, verb: .add)
    }
}
