internal import TopoModel
internal import TopoPlan

/// A host, with all that is on it.
struct HostDocument: Encodable {
    let name: String
    let description: String?
    let forwarding: ForwardingDocument?
    let nics: [NICDocument]
    let tunnels: [TunnelDocument]
    let bridges: [BridgeDocument]
    let containers: [ContainerDocument]
    let routes: [RouteDocument]

    init(_ host: HostPlan) {
        let index = HostIndex(host)
        var nics: [NICDocument] = []
        var tunnels: [TunnelDocument] = []
        var bridges: [BridgeDocument] = []
        var containers: [ContainerDocument] = []
        for planned in host.objects {
            switch planned.object {
            case .nic(let nic): nics.append(NICDocument(nic, index))
            case .tunnel(let tunnel): tunnels.append(TunnelDocument(tunnel, index))
            case .bridge(let bridge): bridges.append(BridgeDocument(bridge, index))
            case .container(let container): containers.append(ContainerDocument(container, index))
            case .forwarding, .port, .veth, .address, .route: break
            }
        }
        name = host.name
        description = host.description
        forwarding = index.forwarding(of: .host).map(ForwardingDocument.init)
        self.nics = nics
        self.tunnels = tunnels
        self.bridges = bridges
        self.containers = containers
        routes = index.routes(of: .host).map(RouteDocument.init)
    }
}

/// IP forwarding of a host or container; a family that is not set is left as it is.
struct ForwardingDocument: Encodable {
    let ipv4: Bool?
    let ipv6: Bool?

    init(_ setting: PlannedForwarding) {
        ipv4 = setting.families.contains(.ipv4) ? setting.isEnabled : nil
        ipv6 = setting.families.contains(.ipv6) ? setting.isEnabled : nil
    }
}

/// A container, with its interfaces and routes.
struct ContainerDocument: Encodable {
    let name: String
    let description: String?
    let runtime: String
    let image: String?
    let persistent: Bool
    let forwarding: ForwardingDocument?
    let interfaces: [InterfaceDocument]
    let routes: [RouteDocument]

    init(_ container: PlannedContainer, _ index: HostIndex) {
        name = container.name
        description = container.description
        runtime = container.runtime.rawValue
        image = container.image
        persistent = container.isPersistent
        forwarding = index.forwarding(of: .container(container.name)).map(ForwardingDocument.init)
        interfaces = index.veths(of: container.name).map { InterfaceDocument($0, index) }
        routes = index.routes(of: .container(container.name)).map(RouteDocument.init)
    }
}

/// A route; one of `via`, `dev` and `type` says what becomes of the packets.
struct RouteDocument: Encodable {
    let to: String
    let via: SettingDocument<String>?
    let dev: String?
    let type: String?
    let metric: UInt32?

    init(_ route: PlannedRoute) {
        to = route.destination.description
        metric = route.metric
        switch route.action {
        case .via(let neighbour, let interface):
            (via, dev, type) = (SettingDocument(neighbour), interface, nil)
        case .dev(let interface): (via, dev, type) = (nil, interface, nil)
        case .unreachable: (via, dev, type) = (nil, nil, "unreachable")
        case .blackhole: (via, dev, type) = (nil, nil, "blackhole")
        }
    }
}
