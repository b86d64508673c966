internal import TopoModel
internal import TopoPlan
internal import TopoText

/// A value of the plan that topoc worked out, and where it stands. MACs are left out: they say nothing to a reader.
struct DerivedValue {
    /// What it is, what it came to, and from what.
    struct Result: Hashable {
        let what: String
        let value: String
        let from: String
    }

    /// The host, and the container or interface in it.
    let place: String
    let result: Result

    private init?<Value: CustomStringConvertible>(_ place: String, _ what: String, _ setting: Setting<Value>) {
        guard case .derived(let reason) = setting.source else { return nil }
        self.place = place
        result = Result(what: what, value: setting.value.description, from: reason)
    }

    /// What was derived on a host, in the order of the plan.
    static func values(_ host: HostPlan) -> [DerivedValue] {
        host.objects.flatMap { planned -> [DerivedValue] in
            switch planned.object {
            case .nic(let nic): one("\(host.name) \(nic.name)", "MTU", nic.mtu)
            case .bridge(let bridge): one("\(host.name) \(bridge.name)", "MTU", bridge.mtu)
            case .tunnel(let tunnel): values(tunnel, at: "\(host.name) \(tunnel.name)")
            case .vlan(let vlan): one("\(host.name)\(suffix(of: planned.namespace)) \(vlan.name)", "MTU", vlan.mtu)
            case .veth(let veth): one("\(host.name) \(veth.container) \(veth.interface)", "MTU", veth.mtu)
            case .route(let route): values(route, at: host.name + suffix(of: planned.namespace))
            case .forwarding, .port, .container, .address, .announcement, .nat: []
            }
        }
    }

    private static func one<Value: CustomStringConvertible>(
        _ place: String, _ what: String, _ setting: Setting<Value>
    ) -> [DerivedValue] {
        DerivedValue(place, what, setting).map { [$0] } ?? []
    }

    private static func values(_ route: PlannedRoute, at place: String) -> [DerivedValue] {
        route.routers.flatMap { one(place, "next hop to \(route.destination)", $0) }
    }

    private static func values(_ tunnel: PlannedTunnel, at place: String) -> [DerivedValue] {
        let remotes: [Setting<IPAddress>] =
            switch tunnel.kind {
            case .gretap(let remote, _): [remote]
            case .vxlan(_, .remotes(let remotes), _): remotes
            case .vxlan(_, .group, _): []
            }
        return (tunnel.local.map { one(place, "local end", $0) } ?? [])
            + remotes.flatMap { one(place, "far end", $0) }
            + (tunnel.dev.map { one(place, "underlay interface", $0) } ?? []) + one(place, "MTU", tunnel.mtu)
    }

    private static func suffix(of namespace: Namespace) -> String {
        switch namespace {
        case .host: ""
        case .container(let name): " \(name)"
        }
    }
}

extension Runbook {
    /// How many places of one value are listed before the rest is counted.
    private static let listedPlaces = 8

    /// One row for the places at which the same was derived in the same way, in the order of their first.
    static func grouped(_ values: [DerivedValue]) -> [Derived] {
        var rows: [(result: DerivedValue.Result, places: [String])] = []
        var rowOfResult: [DerivedValue.Result: Int] = [:]
        for value in values {
            if let row = rowOfResult[value.result] {
                rows[row].places.append(value.place)
            } else {
                rowOfResult[value.result] = rows.count
                rows.append((value.result, [value.place]))
            }
        }
        return rows.map { row in
            let listed = row.places.prefix(listedPlaces).map(Markdown.text).joined(separator: ", ")
            let rest = row.places.count - listedPlaces
            return Derived(
                places: rest > 0 ? "\(listed) and \(rest) more" : listed, what: Markdown.text(row.result.what),
                value: Markdown.code(row.result.value), from: Markdown.text(row.result.from))
        }
    }
}
