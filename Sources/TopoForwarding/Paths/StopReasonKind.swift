extension StopReason {
    /// What kind of reason it is, without the names and addresses of the case: lower case, without a full stop.
    public var kind: String {
        switch self {
        case .delivered: "it arrives"
        case .anothersAddress: "somebody else has the sender's address"
        case .answerFromAnother: "the answer comes from another address than was asked"
        case .sourceTranslated: "a tunnel's packet gets another source"
        case .noSourceAddress: "no address to send from"
        case .noRoute: "no route"
        case .invalidNextHop: "the next hop is in no subnet of the node"
        case .unreachableRoute: "a route says unreachable"
        case .blackholeRoute: "a route says blackhole"
        case .notForwarding: "it does not forward"
        case .neighbourUnanswered: "nobody on the segment answers for the next address"
        case .noLayer2Path: "no frame gets to who has the next address"
        case .notPromiscuous: "a LAN drops frames for what is bridged behind a NIC"
        case .macvlanParent: "macvlan keeps a host and its own containers apart"
        case .layer2Loop: "the segment has a loop"
        case .forwardingLoop: "routers pass it round"
        case .timeToLiveExceeded: "its TTL ends"
        case .ownSource: "it comes back to who sent it"
        case .mappedSource: "its source is an IPv4-mapped address"
        case .linkLocalSource: "its source is a link-local address"
        case .reversePathFiltered: "rp_filter: the way back is by another interface"
        case .tooBig: "too big"
        case .underlayFails(_, let reason, _): "a tunnel does not get through: \(reason.kind)"
        case .noFarEnd: "a tunnel has no far end"
        case .tunnelInItself: "a tunnel runs through itself"
        case .tooManyTunnels: "too many tunnels in each other"
        }
    }
}
