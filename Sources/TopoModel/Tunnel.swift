public import TopoDiagnostics

/// An interface of a host that carries Ethernet frames over IP: a bridge port, or with addresses of its own.
public struct Tunnel: Sendable, Hashable {
    /// What carries the frames.
    public enum Kind: Sendable, Hashable {
        /// Ethernet over GRE (RFC 2784, protocol 0x6558; the key is RFC 2890's).
        case gretap(remote: TunnelEnd, key: Located<UInt32>?)
        /// VXLAN (RFC 7348) with this network identifier, flooding as `flood` says, to a UDP port (`vxlanPort` where not
        /// said).
        case vxlan(vni: Located<UInt32>, flood: VXLANFlood, port: Located<UInt16>?)
    }

    /// The UDP port that IANA has given VXLAN (RFC 7348, 8).
    public static let vxlanPort: UInt16 = 4789

    /// Its name.
    public let name: Located<String>
    /// What carries the frames.
    public let kind: Kind
    /// The underlay's address at this end, where the user said it.
    public let local: Located<IPAddress>?
    /// The underlay interface, where the user said it.
    public let dev: Located<String>?
    /// The host's own addresses in what the tunnel carries, where it is no bridge port.
    public let addresses: [Located<InterfaceAddress>]
    /// The outer packets' TTL, 1 to 255.
    public let ttl: Located<Int>?
    /// Its MAC; derived where not said.
    public let mac: Located<MACAddress>?
    /// Its MTU, in bytes; derived where not said.
    public let mtu: Located<Int>?
    /// The network that it belongs to, for figures and reports.
    public let partOf: Located<String>?
    /// What a reader should know.
    public let description: String?

    /// Makes a tunnel.
    public init(
        name: Located<String>, kind: Kind, local: Located<IPAddress>? = nil, dev: Located<String>? = nil,
        addresses: [Located<InterfaceAddress>] = [], ttl: Located<Int>? = nil, mac: Located<MACAddress>? = nil,
        mtu: Located<Int>? = nil, partOf: Located<String>? = nil,
        description: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.local = local
        self.dev = dev
        self.addresses = addresses
        self.ttl = ttl
        self.mac = mac
        self.mtu = mtu
        self.partOf = partOf
        self.description = description
    }
}

/// How a VXLAN finds its other ends for broadcast, unknown unicast and multicast.
public enum VXLANFlood: Sendable, Hashable {
    /// Through an IP multicast group on the underlay.
    case group(Located<IPAddress>)
    /// One copy to each of these ends.
    case remotes([TunnelEnd])
}

/// The far end of a tunnel, as written: an address, or a host's name.
public struct TunnelEnd: Sendable, Hashable {
    /// The bytes that say it.
    public let span: Span
    /// The host named or, for an address, the host that has it, if any does.
    public let host: String?
    /// The underlay address of the far end; nil where a host was named, whose address then is derived.
    public let address: IPAddress?

    /// Makes a tunnel end; one of `host` and `address` is not nil.
    public init(span: Span, host: String?, address: IPAddress?) {
        self.span = span
        self.host = host
        self.address = address
    }
}
