import TopoModel

/// How a network joins the containers of several hosts.
public enum NetworkKind: String, Sendable, Hashable, CaseIterable {
    /// In the hosts' own LAN: the NIC is a port of the bridge.
    case bridged
    /// Each host routes for its own containers, which have a part of the subnet.
    case routed
    /// Over the hosts' IP network, in Ethernet over GRE.
    case gretap
    /// Over the hosts' IP network, in VXLAN.
    case vxlan
}

/// The keys of a network, which is written out before a file is lowered.
enum NetworkKeys {
    static let kind = Key(
        "kind", .choice(NetworkKind.self, hints: ["gre": "Ethernet frames in GRE are called gretap"]), isRequired: true,
        "how it connects the containers of its hosts")
    static let subnet = Key(
        "subnet", .oneOrMore(of: .prefix), isRequired: true, "the subnets that its containers' addresses come from")
    static let over = Key("over", .name(of: [.lan]), "the LAN that connects its hosts")
    static let hosts = Key(
        "hosts", .list(of: .name(of: [.host])), "hosts that are in it without a container of theirs")
    static let slice = Key(
        "slice", .oneOrMore(of: .number(UInt8(1)...126)),
        "the prefix length of each host's part of the subnet, or of each subnet (routed)")
    static let gateway = Key("gateway", .name(of: [.host]), "the host that routes for it, or none")
    static let hub = Key("hub", .name(of: [.host]), "the host to which the tunnels of all others lead (gretap)")
    static let vni = Key("vni", .vni, "the VXLAN network identifier (vxlan)")
    static let group = Key("group", .address, "the multicast group through which it floods (vxlan)")
    static let port = Key("port", .number(UInt16(1)...65_535), "the UDP port of its VXLANs (vxlan)")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        kind.description, subnet.description, over.description, hosts.description, gateway.description,
        slice.description, hub.description, vni.description,
        group.description, port.description, description.description,
    ]

    /// The keys that are of one kind alone.
    static let ofOneKind: [(key: KeyDescription, kind: NetworkKind)] = [
        (slice.description, .routed), (hub.description, .gretap), (vni.description, .vxlan),
        (group.description, .vxlan), (port.description, .vxlan),
    ]
}
