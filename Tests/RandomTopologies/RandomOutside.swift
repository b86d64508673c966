import RandomNumbers

/// The world outside, and what has no subnet that others route to: containers that a host hides behind its own address, ports that it
/// publishes, and containers with a single address.
extension RandomTopology {
    mutating func addOutside() {
        let world = addWorld()
        for host in draft.hosts.indices where draft.hosts[host].forwards {
            if draws("NAT", 60) { addHidden(behind: host, world) }
            if draws("single address", 40) { addSingle(to: host) }
        }
    }

    /// The LAN with somebody else's router, and with it the default route of the hosts there; nil where there is none.
    private mutating func addWorld() -> Int? {
        let lans = draft.lans.indices.filter { lan in
            !draft.lans[lan]["subnet"].isEmpty && members[lan].contains { draft.hosts[$0].forwards }
        }
        guard let lan = dice.choice(Array(lans)), draws("the world outside", 75) else { return nil }
        let gateways = addresses("172.16.\(lan).254", "fd00:16:\(lan)::254")
        draft.lans[lan].settings.append(.init("gateway", list: gateways))
        for host in members[lan] where draft.hosts[host].forwards || dice.falls(50) {
            draft.hosts[host].gateways = gateways
            hasDefault.insert(host)
        }
        return lan
    }

    // MARK: NAT

    /// A bridge whose containers have an address that nobody else has a route to.
    private mutating func addHidden(behind host: Int, _ world: Int?) {
        let own = members.indices.filter { members[$0].contains(host) }
        guard let lan = world.flatMap({ own.contains($0) ? $0 : nil }) ?? dice.choice(Array(own)) else { return }
        // Often the same behind several hosts, as at people's homes.
        let number = draws("one subnet behind several hosts", 40) ? 77 : 100 + host
        let (four, six) = ("192.168.\(number)", "fd00:168:\(number):")
        draft.hosts[host].bridges.append(
            .init("inner", [.init("addresses", list: addresses("\(four).1/24", "\(six):1/64"))]))
        for index in 0..<dice.number(1...2) {
            draft.hosts[host].containers.append(
                .init(
                    "n\(host)x\(index)",
                    [
                        .init("bridge", "inner"),
                        .init("addresses", list: addresses("\(four).\(11 + index)/24", "\(six):\(11 + index)/64")),
                    ]))
        }
        let subnets = addresses("\(four).0/24", "\(six):0/64")
        let isInside = number != 77 && draws("NAT with an exception", 20)
        // Inside they keep their addresses, and all have routes to them.
        if isInside { route("\(four).0/24", "\(six):0/64", to: host) }
        for lan in own {
            draft.hosts[host].nat += isInside ? [exception(device(of: host, on: lan))] : rules(of: host, lan, subnets)
        }
        if world == lan, !isInside, draws("ping check of the world", 60) {
            checks.append("{ping: [n\(host)x0, \(hasIPv4 ? "198.51.100.7" : "\"2001:db8:ffff::7\"")]}")
        }
        if draws("published port", 50) { publish(host, lan) }
    }

    /// A rule for the world alone.
    private func exception(_ out: String) -> String {
        let four = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15", "128.0.0.0/1"]
        let inside = (hasIPv4 ? four : []) + (hasIPv6 ? ["\"::/2\"", "\"fd00::/8\""] : [])
        return "{out: \(out), except: [\(inside.joined(separator: ", "))]}"
    }

    /// The rules for what leaves by a LAN.
    private mutating func rules(of host: Int, _ lan: Int, _ subnets: [String]) -> [String] {
        let out = device(of: host, on: lan)
        guard draws("NAT to an address of its own", 25) else {
            return draws("NAT of stated sources", 40)
                ? ["{out: \(out), from: [\(subnets.joined(separator: ", "))]}"] : ["{out: \(out)}"]
        }
        let others = addresses("172.16.\(lan).\(100 + host)", "fd00:16:\(lan)::\(100 + host)")
        let longer = addresses("172.16.\(lan).\(100 + host)/24", "fd00:16:\(lan)::\(100 + host)/64")
        for group in [\Draft.Host.nics, \.bridges] {
            guard let place = draft.hosts[host][keyPath: group].firstIndex(where: { $0.name == out }) else { continue }
            draft.hosts[host][keyPath: group][place]["addresses"] += longer
        }
        return zip(others, subnets).map { "{out: \(out), from: \($1), as: \($0)}" }
    }

    /// A port of the host, for one of the containers behind it; a neighbour on the LAN tries it.
    private mutating func publish(_ host: Int, _ lan: Int) {
        let out = device(of: host, on: lan)
        let port = 8000 + host
        draft.hosts[host].publish.append("{in: \(out), tcp: \(port), to: n\(host)x0, port: 80}")
        let neighbours = members[lan].filter { $0 != host }
        guard let neighbour = dice.choice(neighbours) else { return }
        let address = hasIPv4 ? "172.16.\(lan).\(host + 1)" : "\"fd00:16:\(lan)::\(host + 1)\""
        checks.append("{tcp: [host\(neighbour), \(address)], port: \(port)}")
    }

    // MARK: Single addresses

    /// A container with an address of the LAN, which its host answers for, or with one that the others have a route to.
    private mutating func addSingle(to host: Int) {
        let own = members.indices.filter { members[$0].contains(host) && !draft.lans[$0]["subnet"].isEmpty }
        guard let lan = dice.choice(Array(own)), draws("announced address", 65) else {
            route("198.18.\(host).5/32", "fd00:18:\(host)::5/128", to: host)
            let addresses = addresses("198.18.\(host).5/32", "fd00:18:\(host)::5/128")
            draft.hosts[host].containers.append(
                .init("s\(host)", [.init("p2p", list: addresses.map { "{container: \($0)}" })]))
            return
        }
        let out = device(of: host, on: lan)
        let addresses = addresses("172.16.\(lan).\(150 + host)/32", "fd00:16:\(lan)::\(150 + host)/128")
        draft.hosts[host].containers.append(
            .init("s\(host)", [.init("p2p", list: addresses.map { "{container: \($0), announce: \(out)}" })]))
    }
}

/// The slips that people make there.
extension Draft {
    mutating func slipOutside(_ dice: inout Dice) -> String? {
        let translating = hosts.indices.filter { !hosts[$0].nat.isEmpty }
        let single = hosts.indices.flatMap { host in
            hosts[host].containers.indices.filter {
                hosts[host].containers[$0]["p2p"].contains { $0.hasPrefix("{container") }
            }
            .map { (host, $0) }
        }
        switch dice.number(0...6) {
        case 0:
            guard let host = dice.choice(translating) else { return nil }
            hosts[host].nat.removeLast()
            return "a NAT rule is missing"
        case 1:
            guard let host = dice.choice(translating), let nic = dice.choice(hosts[host].nics + hosts[host].bridges)
            else {
                return nil
            }
            let rule = hosts[host].nat[0]
            let out = rule.dropFirst("{out: ".count).prefix { $0 != "," && $0 != "}" }
            hosts[host].nat[0] = rule.replacing("out: \(out)", with: "out: \(nic.name)")
            return "a NAT rule for another interface"
        case 2:
            guard let host = dice.choice(translating) else { return nil }
            hosts[host].nat[0] = hosts[host].nat[0].dropLast() + ", except: [172.16.0.0/13]}"
            return "a NAT rule with an exception more"
        case 3:
            guard let host = dice.choice(hosts.indices.filter { !hosts[$0].gateways.isEmpty }) else { return nil }
            hosts[host].gateways = []
            return "a host has no gateway"
        case 4:
            guard let host = dice.choice(translating) else { return nil }
            hosts[host].forwarding = dice.falls(70) ? nil : "false"
            return "a host with NAT does not forward"
        case 5:
            guard let (host, container) = dice.choice(single) else { return nil }
            let ends = hosts[host].containers[container]["p2p"]
            hosts[host].containers[container]["p2p"] = ends.map {
                $0.prefix { $0 != "," } + ($0.contains(",") ? "}" : "")
            }
            return "nobody announces a single address"
        default:
            guard let host = dice.choice(hosts.indices.filter { !hosts[$0].publish.isEmpty }),
                let other = dice.choice(hosts[host].containers)
            else { return nil }
            hosts[host].publish[0] = hosts[host].publish[0].replacing(
                "to: n\(hosts[host].name.dropFirst(4))x0", with: "to: \(other.name)")
            return "a port is published for another container"
        }
    }
}
