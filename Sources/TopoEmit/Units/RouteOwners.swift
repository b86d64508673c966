internal import TopoModel
public import TopoPlan

/// Which interface of a namespace a route is configured along with, where each interface has a file of its own.
public struct RouteOwners: Sendable {
    private let addresses: [PlannedAddress]
    private let first: String?

    /// - Parameters:
    ///   - addresses: those of the namespace.
    ///   - first: the interface for routes that go by none.
    public init(addresses: [PlannedAddress], first: String?) {
        self.addresses = addresses
        self.first = first
    }

    /// The interface that has the router on its subnet, or that the route names; else the first.
    public func owner(of route: PlannedRoute) -> String? {
        switch route.action {
        case .via(_, let interface?): return interface
        case .via(let router, nil):
            return addresses.first { $0.address.prefix.contains(router.value) }?.interface ?? first
        case .dev(let interface): return interface
        case .unreachable, .blackhole: return first
        }
    }
}
