internal import TopoModel
internal import TopoPlan

/// How scripts set addresses, routes and forwarding: with `ip-address(8)`, `ip-route(8)` and `sysctl(8)`.
struct RouteVerbs {
    /// The words that run a command in the namespace; none for the host.
    let prefix: [String]
    /// True in the host itself, where a change must be undone; a container's end with it.
    let isHost: Bool

    /// An address; `isOurs` for an interface that the script made itself, which takes its addresses with it.
    func make(_ address: PlannedAddress, isOurs: Bool) -> Step {
        let words = ["\(address.address)", address.interface]
        return Step(
            unless: ["has_address"] + words + prefix,
            first: isHost && !isOurs ? [["undo", "remove_address"] + words] : [],
            run: prefix + ["ip", "address", "add", "\(address.address)", "dev", address.interface])
    }

    /// Forwarding, a step a family.
    func make(_ forwarding: PlannedForwarding) -> [Step] {
        forwarding.families.map { family in
            let key =
                switch family {
                case .ipv4: "net.ipv4.ip_forward"
                case .ipv6: "net.ipv6.conf.all.forwarding"
                }
            let value = forwarding.isEnabled ? "1" : "0"
            return Step(
                unless: ["is_set", key, value] + prefix,
                first: isHost ? [["keep_forwarding", family.rawValue]] : [],
                run: prefix + ["sysctl", "-q", "-w", "\(key)=\(value)"])
        }
    }

    /// The check that a route takes no other's place unasked.
    func guarding(_ route: PlannedRoute) -> [String] {
        let (option, metric) = family(of: route)
        return ["guard_route", option, String(metric), destination(of: route), words(of: route).joined(separator: " ")]
    }

    /// A route; one in the host takes the place of another of the same destination and metric, which is put back.
    func make(_ route: PlannedRoute) -> Step {
        let (option, number) = family(of: route)
        let ip = route.destination.family == .ipv4 ? ["ip", "route"] : ["ip", "-6", "route"]
        let metric = String(number)
        let words = words(of: route)
        let undo = [
            ["keep_route", option, metric, destination(of: route)], ["undo", "remove_route", option, metric] + words,
        ]
        return Step(
            unless: ["has_route", option, metric, words.joined(separator: " ")] + prefix,
            first: isHost ? undo : [],
            run: prefix + ip + [isHost ? "replace" : "add"] + words
                + (route.metric.map { ["metric", String($0)] } ?? []))
    }

    /// The option of `ip` for the route's family, and the route's metric.
    private func family(of route: PlannedRoute) -> (option: String, metric: UInt32) {
        switch route.destination.family {
        case .ipv4: ("-4", route.metric ?? 0)
        // The kernel's metric for an IPv6 route without one (ip-route(8)).
        case .ipv6: ("-6", route.metric ?? 1024)
        }
    }

    /// The route's words, without its metric.
    private func words(of route: PlannedRoute) -> [String] {
        let destination = destination(of: route)
        switch route.action {
        case .via(let router, let interface):
            return [destination, "via", "\(router.value)"] + (interface.map { ["dev", $0] } ?? [])
        case .dev(let interface): return [destination, "dev", interface]
        case .unreachable: return ["unreachable", destination]
        case .blackhole: return ["blackhole", destination]
        }
    }

    /// As `ip-route(8)` prints it: `default`, and no length for a single address.
    private func destination(of route: PlannedRoute) -> String {
        let prefix = route.destination
        if prefix.length == 0 { return "default" }
        return prefix.length == prefix.family.width ? "\(prefix.network)" : "\(prefix)"
    }
}
