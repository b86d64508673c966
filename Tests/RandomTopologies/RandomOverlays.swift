import RandomNumbers

/// Tunnels between hosts, over one LAN, over routers and over each other.
extension RandomTopology {
    mutating func addOverlays() {
        for number in 0..<(dice.falls(25) ? 2 : 1) {
            let isGRE = dice.choice(rates.tunnels) == "gretap"
            if isGRE { addGRE(number) } else { addVXLAN(number) }
        }
    }

    /// Hosts that reach each other's addresses on LANs: those of one LAN, or any two with a way between them.
    private mutating func ends(_ count: Int) -> (hosts: [Int], lan: Int?)? {
        if dice.falls(60), let far = dice.choice(farPairs) { return (far, nil) }
        if dice.falls(70) || count > 2, let lan = dice.choice(members.indices.filter { members[$0].count > 1 }) {
            return (Array(members[lan].shuffled(using: &dice).prefix(count)).sorted(), lan)
        }
        let hosts = draft.hosts.indices.filter { host in members.contains { $0.contains(host) } }
        guard let one = dice.choice(Array(hosts)) else { return nil }
        let others = hosts.filter {
            $0 != one && (nextHop(from: one, to: [$0]) != nil || neighbours(of: one).contains($0))
        }
        guard let other = dice.choice(others), draft.hosts[one].forwards, draft.hosts[other].forwards else {
            return nil
        }
        return ([one, other], members.indices.first { members[$0].contains(one) && members[$0].contains(other) })
    }

    /// The pairs of hosts that routers alone join.
    private var farPairs: [[Int]] {
        draft.hosts.indices.flatMap { one in
            draft.hosts.indices.dropFirst(one + 1).filter { other in
                draft.hosts[one].forwards && draft.hosts[other].forwards && !neighbours(of: one).contains(other)
                    && nextHop(from: one, to: [other]) != nil
            }.map { [one, $0] }
        }
    }

    /// Other ways to the far ends of tunnels, better and worse ones: by a router that is on the far end's LAN.
    mutating func addOtherWays() {
        for host in draft.hosts.indices {
            for tunnel in draft.hosts[host].tunnels where dice.falls(25) {
                guard let remote = dice.choice(tunnel["remotes"] + tunnel["remote"]),
                    let lan = members.indices.first(where: {
                        remote.hasPrefix("172.16.\($0).") || remote.hasPrefix("\"fd00:16:\($0)::")
                    })
                else { continue }
                let routers = neighbours(of: host).filter {
                    members[lan].contains($0) && draft.hosts[$0].forwards && !isAddress(remote, of: $0)
                }
                guard !routers.isEmpty else { continue }
                features.insert("underlay with several ways")
                let isIPv6 = remote.hasPrefix("\"")
                let goal = isIPv6 ? "\(remote.dropLast())/128\"" : "\(remote)/32"
                for router in routers.shuffled(using: &dice).prefix(2) {
                    let metric = dice.choice(["", ", metric: 1", ", metric: 20", ", metric: 2000"]) ?? ""
                    if draft.hosts[host].routes.contains(where: {
                        $0.hasPrefix("{to: \(goal)") && $0.hasSuffix("\(metric)}")
                    }) {
                        continue
                    }
                    draft.hosts[host].routes.append(
                        "{to: \(goal), via: \(hop(router, of: host, isIPv6: isIPv6))\(metric)}")
                }
            }
        }
    }

    /// Whether an address on a LAN is a host's own.
    private func isAddress(_ address: String, of host: Int) -> Bool {
        address.hasSuffix(address.hasPrefix("\"") ? "::\(host + 1)\"" : ".\(host + 1)")
    }

    /// An address of a host on a LAN: the one of both ends, else one of its own.
    private mutating func underlay(_ host: Int, _ lan: Int?, isIPv6: Bool) -> String {
        let lan = lan ?? dice.choice(members.indices.filter { members[$0].contains(host) }) ?? 0
        return isIPv6 ? "\"fd00:16:\(lan)::\(host + 1)\"" : "172.16.\(lan).\(host + 1)"
    }

    private mutating func overIPv6() -> Bool {
        guard hasIPv6 else { return false }
        return !hasIPv4 || draws("tunnel over IPv6", 30)
    }

    private mutating func addVXLAN(_ number: Int) {
        guard let (hosts, lan) = ends(dice.number(2...3)) else { return }
        let isIPv6 = overIPv6()
        let isGrouped = lan != nil && draws("VXLAN with a group", 35)
        let isNamed = lan != nil && !isGrouped && hasIPv4 != hasIPv6 && draws("tunnel to a name", 20)
        let twin = hosts.count == 2 && !isGrouped && draws("ring with stp", 10)
        features.insert(lan == nil ? "VXLAN over routers" : "VXLAN")
        let addresses = hosts.map { underlay($0, lan, isIPv6: isIPv6) }
        for name in twin ? ["vx\(number)", "vy\(number)"] : ["vx\(number)"] {
            for (place, end) in hosts.enumerated() {
                var settings: [Draft.Setting] = [
                    .init("type", "vxlan"), .init("vni", name.hasPrefix("vx") ? "\(7 + number)" : "\(37 + number)"),
                ]
                if isGrouped, let lan {
                    let group = isIPv6 ? "\"ff05::\(7 + number)\"" : "239.1.1.\(7 + number)"
                    settings += [.init("group", group), .init("dev", device(of: end, on: lan))]
                } else {
                    let others = hosts.indices.filter { $0 != place }
                    settings.append(.init("remotes", list: others.map { isNamed ? "host\(hosts[$0])" : addresses[$0] }))
                    if lan == nil { settings.append(.init("local", addresses[place])) }
                }
                draft.hosts[end].tunnels.append(.init(name, settings))
            }
        }
        addOverlayBridges(number, hosts, ports: twin ? ["vx\(number)", "vy\(number)"] : ["vx\(number)"])
    }

    private mutating func addGRE(_ number: Int) {
        guard let (hosts, lan) = ends(2), hosts.count == 2 else { return }
        features.insert(lan == nil ? "GRE over routers" : "GRE")
        let isIPv6 = overIPv6()
        let addresses = hosts.map { underlay($0, lan, isIPv6: isIPv6) }
        var settings: [Draft.Setting] = [.init("type", "gretap")]
        if dice.falls(60) { settings.append(.init("ttl", "64")) }
        if draws("GRE with a key", 40) { settings.append(.init("key", "\(7 + number)")) }
        for (end, far) in [(0, 1), (1, 0)] {
            let ends: [Draft.Setting] = [.init("local", addresses[end]), .init("remote", addresses[far])]
            draft.hosts[hosts[end]].tunnels.append(.init("gt\(number)", settings + ends))
        }
        addOverlayBridges(number, hosts, ports: ["gt\(number)"])
    }

    /// The bridges of a tunnel's ends, with containers; a host's address on one routes to them.
    private mutating func addOverlayBridges(_ number: Int, _ hosts: [Int], ports: [String]) {
        let isDeep = hosts.count == 2 && draws("tunnel over a tunnel", 20)
        let isShared = !isDeep && !hasIPv6 && hosts.count == 2 && draws("gateway address on both sides of a tunnel", 10)
        let hasRouter = isDeep || isShared || dice.falls(45)
        for (place, end) in hosts.enumerated() {
            var settings: [Draft.Setting] = [.init("ports", list: ports)]
            if ports.count > 1 { settings.append(.init("stp", "true")) }
            if hasRouter, place == 0 || isDeep || isShared {
                let last = isShared ? 1 : end + 1
                settings.append(
                    .init("addresses", list: addresses("10.200.\(number).\(last)/24", "fd00:200:\(number)::\(last)/64"))
                )
                if place == 0 { route("10.200.\(number).0/24", "fd00:200:\(number)::/64", to: end) }
            }
            draft.hosts[end].bridges.append(.init("over\(number)", settings))
            for index in 0..<dice.number(1...2) {
                let last = 20 + 10 * end + index
                let own = addresses("10.200.\(number).\(last)/24", "fd00:200:\(number)::\(last)/64")
                draft.hosts[end].containers.append(
                    .init(
                        "o\(number)x\(end)x\(index)", [.init("bridge", "over\(number)"), .init("addresses", list: own)])
                )
            }
        }
        if isDeep { addDeepTunnel(number, hosts) }
    }

    /// A tunnel between addresses that are themselves in a tunnel.
    private mutating func addDeepTunnel(_ number: Int, _ hosts: [Int]) {
        let isIPv6 = overIPv6()
        let isGRE = dice.choice(rates.tunnels) == "gretap"
        for (end, far) in [(hosts[0], hosts[1]), (hosts[1], hosts[0])] {
            let (near, remote) = (end + 1, far + 1)
            let local = isIPv6 ? "\"fd00:200:\(number)::\(near)\"" : "10.200.\(number).\(near)"
            let goal = isIPv6 ? "\"fd00:200:\(number)::\(remote)\"" : "10.200.\(number).\(remote)"
            let kind: [Draft.Setting] =
                isGRE
                ? [.init("type", "gretap"), .init("remote", goal), .init("key", "\(90 + number)")]
                : [.init("type", "vxlan"), .init("vni", "\(90 + number)"), .init("remotes", list: [goal])]
            draft.hosts[end].tunnels.append(.init("deep\(number)", kind + [.init("local", local)]))
            draft.hosts[end].bridges.append(.init("bed\(number)", [.init("ports", list: ["deep\(number)"])]))
            let own = addresses("10.201.\(number).\(11 + end)/24", "fd00:201:\(number)::\(11 + end)/64")
            draft.hosts[end].containers.append(
                .init("d\(number)x\(end)", [.init("bridge", "bed\(number)"), .init("addresses", list: own)]))
        }
    }
}
