import RandomNumbers

/// Draws topologies that are meant to work: routers on shared LANs with containers on bridges, on links, in the LAN, behind
/// other containers and in tunnels. Then, in some, one slip of the pen.
///
/// A right one is right by how it is made: every router has a route to every subnet that is routed. So what is found wrong in one is
/// worth a look, and so is a slip that nothing is said of.
package struct RandomTopology {
    /// How often what is drawn, in percent, and what may be drawn at all.
    package struct Rates: Sendable {
        /// Topologies with a slip.
        package var slips = 55
        /// How many slips these have at most.
        package var mostSlips = 1
        /// The types of tunnels.
        package var tunnels = ["vxlan", "gretap"]
        /// Topologies with tunnels.
        package var overlays = 45
        /// Topologies with VLANs; where none are drawn, the others are what they were.
        package var vlans = 0
        /// Topologies with the world outside, NAT and single addresses; the same.
        package var outside = 0

        package init() {}

        /// VLANs in each, and most slips with them.
        package static let tagged = {
            var rates = Rates()
            (rates.vlans, rates.slips, rates.overlays, rates.tunnels) = (100, 45, 20, ["vxlan"])
            return rates
        }()

        /// The world outside, NAT and single addresses in each, and most slips with them.
        package static let outside = {
            var rates = Rates()
            (rates.outside, rates.slips, rates.overlays, rates.tunnels) = (100, 45, 20, ["vxlan"])
            return rates
        }()

        /// For the lab, whose kernel may have VXLAN alone: more that is wrong.
        package static let lab = {
            var rates = Rates()
            (rates.slips, rates.mostSlips, rates.tunnels) = (70, 3, ["vxlan"])
            return rates
        }()
    }

    /// What was drawn.
    package struct Drawn: Sendable {
        package let draft: Draft
        /// The names of what is in it.
        package let features: Set<String>
        /// What was done to it, in words.
        package let slips: [String]
    }

    /// A subnet that is routed.
    struct Subnet {
        let prefix: String
        /// The number of the host that it is behind.
        let host: Int
    }

    let rates: Rates
    var dice: Dice
    var draft = Draft(name: "random")
    var features: Set<String> = []
    /// Whether there is IPv4, and IPv6.
    let hasIPv4: Bool
    let hasIPv6: Bool
    /// The hosts with an address on a LAN, by the LAN's number.
    var members: [[Int]] = []
    var subnets: [Subnet] = []
    var checks: [String] = []
    /// The hosts with a default route.
    var hasDefault: Set<Int> = []

    private init(seed: Int, _ rates: Rates) {
        self.rates = rates
        dice = Dice(seed: seed)
        let families = dice.number(0...99)
        hasIPv4 = families < 85
        hasIPv6 = families >= 45
    }

    /// The topology of a seed.
    package static func drawn(seed: Int, rates: Rates = .init()) -> Drawn {
        var random = RandomTopology(seed: seed, rates)
        random.addLANs()
        random.addHosts()
        for host in random.draft.hosts.indices { random.addContainers(to: host) }
        if random.dice.falls(rates.overlays) { random.addOverlays() }
        if rates.vlans > 0, random.dice.falls(rates.vlans) { random.addVLANs() }
        if rates.outside > 0, random.dice.falls(rates.outside) { random.addOutside() }
        if random.dice.falls(10) { random.addTenants() }
        if random.dice.falls(6) { random.addEdges() }
        for host in random.draft.hosts.indices { random.addRoutes(to: host) }
        random.addOtherWays()
        random.addChecks()
        random.features.insert(random.hasIPv4 ? (random.hasIPv6 ? "IPv4 and IPv6" : "IPv4 alone") : "IPv6 alone")
        var slips: [String] = []
        if random.dice.falls(rates.slips) {
            for _ in 0..<random.dice.number(1...rates.mostSlips) {
                if let slip = random.slip() { slips.append(slip) }
            }
        }
        return Drawn(draft: random.draft, features: random.features, slips: slips)
    }

    /// Makes one slip, most often one with what the rates are for; what was done, in words.
    private mutating func slip() -> String? {
        if rates.vlans > 0, dice.falls(80) { return draft.slipOfVLANs(&dice) }
        if rates.outside > 0, dice.falls(80) { return draft.slipOutside(&dice) }
        return draft.slip(&dice)
    }

    /// What has been drawn of a feature.
    mutating func draws(_ feature: String, _ percent: Int) -> Bool {
        guard dice.falls(percent) else { return false }
        features.insert(feature)
        return true
    }

    /// Addresses of the families that there are.
    func addresses(_ four: String, _ six: String) -> [String] {
        (hasIPv4 ? [four] : []) + (hasIPv6 ? ["\"\(six)\""] : [])
    }

    /// A subnet behind a host, in the families that there are.
    mutating func route(_ four: String, _ six: String, to host: Int) {
        if hasIPv4 { subnets.append(Subnet(prefix: four, host: host)) }
        if hasIPv6 { subnets.append(Subnet(prefix: six, host: host)) }
    }

    // MARK: LANs and hosts

    private mutating func addLANs() {
        for lan in 0..<dice.number(1...3) {
            var settings: [Draft.Setting] = []
            if dice.falls(70) {
                settings.append(.init("subnet", list: addresses("172.16.\(lan).0/24", "fd00:16:\(lan)::/64")))
            }
            if draws("LAN with an MTU", 15) {
                settings.append(.init("mtu", "\(dice.choice([1300, 1400, 1450, 9000]) ?? 1400)"))
            } else if !hasIPv6, draws("LAN with an MTU below 1280", 4) {
                settings.append(.init("mtu", "\(dice.choice([68, 83, 84, 118, 200, 576, 1006, 1279]) ?? 576)"))
            }
            if draws("LAN that is not promiscuous", 6) { settings.append(.init("promiscuous", "false")) }
            draft.lans.append(.init("lan\(lan)", settings))
            members.append([])
        }
    }

    private mutating func addHosts() {
        let count = dice.number(2...5)
        for number in 0..<count {
            var host = Draft.Host("host\(number)")
            switch dice.number(0...99) {
            case 0..<80: host.forwarding = "true"
            case 80..<90: features.insert("host that says nothing of forwarding")
            default:
                host.forwarding = "false"
                features.insert("forwarding: false")
            }
            // One of those that have a host already, so that there is a way between all hosts.
            let used = members.indices.filter { !members[$0].isEmpty }
            var joined: Set = [dice.choice(used) ?? 0]
            if dice.falls(45) { joined.insert(dice.number(0...(draft.lans.count - 1))) }
            draft.hosts.append(host)
            for lan in joined.sorted() { plug(number, to: lan) }
        }
        for lan in draft.lans.indices where draws("second subnet on a LAN", 12) { addSecondSubnet(to: lan) }
    }

    private mutating func plug(_ number: Int, to lan: Int) {
        var nic = Draft.Part("eth\(lan)", [.init("lan", "lan\(lan)")])
        let addresses = Draft.Setting(
            "addresses", list: addresses("172.16.\(lan).\(number + 1)/24", "fd00:16:\(lan)::\(number + 1)/64"))
        if draft.lans[lan]["promiscuous"].isEmpty, draws("bridged LAN", 18) {
            // The NIC is a bridge's port, and the LAN's subnet goes on to containers.
            draft.hosts[number].bridges.append(.init("br\(lan)", [addresses, .init("ports", list: ["eth\(lan)"])]))
            for index in 0..<dice.number(0...2) {
                let last = 50 + 10 * number + index
                draft.hosts[number].containers.append(
                    .init(
                        "b\(number)x\(lan)x\(index)",
                        [
                            .init("bridge", "br\(lan)"),
                            .init(
                                "addresses",
                                list: self.addresses("172.16.\(lan).\(last)/24", "fd00:16:\(lan)::\(last)/64")),
                        ] + extras()))
            }
        } else {
            nic.settings.append(addresses)
        }
        draft.hosts[number].nics.append(nic)
        members[lan].append(number)
    }

    /// The name of a host's interface on a LAN.
    func device(of host: Int, on lan: Int) -> String {
        draft.hosts[host].bridges.contains { $0.name == "br\(lan)" } ? "br\(lan)" : "eth\(lan)"
    }

    /// A second subnet, which some of the LAN's hosts have an address in, and others a route by `dev`.
    private mutating func addSecondSubnet(to lan: Int) {
        guard hasIPv4, members[lan].count > 1, !draft.lans[lan]["subnet"].isEmpty else { return }
        draft.lans[lan]["subnet"].append("172.17.\(lan).0/24")
        for host in members[lan] {
            let name = device(of: host, on: lan)
            if dice.falls(70) {
                features.insert("several addresses on an interface")
                let address = "172.17.\(lan).\(host + 1)/24"
                if let place = draft.hosts[host].nics.firstIndex(where: { $0.name == name }) {
                    draft.hosts[host].nics[place]["addresses"].append(address)
                } else if let place = draft.hosts[host].bridges.firstIndex(where: { $0.name == name }) {
                    draft.hosts[host].bridges[place]["addresses"].append(address)
                }
            } else if draws("route by dev", 60) {
                draft.hosts[host].routes.append("{to: 172.17.\(lan).0/24, dev: \(name)}")
            }
        }
    }

    // MARK: What has no place in a routed network

    /// Two tenants with one subnet: in two VXLANs of the same hosts, or on two bridges of a host that does not route.
    private mutating func addTenants() {
        guard hasIPv4 else { return }
        features.insert("two tenants with one subnet")
        let lan = members.indices.first { members[$0].count > 1 }
        let ends = rates.tunnels.contains("vxlan") && dice.falls(60) ? lan.map { Array(members[$0].prefix(2)) } : nil
        for (number, name) in ["red", "blue"].enumerated() {
            for end in ends ?? [0] {
                var ports: [Draft.Setting] = []
                if let lan, let ends, let other = ends.first(where: { $0 != end }) {
                    let far = hasIPv4 ? "172.16.\(lan).\(other + 1)" : "\"fd00:16:\(lan)::\(other + 1)\""
                    draft.hosts[end].tunnels.append(
                        .init(
                            "vx\(name)",
                            [.init("type", "vxlan"), .init("vni", "\(70 + number)"), .init("remotes", list: [far])]))
                    ports = [.init("ports", list: ["vx\(name)"])]
                }
                draft.hosts[end].bridges.append(.init(name, ports))
                for index in 0..<2 {
                    draft.hosts[end].containers.append(
                        .init(
                            "\(name)\(end)x\(index)",
                            [
                                .init("bridge", name),
                                .init("addresses", list: ["10.210.0.\(11 + 10 * end + index + 2 * number)/24"]),
                            ]))
                }
            }
        }
        if draws("no-ping check", 50) { checks.append("{no-ping: [red\(ends?[0] ?? 0)x0, blue\(ends?[0] ?? 0)x0]}") }
    }

    /// A host of its own with a subnet of a very short prefix.
    private mutating func addEdges() {
        features.insert("prefix of length 0, 1 or 2")
        let number = draft.hosts.count
        var host = Draft.Host("host\(number)")
        let (length, four) = dice.choice([(1, "129.0.0"), (2, "193.0.0"), (2, "65.0.0")]) ?? (1, "129.0.0")
        let six = dice.falls(50) ? 0 : 1
        host.bridges.append(
            .init("edge", [.init("addresses", list: addresses("\(four).1/\(length)", "2001:db8::1/\(six)"))]))
        for index in 0..<2 {
            let own = addresses("\(four).\(11 + index)/\(length)", "2001:db8::\(11 + index)/\(six)")
            host.containers.append(
                .init("e\(number)x\(index)", [.init("bridge", "edge"), .init("addresses", list: own)]))
        }
        draft.hosts.append(host)
    }

    private mutating func addChecks() {
        draft.checks = checks
        guard let host = dice.choice(draft.hosts), draws("ping check", 15) else { return }
        let own = host.containers.filter { $0["bridge"] == ["own"] && $0["gateway"].isEmpty }
        if own.count > 1 { draft.checks.append("{ping: [\(own[0].name), \(own[1].name)]}") }
    }
}
