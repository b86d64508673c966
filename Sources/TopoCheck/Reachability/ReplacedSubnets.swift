import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds routes that take the place of the route to a subnet of the node's own: T0510, an error where that loses packets to
/// somebody of the subnet, else a warning.
func findReplacedSubnets(in network: Network, _ findings: inout Findings) {
    var walks = RouteWalks(network, mustForward: [])
    for (index, node) in network.nodes.enumerated() where !node.routes.isEmpty {
        var own: [RouteKey: Network.AssignedAddress] = [:]
        for address in node.addresses.map({ network.addresses[$0] }) {
            if let key = RoutingTable.connected(address.value), own[key] == nil { own[key] = address }
        }
        for route in node.routes {
            guard let address = own[route.key] else { continue }
            // One by the subnet's own device is the same; one by another is T0503's, where somebody is lost by it.
            if case .dev = route.action { continue }
            let lost = firstLost(by: index, around: address, &walks)
            findings.add(replaced(by: route, address, lost, at: network.names.plain(node), in: network))
            // Only a loss is said: a warning hides nothing else.
            if lost != nil { findings.settle(segment: address.segment) }
        }
    }
}

/// The first address in the subnet of a node's own address to which its packets do not get.
private func firstLost(
    by node: Int, around own: Network.AssignedAddress, _ walks: inout RouteWalks
) -> Network.AssignedAddress? {
    let (network, table) = (walks.network, walks.table(of: node))
    func isHandedOn(to target: Network.AssignedAddress) -> Bool {
        let turn = walks.turn(at: node, by: table.route(to: target.value.address))
        switch walks.step(at: node, turn, to: target) {
        case .next, .ends(.delivered, _): return true
        case .ends: return false
        }
    }
    return network.addresses(on: own.segment).lazy.map { network.addresses[$0] }.first { address in
        address.node != node && own.value.prefix.contains(address.value.address) && !isHandedOn(to: address)
    }
}

private func replaced(
    by route: Route, _ own: Network.AssignedAddress, _ lost: Network.AssignedAddress?, at title: String,
    in network: Network
) -> Diagnostic {
    let metric = route.key.metric
    var labels = [Diagnostic.Label(own.span, "\(title) is connected to \(own.value.prefix) here")]
    var notes = ["\"ip route replace\" takes away the subnet's own route, which has the metric \(metric), too"]
    if let lost {
        labels.append(.init(lost.span, "\(network.interface(of: lost)) is in the subnet"))
        notes.insert("\(title)'s packets to \(lost.value.address) do not arrive", at: 0)
    }
    return Diagnostic(
        .ownSubnetReplaced, "the route to \(route.to.value) takes the place of \(title)'s own subnet",
        at: .init(route.to.span, "the same destination and metric"), and: labels, notes: notes,
        help: ["write \"metric: \(metric + 1)\" to keep both: the subnet's own route then comes first"],
        severity: lost == nil ? .warning : .error)
}
