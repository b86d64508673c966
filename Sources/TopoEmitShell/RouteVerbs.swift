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

    /// A route; one in the host takes the place of another of the same destination and metric, which is put back.
    func make(_ route: PlannedRoute) -> Step {
        let family = route.destination.family
        let (option, defaultMetric): (String, UInt32) =
            switch family {
            case .ipv4: ("-4", 0)
            case .ipv6: ("-6", 1024)
            }
        let ip = family == .ipv4 ? ["ip", "route"] : ["ip", "-6", "route"]
        let destination = route.destination.length == 0 ? "default" : "\(route.destination)"
        let metric = route.metric.map { ["metric", String($0)] } ?? []
        let keep = ["keep_route", option, destination, String(route.metric ?? defaultMetric)]
        switch route.action {
        case .via, .dev:
            let words = [destination] + hop(of: route) + metric
            return Step(
                unless: ["shows"] + prefix + ip + ["show", "exact"] + words,
                first: isHost ? [keep, ["undo", "remove_route", option] + words] : [],
                run: prefix + ip + [isHost ? "replace" : "add"] + words)
        case .unreachable, .blackhole:
            let type = route.action == .unreachable ? "unreachable" : "blackhole"
            return Step(
                unless: ["shows"] + prefix + ip + ["show", "type", type, "exact", destination],
                first: isHost ? [keep, ["undo", "remove_typed_route", option, type, destination]] : [],
                run: prefix + ip + [isHost ? "replace" : "add", type, destination] + metric)
        }
    }

    private func hop(of route: PlannedRoute) -> [String] {
        switch route.action {
        case .via(let router, let interface): ["via", "\(router.value)"] + (interface.map { ["dev", $0] } ?? [])
        case .dev(let interface): ["dev", interface]
        case .unreachable, .blackhole: []
        }
    }
}
