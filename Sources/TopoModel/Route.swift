public import TopoDiagnostics

/// A route of a host or container, as in `ip-route(8)`.
public struct Route: Sendable, Hashable {
    /// What becomes of the packets.
    public enum Action: Sendable, Hashable {
        /// They go to a neighbour.
        case via(NextHop)
        /// They go to one of several neighbours, which the kernel chooses by the addresses of a packet (equal-cost multipath): at
        /// least two, of one family, none of them twice.
        case multipath([NextHop])
        /// They go out of an interface, whose neighbours are asked for each address.
        case dev(Located<String>)
        /// They are dropped, and the sender is told so by ICMP.
        case unreachable(Span)
        /// They are dropped silently.
        case blackhole(Span)
    }

    /// The destination; `0.0.0.0/0` or `::/0` for `default`, by the next hop's family.
    public let to: Located<Prefix>
    /// What becomes of the packets.
    public let action: Action
    /// Whether its next hop is said to be on the link.
    public var isOnLink: Bool { nextHops.contains { $0.onLink != nil } }
    /// The neighbours that packets may go to; none where they go to no router.
    public var nextHops: [NextHop] { action.nextHops }
    /// The metric; the kernel's default where not said. The lowest wins.
    public let metric: Located<UInt32>?
    /// What a reader should know.
    public let description: String?

    /// Makes a route.
    public init(
        to: Located<Prefix>, action: Action, metric: Located<UInt32>? = nil, description: String? = nil
    ) {
        self.to = to
        self.action = action
        self.metric = metric
        self.description = description
    }
}

extension Route.Action {
    /// The neighbours that packets may go to; none where they go to no router.
    public var nextHops: [NextHop] {
        switch self {
        case .via(let hop): [hop]
        case .multipath(let hops): hops
        case .dev, .unreachable, .blackhole: []
        }
    }
}

/// A router that packets are handed to, as written: an address, or the name of a host or container.
public struct NextHop: Sendable, Hashable {
    /// The bytes that say it.
    public let span: Span
    /// The neighbour's address; resolved for a name.
    public let address: IPAddress
    /// The host or container named (`host1`, `host1/c1`), where a name was written.
    public let name: String?
    /// The interface whose neighbour it is, where that is written: a link-local address means nothing without one.
    public let device: Located<String>?
    /// Where it is said to be on that interface's link though no subnet of the node holds it (`onlink` of ip-route(8)); nil
    /// where it is not.
    public let onLink: Span?

    /// Makes a next hop.
    public init(
        span: Span, address: IPAddress, name: String? = nil, device: Located<String>? = nil,
        onLink: Span? = nil
    ) {
        self.span = span
        self.address = address
        self.name = name
        self.device = device
        self.onLink = onLink
    }
}
