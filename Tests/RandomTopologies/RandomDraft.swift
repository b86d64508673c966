import RandomNumbers

/// Makes random topologies: routers on shared LANs with containers on bridges, on links, in the LAN and in overlays, and
/// with the mistakes that people make.
package struct RandomDraft {
    private var dice: Dice
    private let hasIPv6: Bool
    private var draft: Draft
    /// The hosts with an address on a LAN, by the LAN's number.
    private var members: [[Int]]
    /// The subnets behind a host, with its number.
    private var subnets: [(prefix: String, host: Int)] = []

    private let overlay: Overlay

    /// What joins containers of several hosts.
    package enum Overlay {
        /// In some topologies, VXLAN between hosts of a LAN.
        case vxlan
        /// In all of them, GRE between any hosts.
        case gretap
    }

    private init(seed: Int, _ overlay: Overlay) {
        self.overlay = overlay
        dice = Dice(seed: seed)
        hasIPv6 = dice.falls(35)
        draft = Draft(name: "random")
        members = []
    }

    /// The topology of a seed.
    package static func draft(seed: Int, overlay: Overlay = .vxlan) -> Draft {
        var random = RandomDraft(seed: seed, overlay)
        random.addLANs()
        random.addHosts()
        for host in random.draft.hosts.indices { random.addContainers(to: host) }
        switch overlay {
        case .vxlan: random.addVXLAN()
        case .gretap: random.addGRE()
        }
        for host in random.draft.hosts.indices { random.addRoutes(to: host) }
        return random.draft
    }

    private mutating func addLANs() {
        for lan in 0..<dice.number(1...3) {
            let subnets = ["172.16.\(lan).0/24"] + (hasIPv6 ? ["\"fd00:16:\(lan)::/64\""] : [])
            var settings = [Draft.Setting("subnet", list: subnets)]
            if dice.falls(20) {
                settings.append(.init("mtu", "\(dice.choice([1300, 1400, 1450]) ?? 1400)"))
            }
            draft.lans.append(.init("lan\(lan)", settings))
            members.append([])
        }
    }

    /// In a chain, in a ring or anyhow.
    private mutating func addHosts() {
        let count = dice.number(2...5)
        let lans = draft.lans.count
        let isChain = dice.falls(50)
        for number in 0..<count {
            var host = Draft.Host("host\(number)", forwarding: dice.falls(88) ? "true" : nil)
            let joined =
                isChain
                ? Set([number % lans, (number + 1) % lans])
                : Set((0..<dice.number(1...2)).map { _ in dice.number(0...(lans - 1)) })
            for lan in joined.sorted() {
                host.nics.append(.init("eth\(lan)", [.init("lan", "lan\(lan)")]))
                let addresses = addresses("172.16.\(lan).\(number + 1)/24", "fd00:16:\(lan)::\(number + 1)/64")
                if dice.falls(20) {
                    // The NIC is a bridge's port, and the LAN's subnet goes on to containers.
                    host.bridges.append(
                        .init("br\(lan)", [addresses, .init("ports", list: ["eth\(lan)"])]))
                    for index in 0..<dice.number(0...2) {
                        let own = self.addresses(
                            "172.16.\(lan).\(50 + 10 * number + index)/24",
                            "fd00:16:\(lan)::\(50 + 10 * number + index)/64")
                        host.containers.append(
                            .init("b\(number)x\(lan)x\(index)", [.init("bridge", "br\(lan)"), own] + extras()))
                    }
                } else {
                    host.nics[host.nics.count - 1].settings.append(addresses)
                }
                members[lan].append(number)
            }
            draft.hosts.append(host)
        }
    }

    private func addresses(_ four: String, _ six: String) -> Draft.Setting {
        .init("addresses", list: [four] + (hasIPv6 ? ["\"\(six)\""] : []))
    }

    /// What a container may have besides.
    private mutating func extras() -> [Draft.Setting] {
        var settings: [Draft.Setting] = []
        if dice.falls(8) { settings.append(.init("gateway", "none")) }
        if dice.falls(5) { settings.append(.init("forwarding", "true")) }
        return settings
    }

    private mutating func addContainers(to number: Int) {
        if dice.falls(55) {
            let mtu = dice.falls(15) ? [Draft.Setting("mtu", "1350")] : []
            draft.hosts[number].bridges.append(
                .init("own", [addresses("10.\(number).0.1/24", "fd00:10:\(number)::1/64")] + mtu))
            subnets.append(("10.\(number).0.0/24", number))
            if hasIPv6 { subnets.append(("fd00:10:\(number)::/64", number)) }
            for index in 0..<dice.number(1...2) {
                let own = addresses("10.\(number).0.\(11 + index)/24", "fd00:10:\(number)::\(11 + index)/64")
                draft.hosts[number].containers.append(
                    .init("c\(number)x\(index)", [.init("bridge", "own"), own] + mtu + extras()))
            }
        }
        for index in 0..<dice.number(0...2) {
            let prefix = dice.falls(30) ? "10.\(number).\(100 + index).0/31" : "10.\(number).\(100 + index).0/30"
            subnets.append((prefix, number))
            let mtu = dice.falls(15) ? [Draft.Setting("mtu", "1320")] : []
            draft.hosts[number].containers.append(
                .init("p\(number)x\(index)", [.init("p2p", prefix)] + mtu + extras()))
        }
    }

    /// A VXLAN between hosts of one LAN, with containers in one subnet.
    private mutating func addVXLAN() {
        guard dice.falls(45), let lan = dice.choice(members.indices.filter { members[$0].count > 1 }) else { return }
        let ends = Array(members[lan].shuffled(using: &dice).prefix(dice.number(2...3))).sorted()
        let isGrouped = dice.falls(40)
        for end in ends {
            let device = draft.hosts[end].bridges.contains { $0.name == "br\(lan)" } ? "br\(lan)" : "eth\(lan)"
            let others = ends.filter { $0 != end }.map { "172.16.\(lan).\($0 + 1)" }
            let flood: [Draft.Setting] =
                isGrouped
                ? [.init("group", "239.1.1.7"), .init("dev", device)]
                : [.init("remotes", list: others)]
            draft.hosts[end].tunnels.append(
                .init("vx0", [.init("type", "vxlan"), .init("vni", "7")] + flood))
            addOverlayBridge(to: end, ports: ["vx0"], isFirst: end == ends.first)
        }
    }

    /// Ethernet over GRE between hosts with the same LAN or with routers between them: two ends, or a hub with two spokes.
    private mutating func addGRE() {
        let hosts = draft.hosts.indices.filter { host in members.contains { $0.contains(host) } }
        let ends = Array(hosts.shuffled(using: &dice).prefix(dice.number(2...3)))
        guard let hub = ends.first, ends.count > 1 else { return }
        let isOverIPv6 = hasIPv6 && dice.falls(40)
        var ports: [Int: [String]] = [:]
        for (number, spoke) in ends.dropFirst().enumerated() {
            var settings: [Draft.Setting] = [.init("type", "gretap")]
            if dice.falls(60) { settings.append(.init("ttl", "\(dice.choice([1, 2, 64, 64, 64]) ?? 64)")) }
            if dice.falls(40) { settings.append(.init("key", "\(7 + number)")) }
            guard let near = underlayAddress(of: hub, isIPv6: isOverIPv6),
                let far = underlayAddress(of: spoke, isIPv6: isOverIPv6)
            else { continue }
            for (end, local, remote) in [(hub, near, far), (spoke, far, near)] {
                let addresses = [Draft.Setting("local", local), .init("remote", remote)]
                draft.hosts[end].tunnels.append(.init("gt\(number)", settings + addresses))
                ports[end, default: []].append("gt\(number)")
            }
        }
        for end in ends { addOverlayBridge(to: end, ports: ports[end] ?? [], isFirst: end == hub) }
    }

    private mutating func underlayAddress(of host: Int, isIPv6: Bool) -> String? {
        dice.choice(members.indices.filter { members[$0].contains(host) }).map { lan in
            isIPv6 ? "\"fd00:16:\(lan)::\(host + 1)\"" : "172.16.\(lan).\(host + 1)"
        }
    }

    /// The bridge of a tunnel, with containers.
    private mutating func addOverlayBridge(to end: Int, ports: [String], isFirst: Bool) {
        var settings = [Draft.Setting("ports", list: ports)]
        if isFirst, dice.falls(50) {
            settings.append(.init("addresses", list: ["10.200.0.\(end + 1)/24"]))
            subnets.append(("10.200.0.0/24", end))
        }
        draft.hosts[end].bridges.append(.init("over", settings))
        for index in 0..<dice.number(1...2) {
            draft.hosts[end].containers.append(
                .init(
                    "o\(end)x\(index)",
                    [
                        .init("bridge", "over"),
                        .init("addresses", list: ["10.200.0.\(20 + 10 * end + index)/24"]),
                    ]))
        }
    }

    /// The routes to what others have, some of them wrong.
    private mutating func addRoutes(to host: Int) {
        let near = neighbours(of: host)
        var others = subnets.filter { $0.host != host }.map { ($0.prefix, nextHop(from: host, to: [$0.host])) }
        for lan in members.indices where !members[lan].contains(host) {
            others.append(("172.16.\(lan).0/24", nextHop(from: host, to: members[lan])))
            if hasIPv6 { others.append(("fd00:16:\(lan)::/64", nextHop(from: host, to: members[lan]))) }
        }
        for (prefix, next) in others {
            guard let next else { continue }
            let to = prefix.contains(":") ? "\"\(prefix)\"" : prefix
            switch dice.number(0...99) {
            case 0..<86: draft.hosts[host].routes.append("{to: \(to), via: host\(next)}")
            case 86..<91: break
            case 91..<94:
                draft.hosts[host].routes.append("{to: \(to), type: \(dice.falls(50) ? "blackhole" : "unreachable")}")
            default:
                guard let wrong = dice.choice(near) else { break }
                draft.hosts[host].routes.append("{to: \(to), via: host\(wrong)}")
            }
        }
        if dice.falls(12), let next = dice.choice(near) {
            draft.hosts[host].routes.append("{to: default, via: host\(next)}")
        }
    }

    private func neighbours(of host: Int) -> [Int] {
        Set(members.filter { $0.contains(host) }.flatMap(\.self)).subtracting([host]).sorted()
    }

    /// The neighbour on a shortest way to one of some hosts.
    private func nextHop(from host: Int, to goals: [Int]) -> Int? {
        var first: [Int: Int] = [:]
        var pending = neighbours(of: host)
        for near in pending { first[near] = near }
        while !pending.isEmpty {
            let node = pending.removeFirst()
            if goals.contains(node) { return first[node] }
            for near in neighbours(of: node) where near != host && first[near] == nil {
                first[near] = first[node]
                pending.append(near)
            }
        }
        return nil
    }
}
