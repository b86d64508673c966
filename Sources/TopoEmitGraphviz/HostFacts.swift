internal import TopoModel
internal import TopoPlan

/// What the plan says of a host's namespaces and interfaces, found without going through the whole list again.
struct HostFacts {
    private struct Interface: Hashable {
        let namespace: Namespace
        let name: String
    }

    let name: String
    let description: String?
    let nics: [PlannedNIC]
    let bridges: [PlannedBridge]
    let tunnels: [PlannedTunnel]
    let containers: [PlannedContainer]
    let veths: [PlannedVeth]
    /// The host's own addresses.
    let ownAddresses: Set<IPAddress>

    private var addresses: [Interface: [InterfaceAddress]] = [:]
    private var routes: [Namespace: [PlannedRoute]] = [:]
    private var forwarding: [Namespace: PlannedForwarding] = [:]
    private let vethsOfContainer: [String: [PlannedVeth]]

    init(_ host: HostPlan) {
        name = host.name
        description = host.description
        (nics, bridges, tunnels) = (host.nics, host.bridges, host.tunnels)
        (containers, veths) = (host.containers, host.veths)
        vethsOfContainer = Dictionary(grouping: veths, by: \.container)
        for planned in host.objects {
            switch planned.object {
            case .forwarding(let setting): forwarding[planned.namespace] = setting
            case .address(let address):
                addresses[Interface(namespace: planned.namespace, name: address.interface), default: []]
                    .append(address.address)
            case .route(let route): routes[planned.namespace, default: []].append(route)
            case .veth, .nic, .bridge, .tunnel, .port, .container: break
            }
        }
        ownAddresses = Set(
            host.objects.compactMap { planned in
                guard planned.namespace == .host, case .address(let address) = planned.object else { return nil }
                return address.address.address
            })
    }

    /// The addresses of an interface, in the order of the plan.
    func addresses(of interface: String, in namespace: Namespace = .host) -> [InterfaceAddress] {
        addresses[Interface(namespace: namespace, name: interface)] ?? []
    }

    /// The routes of a namespace, in the order of the plan.
    func routes(of namespace: Namespace) -> [PlannedRoute] { routes[namespace] ?? [] }

    /// Whether a namespace forwards IP packets.
    func isRouter(_ namespace: Namespace) -> Bool { forwarding[namespace]?.isEnabled ?? false }

    /// The veth pairs of a container, in the order of the plan.
    func veths(of container: String) -> [PlannedVeth] { vethsOfContainer[container] ?? [] }

    /// A namespace's forwarding in words, a line or none.
    func forwardingWords(of namespace: Namespace) -> [String] {
        guard let setting = forwarding[namespace] else { return [] }
        let families = setting.families.map { family in
            switch family {
            case .ipv4: "IPv4"
            case .ipv6: "IPv6"
            }
        }
        return ["\(setting.isEnabled ? "forwards" : "does not forward") \(families.joined(separator: " and "))"]
    }

    /// A namespace's routes in words, a line each, as `ip route` writes them.
    func routeWords(of namespace: Namespace) -> [String] {
        routes(of: namespace).map { route in
            let destination = route.destination.length == 0 ? "default" : "\(route.destination)"
            let metric = route.metric.map { " metric \($0)" } ?? ""
            switch route.action {
            case .via(let router, let interface):
                return "\(destination) via \(router.value)" + (interface.map { " dev \($0)" } ?? "") + metric
            case .dev(let interface): return "\(destination) dev \(interface)\(metric)"
            case .unreachable: return "unreachable \(destination)\(metric)"
            case .blackhole: return "blackhole \(destination)\(metric)"
            }
        }
    }
}
