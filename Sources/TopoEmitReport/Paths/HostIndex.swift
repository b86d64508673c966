internal import TopoModel
internal import TopoPlan

/// What a host's plan says of each namespace and interface, found without going through the whole list again.
struct HostIndex {
    private struct Interface: Hashable {
        let namespace: Namespace
        let name: String
    }

    private var addresses: [Interface: [InterfaceAddress]] = [:]
    private var routes: [Namespace: [PlannedRoute]] = [:]
    private var forwarding: [Namespace: PlannedForwarding] = [:]
    private var veths: [String: [PlannedVeth]] = [:]

    init(_ host: HostPlan) {
        for planned in host.objects {
            switch planned.object {
            case .forwarding(let setting): forwarding[planned.namespace] = setting
            case .address(let address):
                addresses[Interface(namespace: planned.namespace, name: address.interface), default: []]
                    .append(address.address)
            case .route(let route): routes[planned.namespace, default: []].append(route)
            case .veth(let veth): veths[veth.container, default: []].append(veth)
            case .nic, .bridge, .tunnel, .port, .container: break
            }
        }
    }

    /// The addresses of an interface, in the order of the plan.
    func addresses(of interface: String, in namespace: Namespace) -> [InterfaceAddress] {
        addresses[Interface(namespace: namespace, name: interface)] ?? []
    }

    /// The routes of a namespace, in the order of the plan.
    func routes(of namespace: Namespace) -> [PlannedRoute] { routes[namespace] ?? [] }

    /// What a namespace's forwarding is set to; nil where it is not touched.
    func forwarding(of namespace: Namespace) -> PlannedForwarding? { forwarding[namespace] }

    /// The veth pairs of a container, in the order of the plan.
    func veths(of container: String) -> [PlannedVeth] { veths[container] ?? [] }
}
