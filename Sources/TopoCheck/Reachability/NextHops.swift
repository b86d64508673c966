import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds gateways and next hops that the kernel rejects, since the routes that are there already do not lead to them as to
/// neighbours, or that nobody there has: T0502.
func findUnconnectedNextHops(in network: Network, _ findings: inout Findings) {
    let rule = NextHopRule(network, findings)
    for index in network.nodes.indices {
        let hops = writtenNextHops(of: network.nodes[index])
        guard !hops.isEmpty else { continue }
        var judged: [Span: Result<InterfaceID, NextHopRefusal>] = [:]
        _ = RoutingTable(of: index, in: network) { span, result in
            if let span { judged[span] = result }
        }
        for hop in hops {
            guard let result = judged[hop.address.span], let found = rule.judge(hop, result, of: index) else {
                continue
            }
            findings.add(found)
            for segment in network.nodes[index].segments { findings.settle(segment: segment) }
        }
    }
}

/// A next hop as written: an address, and what it is called.
private struct WrittenNextHop {
    let address: Located<IPAddress>
    let role: String
    /// Whether it is written as a name, which was resolved to an address that somebody has.
    let isNamed: Bool
}

/// The gateways and next hops of a node's text.
private func writtenNextHops(of node: Network.Node) -> [WrittenNextHop] {
    var hops = node.writtenGateways.map { gateway in
        WrittenNextHop(
            address: Located(gateway.address, at: gateway.span), role: "gateway", isNamed: gateway.name != nil)
    }
    for route in node.routes {
        for next in route.nextHops {
            hops.append(
                WrittenNextHop(
                    address: Located(next.address, at: next.span), role: "next hop", isNamed: next.name != nil))
        }
    }
    return hops
}

/// What is looked up to judge next hops.
private struct NextHopRule {
    private let network: Network
    /// Segments and nodes with an address that a message is about already: what follows from it is not said again.
    private var spokenSegments: Set<Int> = []
    private var spokenNodes: Set<Int> = []
    /// For each segment, the addresses there of hosts and of what forwards.
    private var candidates: [[Int]]

    init(_ network: Network, _ findings: Findings) {
        self.network = network
        candidates = Array(repeating: [], count: network.segments.all.count)
        for (index, address) in network.addresses.enumerated() {
            if findings.addresses.contains(index) {
                spokenSegments.insert(address.segment)
                spokenNodes.insert(address.node)
            }
            if address.member.forwards || network.nodes[address.node].container == nil {
                candidates[address.segment].append(index)
            }
        }
    }

    /// The finding on a next hop, if there is one.
    /// - Parameter result: whose neighbour it is, or why the kernel rejects it.
    func judge(
        _ hop: WrittenNextHop, _ result: Result<InterfaceID, NextHopRefusal>, of index: Int
    ) -> Diagnostic? {
        guard !spokenNodes.contains(index) else { return nil }
        let own = network.nodes[index].addresses.map { network.addresses[$0] }
        switch result {
        case .failure(.own): return self.own(hop, of: index)
        case .failure(.noInterface): return withoutInterface(hop, of: index, own)
        case .failure(.behind(let route)): return behind(route, hop, of: index)
        case .failure(.notOnLink): return unconnected(hop, of: index, own)
        case .success(let interface):
            // A link-local router is on every link, by an address that it gives itself.
            let segment = network.segments.segment(of: interface)
            guard !hop.isNamed, !hop.address.value.isIPv6LinkLocal, !spokenSegments.contains(segment),
                !network.segments.all[segment].gateways.contains(where: { $0.address == hop.address.value }),
                network.answering(hop.address.value, on: segment, to: index) == nil
            else { return nil }
            return absent(hop, of: index, on: segment, own)
        }
    }

    private func withoutInterface(
        _ hop: WrittenNextHop, of index: Int, _ own: [Network.AssignedAddress]
    ) -> Diagnostic {
        let title = network.names.plain(network.nodes[index])
        let names = own.filter { $0.value.address.family == .ipv6 }.map(\.member.interface.interface)
        return Diagnostic(
            .nextHopNotConnected,
            "\(hop.role) \"\(hop.address.value)\" is link-local, and its route names no interface",
            at: .init(hop.address.span, "\(title)'s \(hop.role)"),
            notes: ["fe80::/10 is on every link (RFC 4291, 2.5.6): the kernel rejects the route without a device"],
            help: ["add \"dev: \(names.first ?? "eth0")\", the interface that the router is behind"])
    }

    /// IPv6 refuses a next hop behind another router, or behind a route that refuses packets.
    private func behind(_ route: TableRoute, _ hop: WrittenNextHop, of index: Int) -> Diagnostic {
        let title = network.names.plain(network.nodes[index])
        let place = route.origin.map { [Diagnostic.Label($0, "packets for it go by this route")] } ?? []
        var through = ""
        if case .via(let router, _) = route.ways[0].action { through = " \(router)" }
        return Diagnostic(
            .nextHopNotConnected, "\(hop.role) \"\(hop.address.value)\" is behind another router\(through)",
            at: .init(hop.address.span, "\(title)'s \(hop.role)"), and: place,
            notes: [
                "an IPv6 next hop must be a neighbour on the best route to it: the kernel rejects the route, \"No route to host\""
            ],
            help: [
                through.isEmpty
                    ? "write it before that route"
                    : "write \"via:\(through)\" here too, or write this route before that one"
            ])
    }

    private func own(_ hop: WrittenNextHop, of index: Int) -> Diagnostic {
        let title = network.names.full(network.nodes[index])
        return diagnostic(
            hop, of: index, "\(hop.role) \"\(hop.address.value)\" is \(title)'s own address", and: [],
            notes: ["a node cannot route packets to itself; the next hop is the neighbour that knows the way"])
    }

    private func unconnected(
        _ hop: WrittenNextHop, of index: Int, _ own: [Network.AssignedAddress]
    ) -> Diagnostic {
        let title = network.names.full(network.nodes[index])
        let same = own.filter { $0.value.address.family == hop.address.value.family }
        var subnets: [Prefix] = []
        for address in same.prefix(64) where !subnets.contains(address.value.prefix) {
            subnets.append(address.value.prefix)
        }
        let listed = subnets.prefix(4).map(\.description).joined(separator: ", ")
        let more = subnets.count > 4 ? " and \(subnets.count - 4) more" : ""
        let family = hop.address.value.family == .ipv4 ? "IPv4" : "IPv6"
        let refusal = "the kernel rejects the route: \"Nexthop has invalid gateway\""
        let connected = same.isEmpty ? "no \(family) subnet" : "\(listed)\(more)"
        return diagnostic(
            hop, of: index, "\(hop.role) \"\(hop.address.value)\" is on no subnet of \(title)",
            and: same.prefix(3).map { .init($0.span, "connected to \($0.value.prefix)") },
            notes: (1...3).contains(subnets.count) ? [refusal] : ["\(title) is connected to \(connected)", refusal])
    }

    /// A neighbour's address that nobody of the topology has: an error where there is nobody else.
    private func absent(
        _ hop: WrittenNextHop, of index: Int, on segment: Int, _ own: [Network.AssignedAddress]
    ) -> Diagnostic {
        let open = isOpen(segment)
        let around = own.first { $0.segment == segment && $0.value.prefix.contains(hop.address.value) }
        return diagnostic(
            hop, of: index, "\(hop.role) \"\(hop.address.value)\" is nobody's address",
            and: around.map { [.init($0.span, "nobody in the topology has it on \($0.value.prefix)")] } ?? [],
            notes: [
                open
                    ? "this works if a router outside the topology has it; otherwise nobody answers"
                    : "nobody answers for it: packets end in \"Destination Host Unreachable\""
            ],
            severity: open ? .warning : .error)
    }

    /// Whether something outside the topology may be on a segment: on a LAN that does not say which router is, or on a bridge
    /// that somebody else makes.
    private func isOpen(_ segment: Int) -> Bool {
        let found = network.segments.all[segment]
        guard found.lans.allSatisfy({ lan in found.gateways.contains { $0.lan == lan } }) else { return true }
        return network.topology.hosts.contains { host in
            host.bridges.contains { bridge in
                switch bridge.managedBy?.value {
                case nil, .topoc: return false
                case .lxd, .existing:
                    let name = InterfaceName(host: host.name.value, interface: bridge.name.value)
                    return network.segments.index(of: name) == segment
                }
            }
        }
    }

    private func diagnostic(
        _ hop: WrittenNextHop, of index: Int, _ message: String, and secondary: [Diagnostic.Label], notes: [String],
        severity: Diagnostic.Severity? = nil
    ) -> Diagnostic {
        var help = ["a \(hop.role) is a neighbour: give one, or leave it out"]
        if let gateway = gateway(for: index, hop.address.value.family) {
            help = ["write \(gateway.address), LAN \"\(gateway.lan)\"'s gateway"]
        } else if let likely = likely(for: index, hop.address.value.family) {
            help = ["write \(likely.value.address), \(network.interface(of: likely))"]
        }
        let title = network.names.plain(network.nodes[index])
        return Diagnostic(
            .nextHopNotConnected, message, at: .init(hop.address.span, "\(title)'s \(hop.role)"), and: secondary,
            notes: notes, help: help, severity: severity)
    }

    /// The gateway of a LAN that a node is on, where that is nobody of the topology.
    private func gateway(for index: Int, _ family: AddressFamily) -> Segment.Gateway? {
        network.nodes[index].addresses.lazy.map { network.addresses[$0] }.compactMap { own in
            network.segments.all[own.segment].foreignGateways.first { gateway in
                gateway.address.family == family && own.value.prefix.contains(gateway.address)
            }
        }.first
    }

    /// The neighbour that was likely meant: one that forwards before others, one of the node's own host before others.
    private func likely(for index: Int, _ family: AddressFamily) -> Network.AssignedAddress? {
        var best: (score: Int, address: Network.AssignedAddress)?
        for own in network.nodes[index].addresses.map({ network.addresses[$0] })
        where own.value.address.family == family {
            for candidate in candidates[own.segment].prefix(256).map({ network.addresses[$0] }) {
                guard candidate.node != index, own.value.prefix.contains(candidate.value.address) else { continue }
                let isHome = candidate.member.interface.host == own.member.interface.host
                let score = (candidate.member.forwards ? 2 : 0) + (isHome ? 1 : 0)
                if score > best?.score ?? -1 { best = (score, candidate) }
            }
        }
        return best?.address
    }
}
