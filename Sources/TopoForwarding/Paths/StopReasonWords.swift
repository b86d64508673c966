import TopoModel
public import TopoPlan

extension StopReason {
    /// The reason in a few words, for a packet that ends in `node`; lower case, without a full stop.
    public func words(at node: NodeName) -> String {
        switch self {
        case .delivered: "it arrives at \(node)"
        case .anothersAddress(let address): "the answer comes to \(node), which takes \(address) for its own"
        case .answerFromAnother(let address, let asked):
            "the answer comes from \(address), which is not what was asked: it has not come by who publishes \(asked)"
        case .sourceTranslated(let address, let router): "\(router) makes its packets come from \(address)"
        case .noSourceAddress: "\(node) has no address of that family"
        case .noRoute(let address): "\(node) has no route to \(address)"
        case .invalidNextHop(let address): "\(node)'s next hop \(address) is in none of its subnets"
        case .unreachableRoute(let prefix) where node.isOutside: "what is outside knows no way to \(prefix)"
        case .unreachableRoute(let prefix): "\(node) has an unreachable route for \(prefix)"
        case .blackholeRoute(let prefix): "\(node) has a blackhole route for \(prefix)"
        case .notForwarding(.ipv4): "\(node) does not forward IPv4"
        case .notForwarding(.ipv6): "\(node) does not forward IPv6"
        case .neighbourUnanswered(let address, let interface): "nobody answers for \(address) on \(node)'s \(interface)"
        case .noLayer2Path(let address, let interface):
            "no frame gets from \(node)'s \(interface) to the owner of \(address)"
        case .notPromiscuous(let lan, let nic):
            "LAN \(lan) drops frames for what is bridged behind \(nic.node)'s \(nic.name)"
        case .macvlanParent(let host): "macvlan keeps \(host) and its own containers apart"
        case .layer2Loop(let interface): "the segment of \(node)'s \(interface) has a loop"
        case .forwardingLoop(let nodes):
            "the packet goes round between \(nodes.map(\.description).joined(separator: ", ")) until its TTL ends"
        case .timeToLiveExceeded: "its TTL ends at \(node)"
        case .ownSource(let address): "the packet comes back to \(node), whose own address \(address) it is from"
        case .mappedSource(let address): "\(node) drops packets from the IPv4-mapped address \(address)"
        case .linkLocalSource(let address): "\(node) forwards no packets from the link-local address \(address)"
        case .reversePathFiltered(let address): "rp_filter: \(node)'s way to \(address) is by another interface"
        case .tooBig(let mtu, true): "too big: \(node) says that at most \(mtu) bytes pass"
        case .tooBig(let mtu, false): "too big: more than \(mtu) bytes vanish at \(node)"
        case .underlayFails(let tunnel, let reason, let place):
            "\(tunnel.node)'s tunnel \(tunnel.name) does not get through: \(reason.words(at: place))"
        case .noFarEnd(let tunnel, let address): "no tunnel at \(address) fits \(tunnel.node)'s \(tunnel.name)"
        case .tunnelInItself(let tunnel): "\(tunnel.node)'s tunnel \(tunnel.name) would run through itself"
        case .tooManyTunnels(let tunnel, let levels):
            "\(tunnel.node)'s tunnel \(tunnel.name) runs through others, \(levels) in each other: its kernel drops that"
        }
    }

    /// One concrete way out, for a packet that ends in `node`; nil where it arrives.
    public func help(at node: NodeName) -> String? {
        switch self {
        case .delivered: nil
        case .anothersAddress(let address):
            "send what is for \(address) back by the way that it came"
        case .answerFromAnother:
            "let the answers go back by the host that publishes the port, or give it a \"nat\" rule for what it hands on"
        case .sourceTranslated(_, let router):
            "write the far ends' addresses as \"except\" in the nat rule of \"\(router)\""
        case .noSourceAddress: "give \"\(node)\" an address of that family"
        case .noRoute(let address): "give \"\(node)\" a route to \(address)"
        case .invalidNextHop: "use a next hop that is on a subnet of \"\(node)\""
        case .unreachableRoute where node.isOutside:
            "only the LAN's own subnets are known there: use an address of one of them"
        case .unreachableRoute(let prefix), .blackholeRoute(let prefix):
            "give \"\(node)\" a longer route than \(prefix) to the destination"
        case .notForwarding: "write \"forwarding: true\" for \"\(node)\""
        case .neighbourUnanswered(let address, _):
            "give \(address) to an interface of that segment, or change the route"
        case .noLayer2Path: "join the two parts of the segment, for example with a tunnel between their hosts"
        case .notPromiscuous(let lan, _): "set LAN \"\(lan)\" to \"promiscuous: true\", or route instead of bridging"
        case .macvlanParent(let host): "write \"docker: native\" for \"\(host)\", which connects them with a bridge"
        case .layer2Loop: "take away one of the links, or write \"stp: true\" for the bridges"
        case .forwardingLoop, .ownSource: "give one of them an \"unreachable\" route for what is nowhere"
        case .mappedSource: "use an address that is not in ::ffff:0:0/96"
        case .linkLocalSource: "give who sends them an address that is not link-local, with \"loopback\" for example"
        case .timeToLiveExceeded: "make the way shorter, or give the tunnel a \"ttl\""
        case .reversePathFiltered: "make the way back use the same interface"
        case .tooBig(let mtu, _): "set an MTU of \(mtu) at both ends"
        case .underlayFails(_, let reason, let place): reason.help(at: place)
        case .noFarEnd(let tunnel, let address):
            "make a tunnel at \(address) with the same key or VNI, whose far end is \"\(tunnel.node)\""
        case .tunnelInItself(let tunnel): "route the far end of \"\(tunnel.name)\" by another interface"
        case .tooManyTunnels(let tunnel, _): "end \"\(tunnel.name)\" at addresses that no tunnel leads to"
        }
    }
}
