import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds routes that are written twice at one node, with one destination and one metric: T0509, at the second.
///
/// The kernel keeps one of them, whatever else they say: two that differ by the next hop alone are no spare for each other.
func findRepeatedRoutes(in network: Network, _ findings: inout Findings) {
    for node in network.nodes {
        var first: [RouteKey: WrittenRoute] = [:]
        for route in writtenRoutes(of: node) {
            if let other = first[route.key] {
                findings.add(repeated(route, of: other, at: network.names.full(node)))
            } else {
                first[route.key] = route
            }
        }
    }
}

/// A route, or a gateway, which is a default route.
private struct WrittenRoute {
    let key: RouteKey
    let span: Span
    let hasMetric: Bool
}

/// What the text of a node makes routes of, in the order of the file.
private func writtenRoutes(of node: Network.Node) -> [WrittenRoute] {
    let written = node.routes.map { WrittenRoute(key: $0.key, span: $0.to.span, hasMetric: $0.metric != nil) }
    let defaults = node.writtenGateways.map { gateway in
        let family = gateway.address.family
        return WrittenRoute(
            key: .init(destination: .everything(family), metric: RoutingTable.metric(nil, of: family)),
            span: gateway.span, hasMetric: false)
    }
    return (defaults + written).sorted { $0.span < $1.span }
}

private func repeated(_ route: WrittenRoute, of other: WrittenRoute, at title: String) -> Diagnostic {
    let destination = route.key.destination
    let isDefault = destination.length == 0
    // IPv6's metric is not seen in the file.
    let differ = destination.family == .ipv6 && (route.hasMetric || other.hasMetric)
    let implied = differ ? ["an IPv6 route without a metric, or with 0, has the metric 1024"] : []
    let what =
        isDefault
        ? "two \(destination.family == .ipv4 ? "IPv4" : "IPv6") default routes" : "two routes to \(destination)"
    return Diagnostic(
        .routeTwice, "\(title) has \(what) with the same metric", at: .init(route.span, "the second"),
        and: [.init(other.span, "the first")],
        notes: ["the kernel keeps one route for a destination and a metric: the second would replace the first"]
            + implied,
        help: ["leave one of them out, or give one a higher \"metric\": it is used if the other is gone"])
}
