import TopoDiagnostics
import TopoModel
import TopoNetwork

extension Network {
    /// A node's addresses in the order in which the scripts give them: of two routes to one subnet the first counts.
    func addressesAsMade(of node: Int) -> [AssignedAddress] {
        nodes[node].addresses.map { addresses[$0] }
            .sorted { ($0.member.kind.rank, $0.span) < ($1.member.kind.rank, $1.span) }
    }
}

/// The routing tables of a topology's nodes.
extension RoutingTable {
    /// Collects a node's own subnets, its gateways and its routes; interfaces are numbered as in its segments.
    /// - Parameter judged: is told of each next hop, by its place (nil for a derived gateway).
    init(
        of index: Int, in network: Network,
        judged: (Span?, Result<InterfaceID, NextHopRefusal>) -> Void = { _, _ in }
    ) {
        let node = network.nodes[index]
        let name = (host: node.host.name.value, container: node.container?.name.value)
        let routes = WrittenRoutes(
            addresses: network.addressesAsMade(of: index).map {
                (address: $0.value, interface: $0.interface)
            },
            links: node.container == nil ? network.routedLinks(of: node.host) : [],
            gateways: node.container.map { network.gateways.gateways(of: $0, on: node.host) } ?? [],
            routes: node.routes)
        self = routes.table(
            interface: { interface in
                network.segments.number(of: .init(host: name.host, container: name.container, interface: interface))
            }, judged: judged)
    }

    /// Whether it refuses what is around a subnet of the node's own, and in no subnet: packets for it end here.
    var refusesOwnBlock: Bool {
        // What the node's own addresses bring has no place in the file.
        let connected = inUse.filter { $0.isOnLink && $0.origin == nil }.map(\.destination)
        return inUse.contains { route in
            switch route.action {
            case .unreachable, .blackhole:
                connected.contains { route.destination.contains($0) && route.destination != $0 }
            case .onLink, .via, .multipath, .invalid: false
            }
        }
    }
}
