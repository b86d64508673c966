internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// All that is configured inside one container: what scripts set in it by hand, and what its own files are to repeat.
struct InnerConfiguration {
    /// Its interfaces.
    let veths: [PlannedVeth]
    /// Their addresses.
    let addresses: [PlannedAddress]
    /// Its routes, the default gateway's too.
    let routes: [PlannedRoute]
    /// Its IP forwarding, where the topology says.
    let forwarding: [PlannedForwarding]

    /// Takes a container's objects out of its host's plan.
    init(of container: PlannedContainer, on host: HostPlan) {
        let objects = host.objects.filter { $0.namespace == .container(container.name) }.map(\.object)
        veths = host.veths.filter { $0.container == container.name }
        addresses = objects.compactMap { if case .address(let address) = $0 { address } else { nil } }
        routes = objects.compactMap { if case .route(let route) = $0 { route } else { nil } }
        forwarding = objects.compactMap { if case .forwarding(let forwarding) = $0 { forwarding } else { nil } }
    }

    /// An interface's addresses.
    func addresses(of veth: PlannedVeth) -> [InterfaceAddress] {
        addresses.filter { $0.interface == veth.interface }.map(\.address)
    }

    /// The routes that are configured along with an interface: each with one, the first where it has none of its own.
    func routes(of veth: PlannedVeth) -> [PlannedRoute] {
        routes.filter { interface(of: $0) == veth.interface }
    }

    private func interface(of route: PlannedRoute) -> String? {
        switch route.action {
        case .via(_, let interface?): return interface
        case .via(let router, nil):
            let near = addresses.first { $0.address.prefix.contains(router.value) }
            return near?.interface ?? veths.first?.interface
        case .dev(let interface): return interface
        case .unreachable, .blackhole: return veths.first?.interface
        }
    }

    /// The kernel's settings for forwarding, as `sysctl(8)` has them.
    var settings: [(key: String, value: String)] {
        forwarding.flatMap { forwarding in
            forwarding.families.map { (key: $0.forwardingKey, value: forwarding.isEnabled ? "1" : "0") }
        }
    }

    /// All of it in one line, by which a change is seen: `eth0 10.1.0.11/24, default via 10.1.0.1`.
    var summary: String {
        let links = veths.map { veth in
            let mtu = veth.mtu.value == 1500 ? [] : ["mtu \(veth.mtu.value)"]
            return ([veth.interface] + mtu + addresses(of: veth).map { "\($0)" }).joined(separator: " ")
        }
        let routes = routes.map { (RouteWords($0).words + RouteWords($0).metric).joined(separator: " ") }
        return (links + routes + settings.map { "\($0.key)=\($0.value)" }).joined(separator: ", ")
    }
}
