public import TopoDiagnostics

/// Something that must hold once the topology is up.
public struct Check: Sendable, Hashable {
    /// What must hold.
    public enum Kind: Sendable, Hashable {
        /// An echo request from the first is answered by the second.
        case ping(Endpoint, Endpoint)
        /// It is not.
        case noPing(Endpoint, Endpoint)
        /// No echo request of one in a set comes to one in another set, to whichever of its addresses.
        case isolated([[Endpoint]])
        /// The routers on the way, in order, by name.
        case trace(Endpoint, Endpoint, hops: [Located<String>])
        /// The second, or whom a published port of it stands for, takes connections from the first on this port.
        case tcp(Endpoint, Endpoint, port: Located<UInt16>)
        /// The largest echo request that the second answers the first when it may not be fragmented: an IP packet, in bytes.
        case mtu(Endpoint, Endpoint, size: Located<Int>)
        /// Packets from the first to the second cross the LAN, and there they are always inside a tunnel's.
        case encapsulated(Endpoint, Endpoint, on: Located<String>, as: Located<TunnelType>)
    }

    /// What must hold.
    public let kind: Kind
    /// The two between whom packets are to pass or not; none of an `isolated` check.
    public var ends: [Endpoint] {
        switch kind {
        case .ping(let from, let to), .noPing(let from, let to), .trace(let from, let to, _), .mtu(let from, let to, _),
            .encapsulated(let from, let to, _, _), .tcp(let from, let to, _):
            [from, to]
        case .isolated: []
        }
    }
    /// The check's bytes.
    public let span: Span
    /// What a reader should know.
    public let description: String?

    /// Makes a check.
    public init(_ kind: Kind, at span: Span, description: String? = nil) {
        self.kind = kind
        self.span = span
        self.description = description
    }
}

/// Whom a check names: a container or host, one of their addresses, or an address outside the topology.
public struct Endpoint: Sendable, Hashable {
    /// The host's name; nil for an address outside.
    public let host: String?
    /// The container's name; nil for the host itself.
    public let container: String?
    /// The address that is written in the place of a name.
    public let address: IPAddress?
    /// The bytes that name it.
    public let span: Span

    /// Makes an endpoint that is a container or host.
    public init(host: String, container: String?, address: IPAddress? = nil, span: Span) {
        self.host = host
        self.container = container
        self.address = address
        self.span = span
    }

    /// Makes an endpoint that is an address of nobody in the topology.
    public init(outside address: IPAddress, span: Span) {
        host = nil
        container = nil
        self.address = address
        self.span = span
    }
}
