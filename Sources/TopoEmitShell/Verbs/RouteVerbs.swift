internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// How scripts set addresses, routes and forwarding: with `ip-address(8)`, `ip-route(8)` and `sysctl(8)`.
struct RouteVerbs {
    /// Where: on the host or in a container.
    let place: Command.Place
    /// What `ip` does with an address, and whether a container's route gets the mark of systemd-networkd.
    let verb: Verb

    /// How `ip` makes what may be there.
    enum Verb: String {
        /// It must not be there.
        case add
        /// Somebody else may be faster: what configures a container's network when it starts, or the host's.
        case replace
    }

    private var isHost: Bool { if case .host = place { true } else { false } }

    /// An address.
    func make(_ address: PlannedAddress) -> Command {
        Command(in: place, ["ip", "address", verb.rawValue] + words(of: address))
    }

    private func words(of address: PlannedAddress) -> [String] {
        switch verb {
        case .replace where !isHost: AddressWords(address.address).words(dev: address.interface)
        case .add, .replace: ["\(address.address)", "dev", address.interface]
        }
    }

    /// Forwarding, a command a family.
    func make(_ forwarding: PlannedForwarding) -> [Command] {
        forwarding.families.map { family in
            let value = forwarding.isEnabled ? "1" : "0"
            return Command(in: place, ["sysctl", "-q", "-w", "\(family.forwardingKey)=\(value)"])
        }
    }

    /// An entry in the host's table of neighbours that it answers for. It is for this address alone, where `proxy_arp` would be for
    /// every address that the host has a route to.
    static func announcing(_ announcement: PlannedAnnouncement) -> Command {
        let words = ["proxy", "\(announcement.address)", "dev", announcement.interface]
        return Command(["ip", "neighbour", "replace"] + words)
    }

    /// A route: what is written replaces what has its destination and metric, be that the subnet of an address.
    func make(_ route: PlannedRoute) -> Command {
        let route = RouteWords(route)
        return Command(in: place, route.ip + ["route", "replace"] + route.arguments(mark: origin))
    }

    /// The mark that systemd-networkd gives its routes: with another the kernel would hold the route twice.
    private var origin: [String] {
        switch verb {
        case .add: []
        case .replace: isHost ? [] : ["proto", "static"]
        }
    }

    /// The check that a route of the host takes no other's place unasked.
    static func guarding(_ route: PlannedRoute) -> [String] {
        let route = RouteWords(route)
        return [
            "guard_route", route.option, route.effectiveMetric, route.destination, route.words.joined(separator: " "),
        ]
    }
}
