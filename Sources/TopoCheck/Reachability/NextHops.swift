import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds gateways and next hops that are on no connected subnet, or that nobody there has: T0502.
func findUnconnectedNextHops(in network: Network, _ findings: inout Findings) {
    let rule = NextHopRule(network, findings)
    for index in network.nodes.indices {
        for hop in writtenNextHops(of: network.nodes[index]) {
            guard let found = rule.judge(hop, of: index) else { continue }
            findings.add(found)
            for segment in network.nodes[index].segments { findings.settle(segment: segment) }
        }
    }
}

/// A next hop as written: an address, and what it is called.
private struct WrittenNextHop {
    let address: Located<IPAddress>
    let role: String
}

/// The gateways and next hops that a node's text names by address; names are resolved to connected ones before.
private func writtenNextHops(of node: Network.Node) -> [WrittenNextHop] {
    var hops: [WrittenNextHop] = []
    if let container = node.container {
        switch container.gateway {
        case .derived, .none: break
        case .addresses(let addresses): hops += addresses.map { WrittenNextHop(address: $0, role: "gateway") }
        }
    }
    for route in node.container?.routes ?? node.host.routes {
        switch route.action {
        case .via(let next):
            guard next.name == nil else { continue }
            hops.append(WrittenNextHop(address: Located(next.address, at: next.span), role: "next hop"))
        case .dev, .unreachable, .blackhole: break
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
    func judge(_ hop: WrittenNextHop, of index: Int) -> Diagnostic? {
        let address = hop.address.value
        // A link-local router is on every link.
        guard !address.isIPv6LinkLocal, !spokenNodes.contains(index) else { return nil }
        if let found = network.neighbour(address, of: index) {
            return network.addresses[found].node == index ? own(hop, of: index) : nil
        }
        let own = network.nodes[index].addresses.map { network.addresses[$0] }
        let around = own.filter { $0.value.prefix.contains(address) }
        guard let first = around.first else { return unconnected(hop, of: index, own) }
        guard !around.contains(where: { spokenSegments.contains($0.segment) }) else { return nil }
        return absent(hop, of: index, on: first)
    }

    private func own(_ hop: WrittenNextHop, of index: Int) -> Diagnostic {
        let title = network.names.full(network.nodes[index])
        return diagnostic(
            hop, of: index, "\(hop.role) \"\(hop.address.value)\" is \(title)'s own address", and: [],
            notes: ["a packet handed to oneself goes nowhere; the next hop is the neighbour that knows the way on"])
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
        let refusal = "the kernel refuses the route: \"Nexthop has invalid gateway\""
        let connected = same.isEmpty ? "no \(family) subnet" : "\(listed)\(more)"
        return diagnostic(
            hop, of: index, "\(hop.role) \"\(hop.address.value)\" is on no subnet of \(title)",
            and: same.prefix(3).map { .init($0.span, "connected to \($0.value.prefix)") },
            notes: (1...3).contains(subnets.count) ? [refusal] : ["\(title) is connected to \(connected)", refusal])
    }

    /// An address of a connected subnet that nobody of the topology has: an error where there is nobody else.
    private func absent(
        _ hop: WrittenNextHop, of index: Int, on own: Network.AssignedAddress
    ) -> Diagnostic {
        let open = isOpen(own.segment)
        return diagnostic(
            hop, of: index, "\(hop.role) \"\(hop.address.value)\" is nobody's address",
            and: [.init(own.span, "nobody in the topology has it on \(own.value.prefix)")],
            notes: [
                open
                    ? "it works where a router outside the topology has it; else nobody answers for it"
                    : "nobody answers for it: packets end in \"Destination Host Unreachable\""
            ],
            severity: open ? .warning : .error)
    }

    /// Whether something outside the topology may be on a segment: on a LAN, or on a bridge that somebody else makes.
    private func isOpen(_ segment: Int) -> Bool {
        guard network.segments.all[segment].lans.isEmpty else { return true }
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
        if let likely = likely(for: index, hop.address.value.family) {
            help = ["write \(likely.value.address), \(network.interface(of: likely))"]
        }
        let title = network.names.plain(network.nodes[index])
        return Diagnostic(
            .nextHopNotConnected, message, at: .init(hop.address.span, "\(title)'s \(hop.role)"), and: secondary,
            notes: notes, help: help, severity: severity)
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
