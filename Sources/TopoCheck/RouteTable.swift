import TopoDiagnostics
import TopoModel

/// What a host or container does with a packet, by its destination.
struct RouteTable {
    /// What becomes of a packet.
    enum Action {
        /// Its destination is asked for on a segment.
        case connected(segment: Int)
        /// It goes to a neighbour.
        case via(IPAddress)
        /// It is dropped, as the user says.
        case refused
    }

    /// A route.
    struct Entry {
        /// The destinations that it is for.
        let prefix: Prefix
        /// What becomes of them.
        let action: Action
        /// Where a route says so; nil for a subnet of the node's own and for a derived gateway.
        let span: Span?
        fileprivate let metric: UInt32
    }

    private var entries: [Prefix: Entry] = [:]
    private var lengths: [Int] = []
    private var connected: [Prefix] = []
    /// Whether it refuses what is around a subnet of the node's own, and in no subnet: packets for it end here.
    var refusesOwnBlock: Bool {
        entries.contains { prefix, entry in
            guard case .refused = entry.action else { return false }
            return connected.contains { prefix.contains($0) && prefix != $0 }
        }
    }

    /// Collects a node's own subnets, its routes, and its gateways.
    init(of index: Int, in network: Network) {
        let node = network.nodes[index]
        for address in node.addresses.map({ network.addresses[$0] }) {
            // A single address brings no subnet.
            guard address.value.length < address.value.address.family.width else { continue }
            connected.append(address.value.prefix)
            add(address.value.prefix, .connected(segment: address.segment), nil, metric: 0)
        }
        for route in node.container?.routes ?? node.host.routes {
            guard let action = Self.action(of: route, at: node, in: network) else { continue }
            add(route.to.value, action, route.to.span, metric: route.metric?.value ?? 0)
        }
        if let container = node.container {
            for gateway in network.gateways.gateways(of: container, on: node.host) {
                add(.everything(gateway.address.family), .via(gateway.address), gateway.written?.span, metric: 0)
            }
        }
        lengths = Set(entries.keys.map(\.length)).sorted(by: >)
    }

    /// The route that a packet takes: the longest that holds its destination; nil where there is none.
    func entry(for address: IPAddress) -> Entry? {
        for length in lengths where length <= address.family.width {
            if let entry = entries[Prefix(containing: address, length: length)] { return entry }
        }
        return nil
    }

    /// The default route of a family.
    func defaultRoute(_ family: AddressFamily) -> Entry? { entries[.everything(family)] }

    /// Of routes to one destination the lowest metric wins, then the first.
    private mutating func add(_ prefix: Prefix, _ action: Action, _ span: Span?, metric: UInt32) {
        if let known = entries[prefix], known.metric <= metric { return }
        entries[prefix] = Entry(prefix: prefix, action: action, span: span, metric: metric)
    }

    private static func action(of route: Route, at node: Network.Node, in network: Network) -> Action? {
        switch route.action {
        case .via(let hop): return .via(hop.address)
        case .unreachable, .blackhole: return .refused
        case .dev(let interface):
            let name = InterfaceName(
                host: node.host.name.value, container: node.container?.name.value, interface: interface.value)
            return network.segments.index(of: name).map { .connected(segment: $0) }
        }
    }
}
