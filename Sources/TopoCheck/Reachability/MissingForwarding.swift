import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds hosts and containers that others send packets through, and that do not forward: T0501, once each.
///
/// What is stated is meant: who says `forwarding: false` is left alone unless a check asks for packets through it, and
/// what a `no-ping` check keeps apart need not be joined.
/// - Returns: the indices of these nodes.
func findNodesThatMustForward(in network: Network, _ findings: inout Findings) -> Set<Int> {
    var found: Set<Int> = []
    var paths = Paths(network)
    let kept = KeptApart(network)
    for use in nextHopUses(in: network) + checkedUses(in: network, paths) {
        let router = network.nodes[use.router]
        guard !router.forwards, !found.contains(use.router), use.target != nil || !router.refusesToForward
        else { continue }
        guard let target = use.target ?? paths.target(beyond: use.router, for: use.destination, from: use.sender)
        else { continue }
        let source = paths.source(behind: use, to: target)
        if use.target == nil, kept.areApart(source, target) { continue }
        found.insert(use.router)
        let words = ForwardingWords(network: network, use: use, source: source, target: target)
        findings.add(words.diagnostic)
    }
    return found
}

/// A node that hands packets to another.
struct NextHopUse {
    /// Who sends, as an index in `Network.nodes`.
    let sender: Int
    /// Who gets the packets, likewise.
    let router: Int
    /// What they are for.
    let destination: Prefix
    /// Where it is said, and what is said there.
    let label: Diagnostic.Label
    /// Whom they must reach, where a check says so.
    var target: Int?
    /// Whether the sender is a container whose gateway is derived.
    var isDerived = false
}

/// The next hops of all routes and default gateways that are some node's addresses.
private func nextHopUses(in network: Network) -> [NextHopUse] {
    network.nodes.indices.flatMap { sender in
        let node = network.nodes[sender]
        var uses: [NextHopUse] = []
        for route in node.routes {
            for next in route.nextHops {
                guard let found = network.neighbour(next.address, of: sender) else { continue }
                let router = network.addresses[found].node
                let label = "\(network.names.plain(node))'s packets to \(route.to.value.title) go through it"
                uses.append(
                    NextHopUse(
                        sender: sender, router: router, destination: route.to.value, label: .init(next.span, label)))
            }
        }
        guard let container = node.container else { return uses }
        for gateway in network.gateways.gateways(of: container, on: node.host) {
            guard let found = network.neighbour(gateway.address, of: sender) else { continue }
            let router = network.addresses[found].node
            let label = "it is \"\(network.names.plain(node))\"'s gateway"
            uses.append(
                NextHopUse(
                    sender: sender, router: router, destination: .everything(gateway.address.family),
                    label: .init(gateway.written?.span ?? container.name.span, label),
                    isDerived: gateway.written == nil))
        }
        return uses.filter { $0.router != sender }
    }
}

/// The routers that stated checks ask for: the hops of a trace; for a ping between segments, the host of a container
/// that has a bridge with the host's address and no gateway, since the host does not forward.
private func checkedUses(in network: Network, _ paths: Paths) -> [NextHopUse] {
    network.topology.checks.flatMap { check -> [NextHopUse] in
        switch check.kind {
        case .noPing, .isolated: return []
        case .ping(let from, let to), .mtu(let from, let to, _), .encapsulated(let from, let to, _, _),
            .tcp(let from, let to, _):
            guard let source = network.node(of: from), let target = network.node(of: to) else { return [] }
            return [(source, target, from), (target, source, to)].compactMap { sender, target, endpoint in
                let label = Diagnostic.Label(check.span, "a ping between the two must be answered")
                let family = network.family(between: sender, and: target)
                return paths.lackingGateway(of: sender, to: target).map {
                    NextHopUse(
                        sender: sender, router: $0, destination: .everything(family), label: label, target: target)
                }
            }
        case .trace(let from, let to, let hops):
            guard let source = network.node(of: from), let target = network.node(of: to) else { return [] }
            return hops.compactMap { hop in
                guard let router = network.node(named: hop.value), router != source, router != target else {
                    return nil
                }
                let label = Diagnostic.Label(hop.span, "the way between the two must lead through it")
                let family = network.family(between: source, and: target)
                return NextHopUse(
                    sender: source, router: router, destination: .everything(family), label: label, target: target)
            }
        }
    }
}

extension Network {
    /// The first family that two nodes both have addresses of.
    fileprivate func family(between one: Int, and other: Int) -> AddressFamily {
        func has(_ node: Int, _ family: AddressFamily) -> Bool {
            nodes[node].addresses.contains { addresses[$0].value.address.family == family }
        }
        return AddressFamily.allCases.first { has(one, $0) && has(other, $0) } ?? .ipv4
    }

    /// The index of the node called `host1`, `c1` or `host1/c1`.
    fileprivate func node(named name: String) -> Int? {
        if let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")) {
            return node(host: String(name[..<slash]), container: String(name[name.utf8.index(after: slash)...]))
        }
        return node(host: name, container: nil) ?? nodes.firstIndex { $0.container?.name.value == name }
    }
}

extension Prefix {
    /// The subnet, or for a default route the word for it.
    fileprivate var title: String { length == 0 ? "everywhere else" : description }
}
