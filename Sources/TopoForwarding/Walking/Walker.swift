import TopoDiagnostics
import TopoModel
import TopoNetwork
import TopoPlan

/// Takes packets through an indexed network, and remembers what it found out on the way.
///
/// What is remembered is bounded: each store is emptied when it is full.
struct Walker {
    /// Two neighbours' interfaces.
    struct Pair: Hashable {
        let from: Int
        let to: Int
    }

    let network: Network
    let assumptions: KernelAssumptions
    var floods: [Place: Flood] = [:]
    var links: [Pair: LinkResult] = [:]
    var crossings: [Pair: CrossingResult] = [:]
    /// The tunnels whose outer packets are being followed, innermost last.
    var open: [Int] = []
    /// Which next hops are taken where there are several.
    var choices = Choices()
    /// How often a tunnel was met inside itself: what was found out meanwhile holds there only, and is not remembered.
    var refusals = 0

    init(_ network: Network, assuming assumptions: KernelAssumptions) {
        self.network = network
        self.assumptions = assumptions
    }

    /// The most entries of a store.
    static let capacity = 1024
    /// The TTL of packets that say nothing else (RFC 1700).
    static let usualTTL = 64

    /// The source address that a node chooses for a destination.
    mutating func source(from node: Int, to destination: IPAddress) -> IPAddress? {
        if network.isLocal(destination, to: node) { return destination }
        let found = network.nodes[node]
        let route = found.routes.route(to: destination).map { way(of: $0) }
        return found.source(for: destination, by: route, interfaces: network.interfaces)
    }

    /// The request that an answer is to: which interface it came in by, and what was done to its addresses on its way.
    struct Request {
        let arrival: Int?
        let translations: [Translation]
    }

    /// The way of a packet from a node to an address, in one direction.
    /// - Parameter request: what the packet answers; nil for one that answers nothing.
    mutating func walk(
        from sender: Int, to destination: IPAddress, source: IPAddress?, ttl: Int = Walker.usualTTL,
        port: PacketHeader.Port? = nil, answering request: Request? = nil
    ) -> Way {
        let header = PacketHeader(source: source, destination: destination, port: port)
        var steps = WaySteps(network: network, node: sender, header: header, ttl: ttl)
        while true {
            if let arrival = steps.inInterface {
                if let change = translation(
                    of: steps.header, at: steps.node, by: arrival, answering: request?.translations)
                {
                    steps.apply(change)
                }
                if let reason = refusal(at: steps.node, by: arrival, from: steps.header.source) {
                    return steps.end(reason.0, reason.1)
                }
            }
            let destination = steps.header.destination
            if network.isLocal(destination, to: steps.node, on: steps.inInterface) {
                return steps.end(.delivered, nil)
            }
            if steps.inInterface != nil {
                if let reason = forwardingRefusal(steps.node, destination.family) {
                    return steps.end(reason, forwardingOrigin(steps))
                }
            }
            let arrival = (steps.inInterface ?? request?.arrival).map { InterfaceID($0) }
            guard let found = network.nodes[steps.node].routes.route(to: destination, arrival: arrival) else {
                return steps.end(.noRoute(destination), network.nodes[steps.node].origin)
            }
            // A node sends all packets of one header by the same way.
            let route = steps.chosen ?? way(of: found)
            steps.choose(route, of: found)
            if let reason = stop(by: route) { return steps.end(reason, route.origin) }
            if let loop = steps.loop() { return steps.end(.forwardingLoop(loop), route.origin) }
            if steps.inInterface != nil {
                if steps.ttl <= 1 { return steps.end(.timeToLiveExceeded, nil) }
                steps.ttl -= 1
            } else if source == nil {
                return steps.end(.noSourceAddress, network.nodes[steps.node].origin)
            }
            let (interface, hop) = exit(by: route, to: destination)
            guard let interface else { return steps.end(.noRoute(destination), route.origin) }
            if let source = steps.header.source, isKeptOnLink(source, steps.inInterface, leavingBy: interface) {
                return steps.end(.linkLocalSource(source), network.nodes[steps.node].origin)
            }
            if steps.inInterface != nil,
                let change = translation(
                    of: steps.header, at: steps.node, leavingBy: interface, to: hop,
                    answering: request?.translations)
            {
                steps.apply(change)
            }
            switch neighbour(on: interface, having: hop) {
            case .found(let target, let link):
                if let lost = link.expired(ttl: steps.ttl) { return steps.end(lost, nil) }
                steps.cross(link, from: interface, to: target, nextHop: hop)
            case .stopped(let reason, let origin):
                return steps.end(reason, origin ?? route.origin)
            }
        }
    }

    private func stop(by route: TableRoute) -> StopReason? {
        switch route.action {
        case .onLink, .via, .multipath: nil
        case .invalid(let hop): .invalidNextHop(hop)
        case .unreachable: .unreachableRoute(route.destination)
        case .blackhole: .blackholeRoute(route.destination)
        }
    }

    private func exit(by route: TableRoute, to destination: IPAddress) -> (interface: Int?, hop: IPAddress) {
        switch route.action {
        case .onLink(let interface, _): (interface.index, destination)
        case .via(let hop, let interface): (interface.index, hop)
        case .invalid(let hop): (nil, hop)
        case .multipath, .unreachable, .blackhole: (nil, destination)
        }
    }

    /// Why a node drops what comes in, whomever it is for. Linux takes IPv4 packets from one of its own addresses for
    /// forged ("martian source"), and `rp_filter` looks up the way back; of IPv6 it drops packets from IPv4-mapped
    /// addresses (`ip6_rcv_core`).
    private func refusal(at node: Int, by arrival: Int, from source: IPAddress?) -> (StopReason, Span?)? {
        if case .v6(let address)? = source {
            return address.isIPv4Mapped ? (.mappedSource(.v6(address)), network.interfaces[arrival].origin) : nil
        }
        guard let source else { return nil }
        if network.isLocal(source, to: node) { return (.ownSource(source), network.interfaces[arrival].origin) }
        let back = network.nodes[node].routes.route(to: source)
        // Any of several next hops will do (`fib_info_nh_uses_dev`).
        let interfaces = back?.ways.compactMap(\.interface) ?? []
        let isFine =
            switch assumptions.reversePathFilter {
            case .off: true
            case .strict: interfaces.contains { $0.index == arrival }
            case .loose: !interfaces.isEmpty
            }
        return isFine ? nil : (.reversePathFiltered(source), back?.origin ?? network.nodes[node].origin)
    }

    /// Whether a router drops what it would forward since it is from a link-local address (RFC 4291, 2.5.6). Linux asks only
    /// where the packet leaves by another interface than it came in by (`ip6_forward`).
    private func isKeptOnLink(_ source: IPAddress, _ arrival: Int?, leavingBy interface: Int) -> Bool {
        source.isIPv6LinkLocal && arrival.map { $0 != interface } ?? false
    }

    private func forwardingRefusal(_ node: Int, _ family: AddressFamily) -> StopReason? {
        network.nodes[node].forwards.contains(family) ? nil : .notForwarding(family)
    }

    private func forwardingOrigin(_ steps: WaySteps) -> Span? {
        let node = network.nodes[steps.node]
        return node.forwardingOrigin ?? steps.inInterface.map { network.interfaces[$0].origin } ?? node.origin
    }
}
