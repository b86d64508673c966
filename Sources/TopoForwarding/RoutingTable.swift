import TopoModel

/// The routes of a node: the longest prefix wins, then the lowest metric, then the first that was made.
struct RoutingTable: Sendable {
    private struct Length: Sendable {
        let bits: Int
        var routes: [Prefix: TableRoute]
    }

    /// A table for each prefix length in use, the longest first.
    private var lengths: [Length] = []

    /// Adds a route after those that are there.
    mutating func add(_ route: TableRoute) {
        let bits = route.destination.length
        let place = lengths.firstIndex { $0.bits <= bits } ?? lengths.count
        if place == lengths.count || lengths[place].bits != bits {
            lengths.insert(Length(bits: bits, routes: [:]), at: place)
        }
        if let best = lengths[place].routes[route.destination], best.metric <= route.metric { return }
        lengths[place].routes[route.destination] = route
    }

    /// The routes that are ever taken, one for each destination, in any order.
    var inUse: [TableRoute] { lengths.flatMap(\.routes.values) }

    /// The route for an address.
    func route(to address: IPAddress) -> TableRoute? {
        for length in lengths where length.bits <= address.family.width {
            if let found = length.routes[Prefix(containing: address, length: length.bits)] { return found }
        }
        return nil
    }
}
