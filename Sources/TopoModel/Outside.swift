public import TopoDiagnostics

/// What is not in the topology, behind somebody else's router on a LAN.
///
/// It answers for every address that is in no subnet of the topology, and as the router for its own on the LAN. Of the
/// topology's subnets it knows the LAN's alone: it has no way to another, and what is for one is refused.
public struct Outside: Sendable, Hashable {
    /// The LAN's name.
    public let lan: String
    /// The router's addresses on the LAN, at most one of each family.
    public let addresses: [InterfaceAddress]
    /// The subnets of the LAN that it is a neighbour of.
    public let subnets: [Prefix]
    /// The topology's other subnets, sorted, none within another.
    public let unknown: [Prefix]

    /// Where its gateway is written.
    public let origin: Span

    /// Describes an outside.
    public init(
        lan: String, addresses: [InterfaceAddress], subnets: [Prefix], unknown: [Prefix], origin: Span
    ) {
        self.lan = lan
        self.origin = origin
        self.addresses = addresses
        self.subnets = subnets
        self.unknown = unknown
    }

    /// The name of the router's interface on the LAN.
    public static let interface = "eth0"

    /// An address of a family that is behind the router, of those that documents have for examples where one of these is (RFC 5737,
    /// RFC 3849); nil where the family has no router, or the topology has all of its addresses.
    public func example(_ family: AddressFamily) -> IPAddress? {
        let examples: [IPAddress] =
            switch family {
            case .ipv4: [0xC633_6407, 0xC000_0207, 0xCB00_7107, 0x0808_0808].map { IPAddress(.ipv4, bits: $0) }
            case .ipv6:
                [0x2001_0DB8_FFFF << 80 | 7, 0x3FFF << 112 | 7, 0x2000 << 112 | 7].map { IPAddress(.ipv6, bits: $0) }
            }
        return examples.first(where: holds)
    }

    /// Whether an address is behind the router: of a family that it has an address of, one that a packet can be for, and in
    /// no subnet of the topology.
    public func holds(_ address: IPAddress) -> Bool {
        address.isRoutable && addresses.contains { $0.address.family == address.family }
            && !subnets.contains { $0.contains(address) } && !isUnknown(address)
    }

    /// Whether one of the other subnets, of which none is in another, holds an address.
    private func isUnknown(_ address: IPAddress) -> Bool {
        let next = unknown.partitionIndex { $0.network <= address }
        return next > 0 && unknown[next - 1].contains(address)
    }
}
