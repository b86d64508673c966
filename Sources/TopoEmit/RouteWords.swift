public import TopoModel
internal import TopoNetwork
public import TopoPlan

/// A route as `ip-route(8)` writes and prints it.
public struct RouteWords {
    private let route: PlannedRoute

    /// Takes a route.
    public init(_ route: PlannedRoute) { self.route = route }

    /// The command for the route's family.
    public var ip: [String] {
        switch route.destination.family {
        case .ipv4: ["ip"]
        case .ipv6: ["ip", "-6"]
        }
    }

    /// The option of `ip` for the route's family.
    public var option: String { route.destination.family.option }

    /// The metric that the route has in the kernel.
    public var effectiveMetric: String { String(RoutingTable.metric(route.metric, of: route.destination.family)) }

    /// The words for its metric, where it has one, and for a next hop that is on the link whatever the subnets say.
    public var options: [String] {
        (route.metric.map { ["metric", String($0)] } ?? []) + (route.isOnLink ? ["onlink"] : [])
    }

    /// The route's words, without its options.
    public var words: [String] {
        switch route.action {
        case .via(let router, let interface):
            [destination, "via", "\(router.value)"] + (interface.map { ["dev", $0] } ?? [])
        case .dev(let interface): [destination, "dev", interface]
        case .unreachable: ["unreachable", destination]
        case .blackhole: ["blackhole", destination]
        }
    }

    /// As `ip-route(8)` prints it: `default`, and no length for a single address.
    public var destination: String {
        let prefix = route.destination
        if prefix.length == 0 { return "default" }
        return prefix.length == prefix.family.width ? "\(prefix.network)" : "\(prefix)"
    }
}

extension AddressFamily {
    /// The family's option of `ip(8)`.
    public var option: String {
        switch self {
        case .ipv4: "-4"
        case .ipv6: "-6"
        }
    }
}
