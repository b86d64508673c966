import TopoModel

/// The keys of a rule for the source of forwarded packets.
enum NATKeys {
    static let out = Key(
        "out", .name(of: ElementKind.hostDevices), isRequired: true, "the interface by which the packets leave")
    static let from = Key(
        "from", .oneOrMore(of: .prefix), "the sources that it is for; all that is forwarded, where not said")
    static let except = Key("except", .oneOrMore(of: .prefix), "destinations that it is not for")
    static let source = Key(
        "as", .address,
        "the source that the packets get, one of the interface's addresses; where not said, topoc takes the one for their next hop"
    )
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        out.description, from.description, except.description, source.description, description.description,
    ]
}

/// The keys of a published port.
enum PublishKeys {
    static let interface = Key(
        "in", .name(of: ElementKind.hostDevices), isRequired: true,
        "the interface by which packets come in, for one of its addresses")
    static let tcp = Key("tcp", .port, "the host's port, of TCP")
    static let udp = Key("udp", .port, "the host's port, of UDP")
    static let to = Key(
        "to", .endpointOrAddress, isRequired: true,
        "who gets the packets: a container or host, or one of their addresses")
    static let port = Key("port", .port, "the port there, where it is another")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        interface.description, tcp.description, udp.description, to.description, port.description,
        description.description,
    ]
}

extension ValueType where Value == Located<UInt16> {
    /// A port of TCP or UDP.
    static var port: Self { .number(1...UInt16.max) }
}
