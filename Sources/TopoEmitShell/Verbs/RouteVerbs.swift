internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// How scripts set addresses, routes and forwarding: with `ip-address(8)`, `ip-route(8)` and `sysctl(8)`.
struct RouteVerbs {
    /// The words that run a command in the namespace; none for the host.
    let prefix: [String]
    /// True in the host itself, where a change must be undone; a container's end with it.
    let isHost: Bool
    /// What `ip` does with a container's address, and whether a route gets the mark of systemd-networkd.
    let verb: Verb

    /// How `ip` makes what may be there.
    enum Verb: String {
        /// It must not be there.
        case add
        /// Somebody else may be faster: what configures a container's network when it starts, or the host's.
        case replace
    }

    /// An address; `isOurs` for an interface that the script made itself, which takes its addresses with it.
    func make(_ address: PlannedAddress, isOurs: Bool) -> Step {
        let words = ["\(address.address)", address.interface]
        return Step(
            unless: ["has_address"] + words + prefix,
            undo: isHost && !isOurs ? ["remove_address"] + words : nil,
            run: prefix + ["ip", "address", verb.rawValue] + self.words(of: address))
    }

    private func words(of address: PlannedAddress) -> [String] {
        switch verb {
        case .replace where !isHost: AddressWords(address.address).words(dev: address.interface)
        case .add, .replace: ["\(address.address)", "dev", address.interface]
        }
    }

    /// Forwarding, a step a family.
    func make(_ forwarding: PlannedForwarding) -> [Step] {
        forwarding.families.map { family in
            let key = family.forwardingKey
            let value = forwarding.isEnabled ? "1" : "0"
            return Step(
                unless: ["is_set", key, value] + prefix,
                first: isHost
                    ? (family == .ipv6 && forwarding.isEnabled ? [["keep_advertised"]] : [])
                        + [["keep_forwarding", family.rawValue]]
                    : [["keep_setting", key] + prefix],
                run: prefix + ["sysctl", "-q", "-w", "\(key)=\(value)"])
        }
    }

    /// Puts right what was set for one of the host's interfaces alone.
    func settle(_ forwarding: PlannedForwarding, on interfaces: [String]) -> [Step] {
        interfaces.isEmpty
            ? []
            : forwarding.families.map { family in
                Step(
                    settling: ["settle_forwarding", family.rawValue, forwarding.isEnabled ? "1" : "0"]
                        + [interfaces.joined(separator: " ")])
            }
    }

    /// Takes away what else a container has for routes.
    func settle(_ routes: [PlannedRoute], families: [AddressFamily]) -> [Step] {
        families.map { family in
            let option =
                switch family {
                case .ipv4: "-4"
                case .ipv6: "-6"
                }
            let lines = routes.map(RouteWords.init).filter { $0.option == option }.map { route in
                "\(route.effectiveMetric) \(route.words.joined(separator: " "))"
            }
            return Step(settling: ["only_routes", option, lines.joined(separator: ";")] + prefix)
        }
    }

    /// The check that a route takes no other's place unasked.
    func guarding(_ route: PlannedRoute) -> [String] {
        let route = RouteWords(route)
        return [
            "guard_route", route.option, route.effectiveMetric, route.destination, route.words.joined(separator: " "),
        ]
    }

    /// A route: what is written replaces what has its destination and metric, be that the subnet of an address. One in the host takes the place of another of the same destination and metric, which is put back.
    func make(_ route: PlannedRoute) -> Step {
        let route = RouteWords(route)
        let place = [route.option, route.effectiveMetric]
        return Step(
            unless: ["has_route"] + place + [route.words.joined(separator: " ")] + prefix,
            first: isHost ? [["keep_route"] + place + [route.destination]] : [],
            undo: isHost ? ["remove_route"] + place + route.words : nil,
            run: prefix + route.ip + ["route", "replace"] + route.words + route.metric + origin
        )
    }

    /// The mark that systemd-networkd gives its routes: with another the kernel would hold the route twice.
    private var origin: [String] {
        switch verb {
        case .add: []
        case .replace: ["proto", "static"]
        }
    }
}
