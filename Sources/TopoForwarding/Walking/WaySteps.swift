import TopoDiagnostics
import TopoModel
import TopoNetwork
import TopoPlan

/// A way while it is walked: the hops so far, and where the packet is.
struct WaySteps {
    private struct Place: Hashable {
        let node: Int
        let inInterface: Int?
        let header: PacketHeader
    }

    /// Who has chosen, and for which packet.
    private struct Sender: Hashable {
        let node: Int
        let header: PacketHeader
    }

    private let network: Network
    /// Where the packet is.
    private(set) var node: Int
    /// By which interface it came in; nil at its sender.
    private(set) var inInterface: Int?
    /// Its addresses, and the port that it is for.
    private(set) var header: PacketHeader
    /// Its TTL.
    var ttl: Int
    /// The route that the node has for it; of several next hops, the one taken.
    private(set) var route: TableRoute?
    /// The next hops taken before, where there were several.
    private var taken: [Sender: TableRoute] = [:]
    private var hops: [Hop] = []
    private var limits: [SizeLimit] = []
    private var visited: [Place] = []
    private var translations: [Translation] = []
    /// Those of the node where it is.
    private var changes: [Translation] = []

    init(network: Network, node: Int, header: PacketHeader, ttl: Int) {
        self.header = header
        self.network = network
        self.node = node
        self.ttl = ttl
    }

    /// The next hop that the node took for this packet before, of several; nil where it took none.
    var chosen: TableRoute? { taken.isEmpty ? nil : taken[Sender(node: node, header: header)] }

    /// Takes a route, which is one way of what the node's table has.
    mutating func choose(_ route: TableRoute, of found: TableRoute) {
        self.route = route
        if route != found { taken[Sender(node: node, header: header)] = route }
    }

    /// Changes an address, in the node where the packet is.
    mutating func apply(_ change: Translation) {
        header.apply(change)
        changes.append(change)
        translations.append(change)
    }

    /// The routers that the packet goes round between, where it has come to this node by this interface before: what a
    /// node does depends on nothing else.
    mutating func loop() -> [NodeName]? {
        let place = Place(node: node, inInterface: inInterface, header: header)
        if let start = visited.firstIndex(of: place) {
            let round = Set(visited[start...].map(\.node))
            var nodes: [Int] = []
            for other in visited where round.contains(other.node) && !nodes.contains(other.node) {
                nodes.append(other.node)
            }
            return nodes.map { network.nodes[$0].name }
        }
        visited.append(place)
        return nil
    }

    /// Leaves the node by an interface, and comes in by the neighbour's.
    mutating func cross(_ link: Link, from interface: Int, to target: Int, nextHop: IPAddress?) {
        let found = network.interfaces[interface]
        hops.append(
            hop(outInterface: found.name, nextHop: nextHop, mtu: found.mtu, link: link.steps))
        limits.append(.route(mtu: found.mtu, node: node, interface: interface, isSender: inInterface == nil))
        limits += link.limits
        node = network.interfaces[target].node
        inInterface = target
        route = nil
        changes = []
    }

    /// Ends the way in the node where the packet is.
    func end(_ reason: StopReason, _ origin: Span?) -> Way {
        let name = network.nodes[node].name
        return Way(
            hops: hops + [hop(outInterface: nil, nextHop: nil, mtu: nil, link: [])],
            ending: Ending(reason: reason, node: name, origin: origin), limits: limits, header: header,
            translations: translations)
    }

    private func hop(outInterface: String?, nextHop: IPAddress?, mtu: Int?, link: [LinkStep]) -> Hop {
        Hop(
            node: network.nodes[node].name, inInterface: inInterface.map { network.interfaces[$0].name },
            outInterface: outInterface, nextHop: nextHop, route: route?.destination, routeOrigin: route?.origin,
            mtu: mtu, ttl: ttl, link: link, translations: changes)
    }
}
