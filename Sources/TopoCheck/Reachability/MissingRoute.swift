import TopoDiagnostics
import TopoModel
import TopoNetwork

/// A node that lacks a route on the way between two containers.
struct MissingRoute {
    /// Who lacks it, as an index in `Network.nodes`.
    let node: Int
    /// Whose packets end there.
    let from: EndGroup
    /// Whom they are for.
    let to: EndGroup
    /// Whether packets in the other direction arrive, so that it is their answers that end here.
    let isOneWay: Bool
    /// Who lacks the route in the other direction, where both do.
    let other: Int?
    /// Whose packets the answers are for, where a node on their way gave them its own source, which is `to`.
    let hidden: EndGroup?
    /// How many more pairs of groups it parts.
    var more = 0

    /// The message: an error where packets get there and no answer back, and a warning where nothing goes either way.
    func diagnostic(in network: Network, _ walks: inout RouteWalks) -> Diagnostic {
        let (near, far) = (name(from.node, network), name((hidden ?? to).node, network))
        let subnet = to.address.value.prefix
        let title = network.names.full(network.nodes[node])
        if node == from.node { return withoutGateway(near, far, in: network, &walks) }
        let pair = "\"\(near)\" and \"\(far)\""
        let message =
            isOneWay
            ? "\(title) has no route back to \(subnet): \"\(far)\" gets no answer from \"\(near)\""
            : "\(title) has no route to \(subnet), and there is none back: \(pair) cannot reach each other"
        var places = [label(far, in: network)]
        if let other {
            places.append(
                .init(network.nodes[other].span, "\(name(other, network)) has none to \(from.address.value.prefix)"))
        }
        var notes = [
            isOneWay
                ? "packets from \"\(far)\" arrive, but \(name(node, network)) answers what \"\(near)\" sends back with "
                    + "\"\(unreachable)\""
                : "both hosts forward, and neither knows what is behind the other"
        ]
        if more > 0 { notes.append("\(more) more of such pairs end there") }
        var help = [
            route(to: subnet, by: neighbour(of: node, towards: to, from: from, in: network, &walks), at: node, network)
        ]
        if let other {
            help.append(route(to: from.address.value.prefix, by: node, at: other, network))
            help.append("or write the check {no-ping: [\(near), \(far)]}, if they are to stay separate")
        }
        return Diagnostic(
            .noRoute, message, at: .init(network.nodes[node].span, "no route to \(subnet)"), and: places, notes: notes,
            help: help, severity: isOneWay ? .error : .warning)
    }

    private func label(_ far: String, in network: Network) -> Diagnostic.Label {
        .init(to.address.span, hidden == nil ? "\"\(far)\" is there" : "what \"\(far)\" sends comes from here (NAT)")
    }

    /// The message on a container that gets packets and has no gateway to answer by.
    private func withoutGateway(
        _ near: String, _ far: String, in network: Network, _ walks: inout RouteWalks
    ) -> Diagnostic {
        let way = walks.way(from: to.node, to: from.address)
        let router = way.hops.last?.node == to.node ? nil : way.hops.last?.node
        let address = router.flatMap { router in
            network.nodes[router].addresses.first { network.addresses[$0].segment == from.address.segment }
        }.map { network.addresses[$0] }
        let proposal = address.map { "\($0.value.address)" } ?? "the address of a router on its segment"
        let places = [label(far, in: network)]
        let help =
            if from.staysAlone {
                "leave out \"gateway: none\", or write the check {no-ping: [\(near), \(far)]}, if it is to reach only its host"
            } else if address == nil, from.address.segment == to.address.segment {
                "give \"\(near)\" an address in \(to.address.value.prefix), with /\(to.address.value.length), or a route to it"
            } else {
                "write \"gateway: \(proposal)\" in container \"\(near)\""
            }
        return Diagnostic(
            .noRoute, "container \"\(near)\" has no default route: \"\(far)\" gets no answer from it",
            at: .init(network.nodes[node].span, "no route to \(to.address.value.prefix)"),
            and: places + (address.map { [.init($0.span, "the router that its packets come by")] } ?? []),
            notes: [
                "packets from \"\(far)\" arrive, but \"\(near)\" cannot send its answers: \"Network is unreachable\""
            ],
            help: [help], severity: from.staysAlone ? .warning : .error)
    }

    /// The node that packets in the other direction came from before they were at `node`; else who has none itself, else a
    /// neighbour that is connected to where they should go.
    private func neighbour(
        of node: Int, towards target: EndGroup, from source: EndGroup, in network: Network, _ walks: inout RouteWalks
    ) -> Int? {
        let back = walks.way(from: target.node, to: source.address).hops.map(\.node)
        if let place = back.firstIndex(of: node), place > 0, back[place - 1] != target.node { return back[place - 1] }
        return other ?? network.router(from: node, to: target.address)
    }

    /// What ping shows of the ICMP message of a router that has no route.
    private var unreachable: String {
        switch to.address.value.address.family {
        case .ipv4: "Destination Net Unreachable"
        case .ipv6: "Destination unreachable: No route"
        }
    }

    private func route(to subnet: Prefix, by neighbour: Int?, at node: Int, _ network: Network) -> String {
        let via = neighbour.map { name($0, network) } ?? "the next router there"
        return "write \"- {to: \(subnet), via: \(via)}\" among the routes of \(network.names.full(network.nodes[node]))"
    }

    private func name(_ node: Int, _ network: Network) -> String { network.names.plain(network.nodes[node]) }
}
