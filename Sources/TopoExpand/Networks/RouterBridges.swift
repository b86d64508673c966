import TopoLower
import TopoSyntax

extension Node {
    /// The topology with the bridges of the hosts that route for a network, each with an automatic address where none is
    /// written.
    func withRouterBridges(of networks: [WrittenNetwork], _ members: NetworkMembers) -> Node {
        var routed: [String: [WrittenNetwork]] = [:]
        for network in networks {
            for member in members[network] {
                let isSliced = !(network.slices[member.host]?.bridge ?? []).isEmpty
                guard isSliced || network.isGateway(member.host) && network.kind != .routed else { continue }
                routed[member.host, default: []].append(network)
            }
        }
        guard !routed.isEmpty else { return self }
        return changing("hosts") { hosts in
            hosts.changingEach { name, host in (routed[name] ?? []).reduce(host) { $0.withRouterBridge(of: $1) } }
        }
    }

    private func withRouterBridge(of network: WrittenNetwork) -> Node {
        let automatic = network.entry("address", network.word("auto"))
        guard let bridge = self["bridges"]?[network.bridge] else {
            let made = Node(.mapping([automatic]), at: network.entry.keySpan)
            return adding([network.entry(network.bridge, made)], to: "bridges", of: network)
        }
        guard bridge["address"] == nil, bridge["addresses"] == nil else { return self }
        return changing("bridges") { bridges in
            bridges.changing(network.bridge) { Node(.mapping($0.entries + [automatic]), at: $0.span) }
        }
    }
}
