import TopoModel

/// The keys of a check; one of `ping`, `no-ping`, `trace` and `mtu` says what is checked.
enum CheckKeys {
    static let ping = Key("ping", .pair(of: .endpoint), "the second must answer the first's echo requests")
    static let noPing = Key("no-ping", .pair(of: .endpoint), "the second must not answer the first's echo requests")
    static let trace = Key(
        "trace", .pair(of: .endpoint), "packets from the first to the second must take the way in hops")
    static let hops = Key(
        "hops", .list(of: .endpoint), "the routers on a trace's way, in order; an empty list says that there is none")
    static let mtu = Key(
        "mtu", .pair(of: .endpoint),
        "the largest packet that passes from the first to the second and back must be of size")
    static let size = Key("size", .mtu, "the largest IP packet that passes an mtu check, in bytes")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        ping.description, noPing.description, trace.description, hops.description, mtu.description, size.description,
        description.description,
    ]

    /// Those of which a check has one.
    static let kinds = [ping, noPing, trace, mtu]
}

extension ValueType where Value == Located<String> {
    /// The name of a host or container.
    static var endpoint: Self { .name(of: [.container, .host]) }
}
