import TopoDiagnostics
import TopoModel

/// The message on a node that must forward and does not.
struct ForwardingWords {
    /// Where the nodes are.
    let network: Network
    /// What says that it must.
    let use: NextHopUse
    /// Who would not reach whom, as indices in `Network.nodes`.
    let source: Int
    /// The other of the pair.
    let target: Int

    /// The message.
    var diagnostic: Diagnostic {
        let router = network.nodes[use.router]
        let name = network.names.plain(router)
        let (from, to) = (network.names.plain(network.nodes[source]), network.names.plain(network.nodes[target]))
        let written = router.container == nil ? router.host.forwarding : router.container?.forwarding
        var help =
            written == nil
            ? ["write \"forwarding: true\" in \(network.names.full(router))"] : ["write \"forwarding: true\" here"]
        if use.isDerived, let sender = network.nodes[use.sender].container?.name.value {
            help.append("or \"gateway: none\" in container \"\(sender)\", if it is to reach only \(name)")
        }
        return Diagnostic(
            .mustForward, "\(network.names.full(router)) must forward: \"\(from)\" cannot reach \"\(to)\"",
            at: .init(
                written?.span ?? router.span,
                router.container == nil ? "\(name) does not forward" : "\"\(name)\" does not forward"),
            and: [use.label],
            notes: ["Linux drops packets that are not for itself unless \(setting) is 1"], help: help)
    }

    /// The kernel's switch for the family.
    private var setting: String {
        switch use.destination.family {
        case .ipv4: "net.ipv4.ip_forward"
        case .ipv6: "net.ipv6.conf.all.forwarding"
        }
    }
}
