internal import TopoModel
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
        var table = PlannedTable(addresses: addresses)
        for route in routes {
            let interfaces = table.add(route)
            if !route.routers.isEmpty, let interface = interfaces.first { found[route] = interface }
        }
    }

    /// The interface whose neighbour the router is, the first of several, or that the route names; else the first.
    public func owner(of route: PlannedRoute) -> String? {
        switch route.action {
        case .via(_, let interface): interface ?? found[route] ?? first
        case .multipath(let hops): hops[0].interface ?? first
        case .dev(let interface): interface
        case .unreachable, .blackhole: first
        }
    }
}
