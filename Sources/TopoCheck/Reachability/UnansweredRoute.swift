import TopoDiagnostics
import TopoModel
import TopoNetwork

/// A node that looks for a container on a segment where it is not, since a route names that segment's device.
struct UnansweredRoute {
    /// Whose route it is, as an index in `Network.nodes`.
    let node: Int
    /// Where the route is written.
    let route: Span
    /// Whose packets end there.
    let from: EndGroup
    /// Whom they are for.
    let to: EndGroup
    /// Whether they are answers: packets in the other direction arrive.
    let isAnswer: Bool

    /// The message: an error.
    func diagnostic(in network: Network) -> Diagnostic {
        let (near, far) = (network.names.plain(network.nodes[from.node]), network.names.plain(network.nodes[to.node]))
        let (title, address) = (network.names.full(network.nodes[node]), to.address.value.address)
        let consequence =
            isAnswer ? "\"\(far)\" gets no answer from \"\(near)\"" : "\"\(near)\" cannot reach \"\(far)\""
        let reply = address.family == .ipv4 ? "ARP" : "neighbour discovery"
        return Diagnostic(
            .noRoute, "\(title) looks for \(address) where it is not: \(consequence)",
            at: .init(route, "this route leads to a device behind which \"\(far)\" is not"),
            and: [.init(to.address.span, "\"\(far)\" is there")],
            notes: ["nobody answers \(reply) for it there: \"Destination Host Unreachable\""],
            help: ["remove the route, or name the device or the router that leads to \"\(far)\""])
    }
}
