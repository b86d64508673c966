import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds tunnels whose packets would go into the tunnel itself (T0506), and tunnels whose packets do not get to the far end:
/// there is no route (T0503), they go round (T0504), who should pass them on does not forward (T0501) or gives them another source
/// (T0513).
///
/// - Parameter mustForward: nodes that do not forward and must: T0501 was found for them.
func findUnderlaysThatDoNotCarry(in network: Network, mustForward: Set<Int>, _ findings: inout Findings) {
    var rule = UnderlayRule(network, mustForward: mustForward)
    for host in network.topology.hosts {
        for tunnel in host.tunnels { rule.judge(tunnel, of: host, &findings) }
    }
    for join in network.segments.tunnelJoins where join.kind == .overlay {
        rule.judgeAnswers(of: join.one, to: join.other, &findings)
        rule.judgeAnswers(of: join.other, to: join.one, &findings)
    }
    if let found = rule.rings.diagnostic() { findings.add(found) }
}

/// Where a tunnel's packets go.
private struct UnderlayRule {
    private let network: Network
    private let underlay: Underlay
    private var walks: RouteWalks
    private let tunnels: [InterfaceName: (Host, Tunnel)]
    private var blamed: Set<Int>
    /// What carries what.
    private(set) var rings = TunnelRings()
    private var knownRules: Set<Span> = []
    /// What would be joined if there were no tunnels; made when it is first asked for.
    private lazy var plainSegments = Segments(of: network.topology.withoutTunnels)

    init(_ network: Network, mustForward: Set<Int>) {
        self.network = network
        underlay = Underlay(of: network.topology)
        walks = RouteWalks(network, mustForward: mustForward)
        blamed = mustForward
        var tunnels: [InterfaceName: (Host, Tunnel)] = [:]
        for host in network.topology.hosts {
            for tunnel in host.tunnels {
                tunnels[.init(host: host.name.value, interface: tunnel.name.value)] = (host, tunnel)
            }
        }
        self.tunnels = tunnels
    }

    /// Looks where one tunnel's packets leave its host, and whether they arrive.
    mutating func judge(_ tunnel: Tunnel, of host: Host, _ findings: inout Findings) {
        let name = host.name.value
        guard let node = network.node(host: name, container: nil),
            let overlay = network.segments.index(of: .init(host: name, interface: tunnel.name.value))
        else { return }
        let title = "\(name)'s tunnel \"\(tunnel.name.value)\""
        if let dev = tunnel.dev, let segment = network.segments.index(of: .init(host: name, interface: dev.value)) {
            guard segment != overlay || leadsToALAN(dev.value, of: name) else {
                findings.add(throughItself(title, dev.span, "\"\(dev.value)\" is in the segment that it extends"))
                return
            }
            if segment != overlay {
                rings.add(.init(overlay: overlay, underlay: segment, title: title, span: dev.span))
            }
        }
        let ends = underlay.addresses(of: tunnel, on: host)
        for far in ends.remotes {
            guard let target = target(far) else { continue }
            let way = walks.way(from: node, to: target)
            if tunnel.dev == nil, let first = way.hops.first {
                guard first.leavingBy != overlay || isNear(first) else {
                    findings.add(
                        throughItself(
                            title, far.end.span, "packets for \(far.address) go into the segment that it extends"))
                    return
                }
                guard first.leavingBy != overlay else { continue }
                rings.add(.init(overlay: overlay, underlay: first.leavingBy, title: title, span: far.end.span))
            }
            report(way.ending, title, far, host, &findings)
            guard way.ending == .delivered, let own = ends.local ?? walks.source(from: node, to: far.address) else {
                continue
            }
            reportTranslation(of: own, way.hops.filter { $0.node != node }, title, far, &findings)
        }
    }

    /// Says which host on a tunnel's way gives its packets another source. Its own packets each host leaves alone.
    private mutating func reportTranslation(
        of source: IPAddress, _ hops: [RouteWalks.Hop], _ title: String, _ far: TunnelAddresses.FarEnd,
        _ findings: inout Findings
    ) {
        for hop in hops {
            guard let (rule, given) = network.translation(of: source, to: far.address, at: hop),
                knownRules.insert(rule.origin).inserted
            else { continue }
            let name = network.names.plain(network.nodes[hop.node])
            findings.add(
                Diagnostic(
                    .tunnelTranslated, "\(name) gives the packets of \(title) another source",
                    at: .init(rule.origin, "this gives them \(network.addresses[given].value.address)"),
                    and: [.init(far.end.span, "the far end of \(title) is \(far.address)")],
                    notes: ["the far end knows this end as \(source): what it answers goes to \(name), or nowhere"],
                    help: ["write \"except: \(far.address)/\(far.address.family.width)\" in the rule"]))
        }
    }

    /// Looks whether a VXLAN's packets get to the address that another end's packets come from: it learns from these where the
    /// other's containers are, and sends there what is for them (RFC 7348, 4.1).
    mutating func judgeAnswers(of name: InterfaceName, to far: InterfaceName, _ findings: inout Findings) {
        guard let (host, tunnel) = tunnels[name], let (farHost, farTunnel) = tunnels[far], host.name != farHost.name,
            let node = network.node(host: host.name.value, container: nil)
        else { return }
        let own = underlay.addresses(of: farTunnel, on: farHost).local
        guard let address = own ?? underlay.sourceInGroup(of: farTunnel, on: farHost) else {
            if case .vxlan(_, .group(let group), _) = farTunnel.kind,
                let farNode = network.node(host: farHost.name.value, container: nil), blamed.insert(farNode).inserted
            {
                findings.add(withoutSource(farTunnel, of: farHost, group))
            }
            return
        }
        // Who has no address itself is told of from the other side.
        if case .vxlan(_, .group, _) = tunnel.kind, underlay.sourceInGroup(of: tunnel, on: host) == nil { return }
        let end = TunnelAddresses.FarEnd(
            end: TunnelEnd(span: farTunnel.name.span, host: farHost.name.value, address: address), address: address)
        guard let target = target(end) else { return }
        let title = "\(host.name.value)'s tunnel \"\(tunnel.name.value)\""
        let way = walks.way(from: node, to: target)
        if way.ending == .delivered, let first = way.hops.first,
            first.leavingBy == network.segments.index(of: name), !isNear(first)
        {
            guard blamed.insert(node).inserted else { return }
            findings.add(
                throughItself(
                    title, walks.table(of: node).route(to: address)?.origin ?? tunnel.name.span,
                    "packets for \(address), the other end's, go into the segment that it extends"))
            return
        }
        report(way.ending, title, end, host, &findings)
    }

    private func withoutSource(_ tunnel: Tunnel, of host: Host, _ group: Located<IPAddress>) -> Diagnostic {
        let family = group.value.family == .ipv4 ? "IPv4" : "IPv6"
        return Diagnostic(
            .noRoute, "\(host.name.value)'s tunnel \"\(tunnel.name.value)\" has no \(family) address to send from",
            at: .init(tunnel.dev?.span ?? tunnel.name.span, "no \(family) address"),
            and: [.init(group.span, "the group's packets are \(family)'s")],
            notes: ["the others would not know whom to answer: the tunnel carries nothing"],
            help: ["give \(tunnel.dev?.value ?? "a NIC") of \(host.name.value) an \(family) address"])
    }

    /// Whether an interface is on a segment with a LAN without any tunnel: a ring of both is T0401's.
    private mutating func leadsToALAN(_ interface: String, of host: String) -> Bool {
        guard let segment = plainSegments.index(of: .init(host: host, interface: interface)) else { return false }
        return !plainSegments.all[segment].lans.isEmpty
    }

    /// Whether a hop's neighbour is on the segment without any tunnel, too.
    private mutating func isNear(_ hop: RouteWalks.Hop) -> Bool {
        let far = plainSegments.index(of: hop.neighbour.member.interface)
        return network.nodes[hop.node].addresses.contains { index in
            let own = network.addresses[index]
            return own.segment == hop.leavingBy && plainSegments.index(of: own.member.interface) == far
        }
    }

    /// The far end's address, as an address of a host of the topology.
    private func target(_ far: TunnelAddresses.FarEnd) -> Network.AssignedAddress? {
        guard let place = underlay.owner(of: far.address) else { return nil }
        return network.addresses(of: .init(host: place.host, interface: place.interface)).map { network.addresses[$0] }
            .first { $0.value.address == far.address }
    }

    private mutating func report(
        _ ending: RouteWalks.Ending, _ title: String, _ far: TunnelAddresses.FarEnd, _ host: Host,
        _ findings: inout Findings
    ) {
        let place = Diagnostic.Label(far.end.span, "the far end of \(title) is \(far.address)")
        switch ending {
        case .delivered, .unknown: break
        case .unanswered(let node):
            guard blamed.insert(node).inserted else { return }
            findings.add(unanswered(at: node, title, far, place))
        case .loop(let nodes):
            guard !findings.loops.contains(nodes) else { return }
            findings.settle(loop: nodes)
            findings.add(loop(nodes, title, far, place))
        case .noRoute(let node):
            guard blamed.insert(node).inserted else { return }
            let lacking = network.nodes[node]
            findings.add(
                Diagnostic(
                    .noRoute, "\(network.names.full(lacking)) has no route to \(far.address), the far end of \(title)",
                    at: .init(lacking.span, "no route to \(far.address)"), and: [place],
                    notes: ["the tunnel's packets need a route like all others: without one they are not sent"],
                    help: [
                        "write \"- {to: \(subnet(of: far)), via: \(router(from: node, to: far) ?? "the router between")}\" "
                            + "among the routes of \(network.names.full(lacking))"
                    ]))
        case .blocked(let node):
            guard blamed.insert(node).inserted else { return }
            let router = network.nodes[node]
            let (name, peer) = (network.names.plain(router), far.end.host ?? "\(far.address)")
            findings.add(
                Diagnostic(
                    .mustForward,
                    "\(network.names.full(router)) must forward: \"\(host.name.value)\" cannot reach \"\(peer)\"",
                    at: .init(router.span, "\(name) does not forward"), and: [place],
                    notes: [
                        "the tunnel's packets have \(name) on their way, which drops packets that are not for itself"
                    ],
                    help: ["write \"forwarding: true\" in \(network.names.full(router))"]))
        }
    }

    private mutating func unanswered(
        at node: Int, _ title: String, _ far: TunnelAddresses.FarEnd, _ place: Diagnostic.Label
    ) -> Diagnostic {
        let asker = network.nodes[node]
        let own = asker.addresses.map { network.addresses[$0] }.first { $0.value.prefix.contains(far.address) }
        let route = walks.table(of: node).route(to: far.address)?.origin
        let reply = far.address.family == .ipv4 ? "ARP" : "neighbour discovery"
        return Diagnostic(
            .noRoute,
            "\(network.names.full(asker)) looks for \(far.address), the far end of \(title), where it is not",
            at: .init(route ?? own?.span ?? asker.span, "its packets for \(far.address) leave here"), and: [place],
            notes: ["nobody answers \(reply) for it there: the tunnel carries nothing"],
            help: [
                "connect the two with a LAN, or give \(network.names.full(asker)) a route to \(far.address) by a router between"
            ])
    }

    private mutating func loop(
        _ nodes: [Int], _ title: String, _ far: TunnelAddresses.FarEnd, _ place: Diagnostic.Label
    ) -> Diagnostic {
        let routes = nodes.prefix(6).map { node in
            walks.table(of: node).route(to: far.address)?.origin ?? network.nodes[node].span
        }.sorted()
        return Diagnostic(
            .routingLoop,
            "routing loop: packets for \(far.address), the far end of \(title), go round \(network.names(ofRing: nodes))",
            at: .init(routes[routes.count - 1], "one of the routes of the ring"), and: [place],
            notes: ["each is forwarded until its TTL is used up: the tunnel carries nothing"],
            help: ["give one of them a route to \(subnet(of: far)) by a router that is connected to it"])
    }

    /// A router that is a neighbour of a node, and of a tunnel's far end.
    private func router(from node: Int, to far: TunnelAddresses.FarEnd) -> String? {
        guard let segment = target(far)?.segment else { return nil }
        let own = Set(network.nodes[node].segments)
        let names = network.addresses(on: segment).lazy.map { network.addresses[$0].node }
        return names.first { index in
            index != node && walks.forwarding.contains(index) && !own.isDisjoint(with: network.nodes[index].segments)
        }.map { network.names.plain(network.nodes[$0]) }
    }

    private func subnet(of far: TunnelAddresses.FarEnd) -> String {
        target(far).map { "\($0.value.prefix)" } ?? "\(far.address)"
    }

    private func throughItself(_ title: String, _ span: Span, _ label: String) -> Diagnostic {
        Diagnostic(
            .tunnelThroughItself, "\(title) would send its packets through itself", at: .init(span, label),
            notes: [
                "each packet would be wrapped in another, and that in another: the kernel drops them, and nothing leaves "
                    + "the host"
            ],
            help: ["give the overlay a subnet of its own, and the tunnel a far end on the underlay"])
    }
}

extension Topology {
    /// The same with hosts that have no tunnels.
    fileprivate var withoutTunnels: Topology {
        with(hosts: hosts.map { $0.with(tunnels: []) })
    }
}
