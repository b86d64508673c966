import RandomNumbers

/// The routes of a topology in which every router has a way to every subnet that is routed.
extension RandomTopology {
    mutating func addRoutes(to host: Int) {
        var others = subnets.filter { $0.host != host && draft.hosts[$0.host].forwards }
            .map { (prefix: $0.prefix, next: nextHops(from: host, to: [$0.host])) }
        for lan in members.indices where !members[lan].contains(host) && !members[lan].isEmpty {
            let next = nextHops(from: host, to: members[lan])
            if hasIPv4 { others.append(("172.16.\(lan).0/24", next)) }
            if hasIPv6 { others.append(("fd00:16:\(lan)::/64", next)) }
        }
        let routers = neighbours(of: host).filter { draft.hosts[$0].forwards }
        if routers.count == 1, let router = routers.first, !hasDefault.contains(router), !hasDefault.contains(host),
            draws("default route of a host", 30)
        {
            addDefault(via: router, of: host)
        } else {
            for (prefix, next) in others {
                if next.count > 1, draws("several next hops", 30) {
                    addRoute(to: prefix, viaAnyOf: next, of: host)
                } else if let next = next.first {
                    addRoute(to: prefix, via: next, of: host)
                }
            }
        }
        if hasIPv6, draws("route to a special block", 5) {
            let block = dice.choice(["::ffff:0:0/96", "::/96", "64:ff9b::/96", "::/1"]) ?? "::/96"
            draft.hosts[host].routes.append("{to: \"\(block)\", type: \(dice.falls(50) ? "blackhole" : "unreachable")}")
        }
        if hasIPv4, draft.hosts[host].forwards, draws("unreachable or blackhole", 10) {
            let type = dice.falls(50) ? "blackhole" : "unreachable"
            draft.hosts[host].routes.append("{to: 10.\(host).0.0/16, type: \(type)}")
        }
    }

    private mutating func addDefault(via router: Int, of host: Int) {
        hasDefault.insert(host)
        for (prefix, halves) in [("0.0.0.0/0", ["0.0.0.0/1", "128.0.0.0/1"]), ("::/0", ["::/1", "8000::/1"])]
        where prefix.contains(":") ? hasIPv6 : hasIPv4 {
            let isHalved = draws("route to a half of everything", 25)
            for part in isHalved ? halves : [prefix] {
                draft.hosts[host].routes.append(
                    "{to: \"\(part)\", via: \(hop(router, of: host, isIPv6: part.contains(":")))}")
            }
        }
    }

    /// A next hop, by its name or by its address on a LAN of both.
    mutating func hop(_ next: Int, of host: Int, isIPv6: Bool) -> String {
        let shared = members.indices.filter { members[$0].contains(host) && members[$0].contains(next) }
        guard dice.falls(40), let lan = dice.choice(shared) else { return "host\(next)" }
        return isIPv6 ? "\"fd00:16:\(lan)::\(next + 1)\"" : "172.16.\(lan).\(next + 1)"
    }

    /// Whichever of these a packet takes, it comes nearer.
    private mutating func addRoute(to prefix: String, viaAnyOf next: [Int], of host: Int) {
        let isIPv6 = prefix.contains(":")
        let hops = next.map { hop($0, of: host, isIPv6: isIPv6) }.joined(separator: ", ")
        let metric = dice.falls(30) ? ", metric: 7" : ""
        draft.hosts[host].routes.append("{to: \(isIPv6 ? "\"\(prefix)\"" : prefix), via: [\(hops)]\(metric)}")
    }

    private mutating func addRoute(to prefix: String, via next: Int, of host: Int) {
        let isIPv6 = prefix.contains(":")
        let to = isIPv6 ? "\"\(prefix)\"" : prefix
        let via = hop(next, of: host, isIPv6: isIPv6)
        func add(_ text: String, to host: Int) { draft.hosts[host].routes.append("{\(text)}") }
        switch dice.number(0...99) {
        case 0..<12:
            features.insert(isIPv6 ? "IPv6 route with a metric" : "route with a metric")
            let metric = dice.choice(isIPv6 ? [0, 1, 256, 512, 1024, 2000] : [0, 1, 50, 1024]) ?? 1
            add("to: \(to), via: \(via), metric: \(metric)", to: host)
        case 12..<24:
            guard let other = dice.choice(neighbours(of: host).filter { $0 != next && draft.hosts[$0].forwards }) else {
                fallthrough
            }
            features.insert("several routes to one place")
            let routes = [
                "to: \(to), via: \(via), metric: 10",
                "to: \(to), via: \(hop(other, of: host, isIPv6: isIPv6)), metric: \(dice.choice([11, 500, 2000]) ?? 11)",
            ]
            for route in dice.falls(50) ? routes : routes.reversed() { add(route, to: host) }
        case 24..<30:
            guard prefix.hasSuffix(".0/24") else { fallthrough }
            features.insert("route to a half of a subnet")
            let base = prefix.dropLast("0/24".count)
            add("to: \(base)0/25, via: \(via)", to: host)
            add("to: \(base)128/25, via: \(via)", to: host)
        case 30..<36:
            guard prefix.hasSuffix(".0/24") else { fallthrough }
            features.insert("route to one address beside its subnet's")
            add("to: \(to), via: \(via)", to: host)
            add("to: \(prefix.dropLast("0/24".count))11/32, via: \(via)", to: host)
        default: add("to: \(to), via: \(via)", to: host)
        }
        if isIPv6 { features.insert("IPv6 route") }
    }

    func neighbours(of host: Int) -> [Int] {
        Set(members.filter { $0.contains(host) }.flatMap(\.self)).subtracting([host]).sorted()
    }

    /// The neighbour on a shortest way over routers to one of some hosts.
    func nextHop(from host: Int, to goals: [Int]) -> Int? { nextHops(from: host, to: goals).first }

    /// The neighbours on all shortest ways over routers to one of some hosts.
    func nextHops(from host: Int, to goals: [Int]) -> [Int] {
        var first: [Int: Set<Int>] = [:]
        var depths: [Int: Int] = [:]
        var pending = neighbours(of: host)
        for near in pending { (first[near], depths[near]) = ([near], 1) }
        while !pending.isEmpty {
            let node = pending.removeFirst()
            guard draft.hosts[node].forwards, let depth = depths[node] else { continue }
            if goals.contains(node) { return (first[node] ?? []).sorted() }
            for near in neighbours(of: node) where near != host {
                if depths[near] == nil {
                    depths[near] = depth + 1
                    pending.append(near)
                }
                if depths[near] == depth + 1 { first[near, default: []].formUnion(first[node] ?? []) }
            }
        }
        return []
    }
}
