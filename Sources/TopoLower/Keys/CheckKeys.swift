import TopoModel

/// The keys of a check; one of `kinds` says what is checked.
enum CheckKeys {
    static let ping = Key("ping", .pair(of: .endpointOrAddress), "the second must answer the first's echo requests")
    static let noPing = Key(
        "no-ping", .pair(of: .endpointOrAddress), "the second must not answer the first's echo requests")
    static let isolated = Key(
        "isolated", .list(of: .node(.either([.name([.container, .host]), .list(.name([.container, .host]))]))),
        "none of any of these may reach one of another")
    static let trace = Key(
        "trace", .pair(of: .endpointOrAddress), "packets from the first to the second must take the way in hops")
    static let hops = Key(
        "hops", .list(of: .endpoint), "the routers on a trace's way, in order; an empty list says that there is none")
    static let mtu = Key(
        "mtu", .pair(of: .endpoint),
        "the largest packet that passes from the first to the second and back must be of size")
    static let size = Key("size", .mtu, "the largest IP packet that passes an mtu check, in bytes")
    static let tcp = Key(
        "tcp", .pair(of: .endpointOrAddress),
        "the second must take the first's connections to port, itself or by a published port")
    static let port = Key("port", .port, "the port of a tcp check")
    static let encapsulated = Key(
        "encapsulated", .node(.mapping(.encapsulation)), "packets must be inside a tunnel's where they cross a LAN")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        ping.description, noPing.description, isolated.description, trace.description, hops.description,
        mtu.description, size.description, tcp.description, port.description,
        encapsulated.description, description.description,
    ]

    /// Those of which a check has one.
    static let kinds = [
        ping.description, noPing.description, isolated.description, trace.description, mtu.description,
        tcp.description, encapsulated.description,
    ]
}

/// The keys of an `encapsulated` check.
enum EncapsulationKeys {
    static let from = Key("from", .endpoint, isRequired: true, "who sends the packets")
    static let to = Key("to", .endpoint, isRequired: true, "whom they are for")
    static let on = Key("on", .name(of: [.lan]), isRequired: true, "the LAN that they cross")
    static let type = Key("as", .tunnelType, isRequired: true, "the type of tunnel that must carry the packets")

    static let all = [from.description, to.description, on.description, type.description]
}

extension ValueType where Value == Located<String> {
    /// The name of a host or container.
    static var endpoint: Self { .name(of: [.container, .host]) }

    /// The same, or an address, of one of them or of nobody in the topology.
    static var endpointOrAddress: Self {
        ValueType(form: .either([.name([.container, .host]), .address]), read: endpoint.read)
    }
}
