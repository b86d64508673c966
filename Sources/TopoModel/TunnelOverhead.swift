extension Tunnel {
    /// How many bytes of an underlay packet the tunnel takes for itself, over this family: the outer IP header (20 or
    /// 40), then GRE's 4 (RFC 2784) with 4 more for a key (RFC 2890), or UDP's 8 and VXLAN's 8 (RFC 7348), then the
    /// inner Ethernet header's 14.
    public func overhead(over family: AddressFamily) -> Int {
        let outer =
            switch family {
            case .ipv4: 20
            case .ipv6: 40
            }
        switch kind {
        case .gretap(_, let key): return outer + 4 + (key == nil ? 0 : 4) + 14
        case .vxlan: return outer + 8 + 8 + 14
        }
    }

    /// The family of the outer packets.
    public func underlayFamily(_ ends: TunnelAddresses) -> AddressFamily {
        if case .vxlan(_, .group(let group), _) = kind { return group.value.family }
        return (ends.remotes.first?.address ?? ends.local)?.family ?? .ipv4
    }

    /// What carries the frames, in words.
    public var carrier: String {
        switch kind {
        case .gretap: "Ethernet over GRE"
        case .vxlan: "Ethernet over VXLAN"
        }
    }
}
