internal import TopoModel
public import TopoPlan

extension UnitSection {
    /// A route of the interface that the file is of.
    /// - Parameter isAsByHand: marks it as `ip route` marks its own: else the kernel holds two, where a script was here first.
    public static func route(_ route: PlannedRoute, isAsByHand: Bool) -> UnitSection {
        var section = UnitSection("Route")
        section.add("Destination", .prefix(route.destination))
        switch route.action {
        case .via(let router, _):
            section.add("Gateway", .address(router.value))
            if route.isOnLink { section.add("GatewayOnLink", .flag(true)) }
        case .multipath(let hops):
            for hop in hops {
                section.add("MultiPathRoute", .hop(hop.address.value, on: hop.interface.flatMap(UnitInterface.init)))
            }
        // IPv6 has no scopes: systemd-networkd complains of the key.
        case .dev: if route.destination.family == .ipv4 { section.add("Scope", .word("link")) }
        case .unreachable: section.add("Type", .word("unreachable"))
        case .blackhole: section.add("Type", .word("blackhole"))
        }
        section.add("Metric", route.metric.map(UnitValue.number))
        if isAsByHand { section.add("Protocol", .word("boot")) }
        return section
    }
}
