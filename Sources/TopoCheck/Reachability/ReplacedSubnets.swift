import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds routes that take the place of the route to a subnet of the node's own, or of a part of it: T0510. It is an error where
/// that loses packets to somebody of the subnet; else a warning of a route to all of it.
///
/// A route that refuses a part is meant, and so is one by a device behind which all of the subnet is.
/// - Parameter mustForward: nodes that do not forward and must: they are taken to do so.
func findReplacedSubnets(in network: Network, mustForward: Set<Int>, _ findings: inout Findings) {
    var walks = RouteWalks(network, mustForward: mustForward)
    for (index, node) in network.nodes.enumerated() where !node.routes.isEmpty {
        let own = OwnSubnets(of: node, in: network)
        for route in node.routes {
            guard let address = own.replaced(by: route) ?? own.around(route) else { continue }
            var isWhole = route.to.value == address.value.prefix
            // One to all of it by the subnet's own device is the same.
            if case .dev = route.action { isWhole = false }
            let lost = firstLost(by: index, around: address, route, &walks)
            guard isWhole || lost != nil else { continue }
            let words = ReplacedSubnet(
                network: network, route: route, own: address, lost: lost, title: network.names.plain(node))
            findings.add(words.diagnostic)
            // Only a loss is said: a warning hides nothing else.
            if lost != nil { findings.settle(segment: address.segment) }
        }
    }
}

/// The subnets that the kernel connects a node to.
private struct OwnSubnets {
    private var byKey: [RouteKey: Network.AssignedAddress] = [:]
    private var all: [Network.AssignedAddress] = []

    init(of node: Network.Node, in network: Network) {
        for address in node.addresses.map({ network.addresses[$0] }) {
            guard let key = RoutingTable.connected(address.value), byKey[key] == nil else { continue }
            byKey[key] = address
            all.append(address)
        }
    }

    /// The address whose subnet's route a route takes the place of.
    func replaced(by route: Route) -> Network.AssignedAddress? { byKey[route.key] }

    /// The address whose subnet holds the destination of a route that hands packets on.
    func around(_ route: Route) -> Network.AssignedAddress? {
        switch route.action {
        case .unreachable, .blackhole: nil
        case .via, .multipath, .dev:
            all.first { address in
                let prefix = address.value.prefix
                return prefix.length < route.to.value.length && prefix.contains(route.to.value)
            }
        }
    }
}

/// The first address in the subnet of a node's own address to which its packets do not get by a route.
private func firstLost(
    by node: Int, around own: Network.AssignedAddress, _ route: Route, _ walks: inout RouteWalks
) -> Network.AssignedAddress? {
    let network = walks.network
    return network.addresses(on: own.segment).lazy.map { network.addresses[$0] }.first { address in
        guard address.node != node, route.to.value.contains(address.value.address),
            own.value.prefix.contains(address.value.address),
            walks.table(of: node).route(to: address.value.address)?.origin == route.to.span
        else { return false }
        return walks.way(from: node, to: address).ending != .delivered
    }
}

/// The message on a route that takes the place of a node's own subnet, or of a part of it.
private struct ReplacedSubnet {
    let network: Network
    let route: Route
    /// The node's address in the subnet.
    let own: Network.AssignedAddress
    /// Somebody in the subnet whom its packets do not get to.
    let lost: Network.AssignedAddress?
    /// The node's name.
    let title: String

    var diagnostic: Diagnostic {
        let metric = route.key.metric
        var labels = [Diagnostic.Label(own.span, "\(title) is connected to \(own.value.prefix) here")]
        var notes: [String] = []
        if let lost {
            labels.append(.init(lost.span, "\(network.interface(of: lost)) is in the subnet"))
            notes.append("\(title)'s packets to \(lost.value.address) do not arrive")
        }
        guard route.to.value == own.value.prefix else {
            return Diagnostic(
                .ownSubnetReplaced,
                "the route to \(route.to.value) replaces part of \(title)'s own subnet",
                at: .init(route.to.span, "a part of \(own.value.prefix)"), and: labels,
                notes: notes + ["its longer prefix wins over the subnet's own route"],
                help: ["remove the route, or let it lead to a neighbour that forwards"], severity: .error)
        }
        notes.append("\"ip route replace\" removes the subnet's own route, which has metric \(metric), too")
        return Diagnostic(
            .ownSubnetReplaced, "the route to \(route.to.value) replaces \(title)'s own subnet",
            at: .init(route.to.span, "the same destination and metric"), and: labels, notes: notes,
            help: ["write \"metric: \(metric + 1)\" to keep both: the subnet's own route then comes first"],
            severity: lost == nil ? .warning : .error)
    }
}
