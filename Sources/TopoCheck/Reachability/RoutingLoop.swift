import TopoDiagnostics
import TopoModel
import TopoNetwork

extension Network {
    /// A router on the segment of an address that is a neighbour of a node by an address of the same family.
    func router(from node: Int, to target: AssignedAddress) -> Int? {
        func segments(_ node: Int) -> Set<Int> {
            Set(
                nodes[node].addresses.map { addresses[$0] }
                    .filter { $0.value.address.family == target.value.address.family }.map(\.segment))
        }
        let own = segments(node)
        return addresses(on: target.segment).lazy.map { addresses[$0] }.first { address in
            address.member.forwards && address.node != node && !own.isDisjoint(with: segments(address.node))
        }?.node
    }
}

/// Nodes that hand packets for a container round.
struct RoutingLoop {
    /// The nodes, in the order of the way, as indices in `Network.nodes`.
    let nodes: [Int]
    /// Whose packets go round.
    let from: EndGroup
    /// Whom they are for.
    let to: EndGroup
    /// Whether no router is connected to whom they are for.
    var isStray = false

    /// The message: a warning where nobody could reach whom they are for.
    func diagnostic(in network: Network, _ walks: inout RouteWalks) -> Diagnostic {
        let names = nodes.map { network.names.plain(network.nodes[$0]) }
        let (near, far) = (network.names.plain(network.nodes[from.node]), network.names.plain(network.nodes[to.node]))
        let address = to.address.value.address
        var places: [Diagnostic.Label] = []
        for (number, node) in nodes.prefix(6).enumerated() {
            let next = names[(number + 1) % names.count]
            let span = walks.table(of: node).route(to: address)?.origin ?? network.nodes[node].span
            places.append(.init(span, "\(names[number]) sends them to \(next)"))
        }
        // The last word in the file is where the ring was closed.
        places.sort { $0.span < $1.span }
        let primary = places.removeLast()
        return Diagnostic(
            .routingLoop,
            "routing loop: packets for \(to.address.value.prefix) go round \(network.names(ofRing: nodes))",
            at: primary, and: places + [.init(to.address.span, "\"\(far)\" is there")],
            notes: [
                "each packet from \"\(near)\" to \"\(far)\" is forwarded until its TTL is used up: \"Time to live exceeded\""
            ],
            help: isStray ? strayHelp(in: network) : [help(in: network)], severity: isStray ? .warning : .error)
    }

    private func strayHelp(in network: Network) -> [String] {
        let (subnet, far) = (to.address.value.prefix, network.names.plain(network.nodes[to.node]))
        let last = network.names.full(network.nodes[nodes[nodes.count - 1]])
        return [
            "give a router an address in \(subnet) on the segment of \"\(far)\"",
            "or write \"- {to: \(subnet), type: unreachable}\" among the routes of \(last), if nobody is to reach it",
        ]
    }

    /// The route to the router behind which they should go, where one of the nodes is its neighbour.
    private func help(in network: Network) -> String {
        let subnet = to.address.value.prefix
        for node in nodes {
            guard let router = network.router(from: node, to: to.address) else { continue }
            let via = network.names.plain(network.nodes[router])
            return
                "write \"- {to: \(subnet), via: \(via)}\" among the routes of \(network.names.full(network.nodes[node]))"
        }
        return "give one of them a route to \(subnet) by a router that is connected to it"
    }
}
