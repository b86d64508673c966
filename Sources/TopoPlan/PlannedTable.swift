public import TopoModel
import TopoNetwork

/// The routes of a namespace as its plan makes them one after the other, and the interface that each leaves by: where each
/// interface is configured in a file of its own, a route has to be in one of them.
public struct PlannedTable: Sendable {
    private var names: [String] = []
    private var numbers: [String: InterfaceID] = [:]
    private var table = RoutingTable()

    /// - Parameter addresses: those of the namespace.
    public init(addresses: [PlannedAddress]) {
        for address in addresses { table.connect(address.address, on: number(address.interface)) }
    }

    /// The table of a namespace, by what of a host's objects there is.
    init(_ objects: [PlannedObject], in namespace: Namespace) {
        let own = objects.lazy.filter { $0.namespace == namespace }.map(\.object)
        self.init(
            addresses: own.compactMap { object in if case .address(let address) = object { address } else { nil } })
        for case .route(let route) in own { _ = add(route) }
    }

    /// Adds a route, whose routers may be behind those that are there.
    /// - Returns: the interfaces that its packets leave by, one for each router; none where the kernel refuses it, or it goes
    ///   nowhere.
    public mutating func add(_ route: PlannedRoute) -> [String] {
        let action = action(of: route)
        table.replace(route.destination, action, metric: route.metric, origin: nil)
        switch action {
        case .via(_, let interface), .onLink(let interface, _): return [names[interface.index]]
        case .multipath(let hops): return hops.map { names[$0.interface.index] }
        case .invalid, .unreachable, .blackhole: return []
        }
    }

    /// The interface behind which a router is.
    public mutating func interface(facing router: IPAddress, named: String?, isOnLink: Bool) -> String? {
        let named = named.map { number($0) }
        guard case .via(_, let found) = table.action(via: router, on: named, isOnLink: isOnLink) else { return nil }
        return names[found.index]
    }

    private mutating func action(of route: PlannedRoute) -> TableRoute.Action {
        switch route.action {
        case .via(let router, let interface): return via(router.value, interface, of: route)
        case .multipath(let hops):
            let all = hops.map { via($0.address.value, $0.interface, of: route) }
            return RoutingTable.multipath(all) ?? .unreachable
        case .dev(let interface): return .onLink(number(interface), source: nil)
        case .unreachable: return .unreachable
        case .blackhole: return .blackhole
        }
    }

    private mutating func via(_ router: IPAddress, _ interface: String?, of route: PlannedRoute) -> TableRoute.Action {
        let named = interface.map { number($0) }
        return table.action(via: router, on: named, isOnLink: route.isOnLink)
    }

    private mutating func number(_ name: String) -> InterfaceID {
        if let known = numbers[name] { return known }
        let new = InterfaceID(names.count)
        numbers[name] = new
        names.append(name)
        return new
    }
}
