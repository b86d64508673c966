internal import TopoModel
internal import TopoNetwork
public import TopoPlan

/// Which interface of a namespace a route is configured along with, where each interface has a file of its own.
public struct RouteOwners: Sendable {
    private let first: String?
    /// The interfaces of routes by a router, as the kernel finds them.
    private var found: [PlannedRoute: String] = [:]

    /// - Parameters:
    ///   - addresses: those of the namespace.
    ///   - routes: its routes, in the order in which they are made: a router may be behind an earlier one.
    ///   - first: the interface for routes that go by none.
    public init(addresses: [PlannedAddress], routes: [PlannedRoute], first: String?) {
        self.first = first
        var names: [String] = []
        var numbers: [String: InterfaceID] = [:]
        func number(_ name: String) -> InterfaceID {
            if let known = numbers[name] { return known }
            numbers[name] = InterfaceID(names.count)
            names.append(name)
            return InterfaceID(names.count - 1)
        }
        var table = RoutingTable()
        for address in addresses { table.connect(address.address, on: number(address.interface)) }
        for route in routes {
            let action: TableRoute.Action =
                switch route.action {
                case .via(let router, let interface):
                    table.action(via: router.value, on: interface.map(number), isOnLink: route.isOnLink)
                case .dev(let interface): .onLink(number(interface), source: nil)
                case .unreachable: .unreachable
                case .blackhole: .blackhole
                }
            if case .via(_, let interface) = action { found[route] = names[interface.index] }
            table.replace(route.destination, action, metric: route.metric, origin: nil)
        }
    }

    /// The interface whose neighbour the router is, or that the route names; else the first.
    public func owner(of route: PlannedRoute) -> String? {
        switch route.action {
        case .via(_, let interface): interface ?? found[route] ?? first
        case .dev(let interface): interface
        case .unreachable, .blackhole: first
        }
    }
}
