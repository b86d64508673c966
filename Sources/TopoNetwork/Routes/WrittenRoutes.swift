public import TopoDiagnostics
public import TopoModel

/// What the file says of a node's routes.
public struct WrittenRoutes: Sendable {
    private let addresses: [(address: InterfaceAddress, interface: InterfaceID)]
    private let links: [(container: Located<InterfaceAddress>, interface: InterfaceID)]
    private let gateways: [Gateways.Gateway]
    private let routes: [Route]

    /// - Parameters:
    ///   - addresses: the node's addresses, each with its interface.
    ///   - links: of a host, the single addresses of containers at the other ends of its links, each with the host's end.
    ///   - gateways: a container's default gateways.
    ///   - routes: the routes, in the order of the file; each takes the place of what it equals.
    public init(
        addresses: [(address: InterfaceAddress, interface: InterfaceID)],
        links: [(container: Located<InterfaceAddress>, interface: InterfaceID)] = [], gateways: [Gateways.Gateway],
        routes: [Route]
    ) {
        self.addresses = addresses
        self.links = links
        self.gateways = gateways
        self.routes = routes
    }

    /// The node's table: its own subnets first, then its links, its gateways, and its routes, as the scripts make them.
    /// - Parameters:
    ///   - interface: the interface that a name stands for; nil where the node has none of that name.
    ///   - judged: is told of each next hop, by its place (nil for a derived gateway): whose neighbour it is, or why not.
    public func table(
        interface: (String) -> InterfaceID?,
        judged: (Span?, Result<InterfaceID, NextHopRefusal>) -> Void = { _, _ in }
    ) -> RoutingTable {
        var table = RoutingTable()
        for (address, interface) in addresses { table.connect(address, on: interface) }
        var owners: [IPAddress: [InterfaceID]] = [:]
        for (address, interface) in addresses { owners[address.address, default: []].append(interface) }
        func action(
            via hop: IPAddress, on interface: InterfaceID?, isOnLink: Bool = false, at span: Span?
        ) -> TableRoute.Action {
            // A link-local address is the node's own on its own interface alone.
            let isOwn = owners[hop]?.contains { !hop.isIPv6LinkLocal || $0 == interface } ?? false
            let found = isOwn ? .failure(.own) : table.neighbour(hop, on: interface, isOnLink: isOnLink)
            judged(span, found)
            return (try? found.get()).map { .via(hop, $0) } ?? .invalid(hop)
        }
        for (container, interface) in links {
            table.replace(
                container.value.prefix, .onLink(interface, source: nil), metric: nil, origin: container.span)
        }
        for gateway in gateways {
            let next = action(
                via: gateway.address, on: gateway.device.flatMap(interface), isOnLink: gateway.isOnLink,
                at: gateway.written?.span)
            table.replace(.everything(gateway.address.family), next, metric: nil, origin: gateway.written?.span)
        }
        for route in routes {
            let next: TableRoute.Action
            switch route.action {
            case .via, .multipath:
                let all = route.nextHops.map { hop in
                    action(
                        via: hop.address, on: hop.device.flatMap { interface($0.value) }, isOnLink: hop.onLink != nil,
                        at: hop.span)
                }
                guard let found = RoutingTable.multipath(all) else { continue }
                next = found
            case .unreachable: next = .unreachable
            case .blackhole: next = .blackhole
            case .dev(let name):
                guard let number = interface(name.value) else { continue }
                next = .onLink(number, source: nil)
            }
            table.replace(route.to.value, next, metric: route.metric?.value, origin: route.to.span)
        }
        return table
    }
}

extension Route {
    /// What the kernel tells it apart by.
    public var key: RouteKey {
        RouteKey(destination: to.value, metric: RoutingTable.metric(metric?.value, of: to.value.family))
    }
}

/// What the kernel tells the routes of a node apart by: of two with one destination and metric it keeps one.
public struct RouteKey: Sendable, Hashable {
    /// The destination.
    public let destination: Prefix
    /// The metric that the kernel stores.
    public let metric: UInt32

    /// Makes a key.
    public init(destination: Prefix, metric: UInt32) {
        self.destination = destination
        self.metric = metric
    }
}
