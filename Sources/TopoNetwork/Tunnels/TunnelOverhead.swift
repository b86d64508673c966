public import TopoModel

extension Tunnel {
    /// How many bytes of an underlay packet the tunnel takes for itself, over this family: the outer IP header (20 or
    /// 40), then the tunnel's own, then the inner Ethernet header's 14.
    public func overhead(over family: AddressFamily) -> Int {
        let own =
            switch kind {
            case .gretap(_, let key): TunnelType.gretap.headerSize(hasKey: key != nil)
            case .vxlan: TunnelType.vxlan.headerSize(hasKey: false)
            }
        return family.headerSize + own + 14
    }

    /// The family of the outer packets.
    public func underlayFamily(_ ends: TunnelAddresses) -> AddressFamily {
        if case .vxlan(_, .group(let group), _) = kind { return group.value.family }
        return (ends.remotes.first?.address ?? ends.local)?.family ?? .ipv4
    }

    /// The family of the outer packets, where an address of the tunnel is written; nil where hosts' names alone are.
    var writtenFamily: AddressFamily? {
        let flood: IPAddress? =
            if case .vxlan(_, .group(let group), _) = kind { group.value } else { nil }
        return (flood ?? local?.value ?? farEnds.lazy.compactMap(\.address).first)?.family
    }

    /// What carries the frames, in words.
    public var carrier: String {
        switch kind {
        case .gretap: "Ethernet over GRE"
        case .vxlan: "Ethernet over VXLAN"
        }
    }
}
