import TopoModel

/// The keys of a route of a host or container.
enum RouteKeys {
    static let to = Key("to", .destination, isRequired: true, "the destination")
    static let via = Key(
        "via", .oneOrMore(of: .addressOrName(of: [.host, .container])),
        "the next router: its address, or a host's or container's name; of several, each packet goes to one")
    static let dev = Key(
        "dev", .name(of: ElementKind.hostDevices + [.interface]),
        "the interface behind which the destination is a neighbour")
    static let onLink = Key(
        "onlink", .boolean,
        "whether the next router is on the link of dev: though no subnet of the node holds its address")
    static let type = Key("type", .choice(RouteType.self), "what becomes of the packets")
    static let metric = Key("metric", .number(UInt32.min...UInt32.max), "the metric: the lowest wins")
    static let description = Key("description", .prose, "what a reader should know")

    static let all = [
        to.description, via.description, dev.description, onLink.description, type.description, metric.description,
        description.description,
    ]
}

/// What becomes of a route's packets, as it is written.
enum RouteType: String, Sendable, Hashable, CaseIterable {
    case unicast
    case unreachable
    case blackhole
}

/// Where a route leads: `default` has the family of its next hop.
enum Destination: Sendable, Hashable {
    case everything
    case prefix(Prefix)
}

extension ValueType where Value == Located<Destination> {
    /// `default`, or a subnet.
    static var destination: Self {
        .word(.either([.choice(["default"]), .prefix])) { word, _, findings in
            if word.text == "default" { return .everything }
            do throws(AddressError) {
                return .prefix(try Prefix(word.text))
            } catch {
                findings.addInvalidAddress(word, .prefix, "a destination", error)
                return nil
            }
        }
    }
}
