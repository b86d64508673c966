public import TopoModel

/// The routing table of a host or container, made from what the file says.
extension RoutingTable {
    /// Makes a node's own subnets, then its gateways, then its routes.
    /// - Parameters:
    ///   - addresses: the node's addresses, each with its interface.
    ///   - gateways: a container's default gateways.
    ///   - routes: the routes, in the order of the file; each takes the place of what it equals.
    ///   - interface: the interface that a name stands for; nil where the node has none of that name.
    public init(
        addresses: [(address: InterfaceAddress, interface: InterfaceID)], gateways: [Gateways.Gateway],
        routes: [Route], interface: (String) -> InterfaceID?
    ) {
        self.init()
        for (address, interface) in addresses { connect(address, on: interface) }
        let own = Set(addresses.map(\.address.address))
        for gateway in gateways {
            replace(
                .everything(gateway.address.family),
                hop(gateway.address, own, on: gateway.interface.flatMap(interface)),
                metric: nil, origin: gateway.written?.span)
        }
        for route in routes {
            let action: TableRoute.Action
            switch route.action {
            case .via(let next): action = hop(next.address, own, on: nil)
            case .unreachable: action = .unreachable
            case .blackhole: action = .blackhole
            case .dev(let name):
                guard let number = interface(name.value) else { continue }
                action = .onLink(number, source: nil)
            }
            replace(route.to.value, action, metric: route.metric?.value, origin: route.to.span)
        }
    }

    /// A node is not its own next hop: the kernel says "Nexthop has invalid gateway".
    private func hop(_ address: IPAddress, _ own: Set<IPAddress>, on interface: InterfaceID?) -> TableRoute.Action {
        own.contains(address) ? .invalid(address) : action(via: address, on: interface)
    }
}
