import TopoModel

/// The keys of a tunnel.
enum TunnelKeys {
    static let type = Key(
        "type", .tunnelType,
        isRequired: true, "what carries the frames")
    static let local = Key("local", .address, "the underlay's address at this end")
    static let remote = Key(
        "remote", .addressOrName(of: [.host]), "the far end: a host, or its address on the underlay")
    static let remotes = Key(
        "remotes", .list(of: .addressOrName(of: [.host])), "the far ends of a VXLAN that floods to each of them (vxlan)"
    )
    static let vni = Key("vni", .vni, "the VXLAN network identifier (vxlan)")
    static let group = Key("group", .address, "the multicast group through which a VXLAN floods (vxlan)")
    static let dev = Key(
        "dev", .name(of: ElementKind.hostDevices), "the interface that the underlay is reached by; a group needs it")
    static let address = Key(
        "address", .interfaceAddress, "the host's own address in the overlay, where the tunnel is no bridge's port")
    static let addresses = Key(
        "addresses", .list(of: .interfaceAddress), "the host's own addresses in the overlay, where it has several")
    static let port = Key("port", .number(UInt16(1)...65_535), "the UDP port of the far ends (vxlan)")
    static let key = Key("key", .number(UInt32.min...UInt32.max), "the GRE key, the same at both ends (gretap)")
    static let ttl = Key("ttl", .number(1...255), "the TTL of the outer packets")
    static let mac = Key("mac", .macAddress, "its MAC address")
    static let mtu = Key("mtu", .mtu, "its MTU, in bytes")
    static let partOf = Key("part-of", .name(of: [.network]), "the network that it belongs to, for figures and reports")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        type.description, local.description, remote.description, remotes.description, vni.description,
        group.description, dev.description, address.description,
        addresses.description, port.description, key.description, ttl.description, mac.description,
        mtu.description, partOf.description, description.description,
    ]
}

extension ValueType where Value == Located<TunnelType> {
    /// What carries a tunnel's frames.
    static var tunnelType: Self {
        let hint = "Ethernet frames in GRE are called gretap"
        return .choice(TunnelType.self, hints: ["gre": hint, "tap": hint, "ip6gretap": hint])
    }
}

extension ValueType where Value == Located<UInt32> {
    /// A VXLAN network identifier: 24 bits, without the zero that the kernel takes and that names no network.
    static var vni: Self {
        .number(1...16_777_215) {
            $0 == 0
                ? "the kernel accepts 0, and it identifies no network: frames of all VXLANs without an identifier would mix"
                : "a VXLAN network identifier has 24 bits (RFC 7348)"
        }
    }
}
