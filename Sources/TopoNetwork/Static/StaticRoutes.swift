public import TopoModel

/// The routes that `routing: static` stands for: of each router to every subnet that it is not on, by the fewest routers; but for
/// those whose addresses a router on the way hides, with NAT.
///
/// Of several ways with as few, it is the one over the subnets that come first in the file, which is the same both ways: the ways
/// are compared by the sum of their subnets' numbers and, where these are equal, by a sum of other numbers of theirs. No two of a
/// realistic network are equal in both, and parts of best ways are best ways, so that packets never go round.
public struct StaticRoutes: Sendable {
    /// A route to a subnet.
    public struct Way: Sendable, Hashable {
        /// The subnet, or everything.
        public let to: Prefix
        /// The next router's address.
        public let via: IPAddress
    }

    /// A host or container with its routes.
    public struct Routes: Sendable {
        /// The host's name.
        public let host: String
        /// The container's name; nil for the host itself.
        public let container: String?
        /// The routes, in the order of the subnets in the file.
        public let ways: [Way]

        fileprivate func without(_ subnets: Set<Prefix>) -> Routes {
            Routes(host: host, container: container, ways: ways.filter { !subnets.contains($0.to) })
        }
    }

    /// How many routes one file may stand for.
    public static let limit = 4_000_000

    /// The nodes that have any, in the order of the file.
    public let routes: [Routes]
    /// The subnets that are on several segments, and that nothing is routed to.
    public let twice: [Prefix]
    /// How many routes there would be at most, where that is more than the limit; there are none then.
    public let excess: Int?

    /// Works out the routes of a topology; written ones of the same destination take their place.
    public init(of topology: Topology) {
        let map = RouterMap(of: topology)
        let most = map.routers.count * map.subnets.count
        guard most <= StaticRoutes.limit else {
            (routes, twice) = ([], map.twice)
            excess = most
            return
        }
        excess = nil
        var search = RouterSearch(map)
        var conflicts: Set<Prefix> = []
        let all = map.nodes.map { node in
            guard let router = node.router else {
                return Routes(host: node.host, container: node.container, ways: map.defaults(of: node))
            }
            let ways = search.ways(from: router, without: node.written)
            conflicts.formUnion(map.conflicts(at: router, ways))
            return Routes(host: node.host, container: node.container, ways: ways)
        }
        twice = map.twice + conflicts.sorted()
        let kept = conflicts.isEmpty ? all : all.map { $0.without(conflicts) }
        routes = kept.filter { !$0.ways.isEmpty }
    }
}
