public import TopoDiagnostics
public import TopoModel

/// The routes of a node, as Linux keeps and looks them up: the longest prefix wins, then the lowest metric, then the first.
public struct RoutingTable: Sendable {
    private struct Length: Sendable {
        let bits: Int
        /// The best route to each destination.
        var routes: [Prefix: TableRoute]
    }

    /// A table for each prefix length in use, the longest first.
    private var lengths: [Length] = []
    /// Routes beside a better one to the same destination, the best first: the kernel finds next hops by them too.
    private var others: [TableRoute] = []

    /// Makes a table without routes.
    public init() {}

    /// The metric of a route as the kernel stores it: IPv6 takes 0 and none for `IP6_RT_PRIO_USER`, 1024; IPv4 keeps 0.
    public static func metric(_ written: UInt32?, of family: AddressFamily) -> UInt32 {
        switch family {
        case .ipv4: written ?? 0
        case .ipv6: written == nil || written == 0 ? 1024 : written ?? 1024
        }
    }

    /// The route to the subnet of an interface's own address, as the kernel makes it by itself; nil where it makes none.
    ///
    /// There is none for a single address. For IPv4 there is none for a subnet whose network address is 0.0.0.0
    /// (`fib_add_ifaddr`), and its metric is 0; IPv6 has 256 (`IP6_RT_PRIO_ADDRCONF`).
    public static func connected(_ address: InterfaceAddress) -> RouteKey? {
        guard address.length < address.address.family.width else { return nil }
        let prefix = address.prefix
        switch prefix.network {
        case .v4(let network): return network.bits == 0 ? nil : RouteKey(destination: prefix, metric: 0)
        case .v6: return RouteKey(destination: prefix, metric: 256)
        }
    }

    /// Adds the route to the subnet of an interface's own address, where the kernel makes one.
    public mutating func connect(_ address: InterfaceAddress, on interface: InterfaceID, origin: Span? = nil) {
        guard let key = Self.connected(address) else { return }
        let source = address.address.family == .ipv4 ? address.address : nil
        append(
            TableRoute(
                destination: key.destination, action: .onLink(interface, source: source), metric: key.metric,
                origin: origin))
    }

    /// Makes a route as `ip route replace` does: it takes the place of the first with its destination and metric, be that a
    /// subnet of the node's own.
    /// - Parameter metric: as written; nil where it is not.
    public mutating func replace(
        _ destination: Prefix, _ action: TableRoute.Action, metric: UInt32?, origin: Span?
    ) {
        let route = TableRoute(
            destination: destination, action: action, metric: Self.metric(metric, of: destination.family),
            origin: origin)
        if let best = self.route(toAll: destination), best.metric == route.metric {
            set(route)
        } else if let place = others.firstIndex(where: {
            $0.destination == destination && $0.metric == route.metric
        }) {
            others[place] = route
        } else {
            append(route)
        }
    }

    /// The interface whose neighbour a next hop is by the routes that are there already, or why the kernel rejects it.
    ///
    /// IPv4 looks it up among routes of scope link alone (`fib_check_nh`), so a gateway may be behind a route by `dev`,
    /// and whatever else leads to it is passed over. IPv6 asks its whole table, or the routes by the interface that is
    /// named, and refuses a next hop whose best route is not on link (`ip6_route_check_nh`). A link-local address needs
    /// no route, and means something on the interface alone that is named (`ip6_validate_gw`; RFC 4007, 6).
    /// - Parameters:
    ///   - interface: the interface that the route names; nil where it names none.
    ///   - isOnLink: whether the route says that the next hop is on that interface's link. IPv4 believes it; IPv6 refuses it
    ///     where a route other than the default leads to the next hop by another interface (`ip6_route_check_nh_onlink`).
    public func neighbour(
        _ hop: IPAddress, on interface: InterfaceID? = nil, isOnLink: Bool = false
    ) -> Result<InterfaceID, NextHopRefusal> {
        if isOnLink, let interface {
            guard hop.family == .ipv6, !hop.isIPv6LinkLocal, let other = route(to: hop), other.destination.length > 0,
                other.interface != interface
            else { return .success(interface) }
            return .failure(.behind(other))
        }
        if hop.isIPv6LinkLocal { return interface.map { .success($0) } ?? .failure(.noInterface) }
        func isBy(_ route: TableRoute) -> Bool { interface == nil || route.interface == interface }
        let best: TableRoute?
        switch (hop.family, interface) {
        case (.ipv4, _): best = longest(to: hop) { $0.isOnLink && isBy($0) }
        case (.ipv6, _?): best = longest(to: hop, where: isBy)
        case (.ipv6, nil): best = route(to: hop)
        }
        guard let best else { return .failure(.notOnLink) }
        guard best.isOnLink, let found = best.interface else { return .failure(.behind(best)) }
        return .success(found)
    }

    /// What becomes of packets to a next hop: `.via` it, or `.invalid` where the kernel refuses the route.
    public func action(
        via hop: IPAddress, on interface: InterfaceID? = nil, isOnLink: Bool = false
    ) -> TableRoute.Action {
        switch neighbour(hop, on: interface, isOnLink: isOnLink) {
        case .success(let found): .via(hop, found)
        case .failure: .invalid(hop)
        }
    }

    /// The same for several next hops, of which each packet goes to one; the kernel refuses the route for the first that it does
    /// not take (`fib_check_nexthop`; `ip6_route_multipath_add`).
    /// - Parameter actions: what `action(via:on:isOnLink:)` gives for each, at least one.
    public static func multipath(_ actions: [TableRoute.Action]) -> TableRoute.Action? {
        var hops: [TableRoute.Hop] = []
        for action in actions {
            guard case .via(let address, let interface) = action else { return action }
            hops.append(.init(address, on: interface))
        }
        return hops.count > 1 ? .multipath(hops) : actions.first
    }

    /// The routes that are ever taken, one for each destination, in any order.
    public var inUse: [TableRoute] { lengths.flatMap(\.routes.values) }

    /// The route for an address; nil where there is none.
    /// - Parameter arrival: the interface that the packet, or the request that it answers, came in by. Of IPv6's routes of one
    ///   destination and metric the one by that interface is taken (`rt6_score_route`, whose device is `flowi6_iif` for
    ///   what is forwarded, and that of the request in `icmpv6_echo_reply`).
    public func route(to address: IPAddress, arrival: InterfaceID? = nil) -> TableRoute? {
        for length in lengths where length.bits <= address.family.width {
            guard let best = length.routes[Prefix(containing: address, length: length.bits)] else { continue }
            guard let arrival, address.family == .ipv6, best.interface != arrival, !others.isEmpty else { return best }
            return others.first {
                $0.destination == best.destination && $0.metric == best.metric && $0.interface == arrival
            } ?? best
        }
        return nil
    }

    /// The route that is for exactly these destinations; nil where there is none.
    public func route(toAll destination: Prefix) -> TableRoute? {
        lengths.first { $0.bits == destination.length }?.routes[destination]
    }

    /// The longest route for an address, and of equally long ones the best, of those that fit.
    private func longest(to address: IPAddress, where fits: (TableRoute) -> Bool) -> TableRoute? {
        for length in lengths where length.bits <= address.family.width {
            let prefix = Prefix(containing: address, length: length.bits)
            guard let best = length.routes[prefix] else { continue }
            if fits(best) { return best }
            if let other = others.first(where: { $0.destination == prefix && fits($0) }) { return other }
        }
        return nil
    }

    /// Adds a route after those of its destination and metric.
    private mutating func append(_ route: TableRoute) {
        guard let best = self.route(toAll: route.destination) else { return set(route) }
        if route.metric < best.metric {
            set(route)
            insert(best)
        } else {
            insert(route)
        }
    }

    /// Keeps a route that a better one is beside; what was the best stands before its equals.
    private mutating func insert(_ route: TableRoute) {
        let place = others.firstIndex { $0.metric > route.metric } ?? others.count
        others.insert(route, at: place)
    }

    /// Makes a route the best to its destination.
    private mutating func set(_ route: TableRoute) {
        let bits = route.destination.length
        let place = lengths.firstIndex { $0.bits <= bits } ?? lengths.count
        if place == lengths.count || lengths[place].bits != bits {
            lengths.insert(Length(bits: bits, routes: [:]), at: place)
        }
        lengths[place].routes[route.destination] = route
    }
}
