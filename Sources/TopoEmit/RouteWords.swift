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

    /// The arguments of `ip route replace`.
    /// - Parameter mark: more options.
    public func arguments(mark: [String] = []) -> [String] {
        let metric = route.metric.map { ["metric", String($0)] } ?? []
        // What is after a next hop is of it alone.
        if case .multipath(let hops) = route.action {
            return [destination] + metric + mark + hops.flatMap(words)
        }
        return words + metric + (route.isOnLink ? ["onlink"] : []) + mark
    }

    private func words(of hop: PlannedRoute.Hop) -> [String] {
        ["nexthop", "via", "\(hop.address.value)"] + (hop.interface.map { ["dev", $0] } ?? [])
    }

    /// The route's words, without its options.
    public var words: [String] {
        switch route.action {
        case .via(let router, let interface):
            [destination, "via", "\(router.value)"] + (interface.map { ["dev", $0] } ?? [])
        case .multipath(let hops): [destination] + hops.flatMap(words)
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
