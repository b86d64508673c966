import RandomNumbers

/// Containers on bridges, on links, in the LAN, and behind other containers.
extension RandomTopology {
    /// What a container may have besides.
    mutating func extras() -> [Draft.Setting] {
        var settings: [Draft.Setting] = []
        if draws("gateway: none", 5) { settings.append(.init("gateway", "none")) }
        if draws("container that forwards", 4) { settings.append(.init("forwarding", "true")) }
        return settings
    }

    mutating func addContainers(to number: Int) {
        for bridge in 0..<(dice.falls(70) ? dice.falls(20) ? 2 : 1 : 0) { addBridge(bridge, to: number) }
        // A link's container has a default route, so that its host is meant to forward, unless it says that it does not.
        if draft.hosts[number].forwarding != nil {
            for index in 0..<dice.number(0...2) { addLink(index, to: number) }
        }
        for lan in members.indices where device(of: number, on: lan) == "br\(lan)" { giveGateways(on: lan, of: number) }
    }

    /// The IPv6 subnets of a host's bridge: the usual one, then those of blocks by which sources are chosen (RFC 6724, 2.1), and
    /// beside them.
    private static let blocks: [@Sendable (Int, Int) -> (base: String, length: Int)] = [
        { ("fd00:10:\($0):\($1)::", 64) },
        { ("2001:db8:\($0):\($1)::", 64) },
        { ("2002:a00:\($0):\($1)::", 64) },  // 6to4
        { ("2001:0:\($0):\($1)::", 64) },  // Teredo
        { ("2001:10:\($0):\($1)::", 64) },  // ORCHID
        { ("64:ff9b::a\($0)\($1):", 112) },  // translated, RFC 6052
        { ("::a\($0)\($1):", 112) },  // IPv4-compatible
        { ("::ffff:0:a\($0)\($1):", 112) },  // beside IPv4-mapped
        { ("::fffe:a\($0)\($1):", 112) },
    ]

    private mutating func addBridge(_ bridge: Int, to number: Int) {
        let name = bridge == 0 ? "own" : "two"
        let four = "10.\(number).\(bridge)"
        let six = Self.blocks[draws("IPv6 subnet of a special block", 8) ? dice.number(1...Self.blocks.count - 1) : 0](
            number, bridge)
        let mtu =
            draws("small MTU on a bridge", 12)
            ? [Draft.Setting("mtu", "\(dice.choice([1280, 1350, 1450]) ?? 1350)")] : []
        let hasAddress = !draws("bridge without an address", 6)
        let own =
            hasAddress
            ? [Draft.Setting("addresses", list: addresses("\(four).1/24", "\(six.base)1/\(six.length)"))] : []
        draft.hosts[number].bridges.append(.init(name, own + mtu))
        if hasAddress { route("\(four).0/24", "\(six.base)0/\(six.length)", to: number) }
        for index in 0..<dice.number(1...3) {
            let length = draws("nested subnets on a segment", 1) ? 25 : 24
            var own = addresses("\(four).\(11 + index)/\(length)", "\(six.base)\(11 + index)/\(six.length)")
            if draws("several addresses on an interface", 8) {
                own += addresses("\(four).\(61 + index)/24", "\(six.base)\(61 + index)/\(six.length)")
            }
            var more = extras()
            if more.isEmpty, !hasIPv6, hasAddress, draws("routes of a container", 6) {
                more = [
                    .init("gateway", "none"),
                    .init("routes", list: ["10.0.0.0/8", "172.16.0.0/12"].map { "{to: \($0), via: \(four).1}" }),
                ]
            }
            draft.hosts[number].containers.append(
                .init(
                    "c\(number)x\(bridge)x\(index)",
                    [.init("bridge", name), .init("addresses", list: own)] + mtu + more))
        }
        if bridge == 0, hasAddress, draft.hosts[number].forwards, draws("router in a container", 15) {
            addInner(to: number)
        }
    }

    /// A container that routes, with a bridge behind it on which the host has no address.
    private mutating func addInner(to number: Int) {
        draft.hosts[number].bridges.append(.init("in", []))
        let outer = addresses("10.\(number).0.254/24", "fd00:10:\(number):0::254/64").joined(separator: ", ")
        let inner = addresses("10.\(number).200.1/24", "fd00:10:\(number):200::1/64").joined(separator: ", ")
        draft.hosts[number].containers.append(
            .init(
                "r\(number)",
                [
                    .init("forwarding", "true"),
                    .init(
                        "interfaces",
                        mapping: [
                            "eth0: {bridge: own, addresses: [\(outer)]}", "eth1: {bridge: in, addresses: [\(inner)]}",
                        ]),
                ]))
        for index in 0..<dice.number(1...2) {
            draft.hosts[number].containers.append(
                .init(
                    "i\(number)x\(index)",
                    [
                        .init("bridge", "in"),
                        .init(
                            "addresses",
                            list: addresses(
                                "10.\(number).200.\(11 + index)/24", "fd00:10:\(number):200::\(11 + index)/64")),
                    ]))
        }
        route("10.\(number).200.0/24", "fd00:10:\(number):200::/64", to: number)
        for to in addresses("10.\(number).200.0/24", "fd00:10:\(number):200::/64") {
            draft.hosts[number].routes.append("{to: \(to), via: r\(number)}")
        }
    }

    private mutating func addLink(_ index: Int, to number: Int) {
        let four = "10.\(number).\(100 + index)"
        let six = "fd00:10:\(number):\(100 + index)::/\(dice.falls(30) ? 127 : 64)"
        let mtu = draws("small MTU on a link", 10) ? [Draft.Setting("mtu", "1320")] : []
        let prefix = "\(four).0/\(dice.falls(30) ? 31 : 30)"
        route(prefix, six, to: number)
        let link: Draft.Setting
        if hasIPv4, !hasIPv6, draws("link with both addresses", 25) {
            link = .init("p2p", mapping: ["host: \(four).2/30", "container: \(four).1/30"])
            subnets[subnets.count - 1] = Subnet(prefix: "\(four).0/30", host: number)
        } else {
            link = .init("p2p", list: addresses(prefix, six))
        }
        draft.hosts[number].containers.append(.init("p\(number)x\(index)", [link] + mtu + extras()))
    }

    /// Containers in a LAN whose own host is no router, while there are several others, must say which.
    private mutating func giveGateways(on lan: Int, of host: Int) {
        let routers = members[lan].filter { draft.hosts[$0].forwards }
        guard !draft.hosts[host].forwards, routers.count > 1, let router = dice.choice(routers) else { return }
        let gateways = addresses("172.16.\(lan).\(router + 1)", "fd00:16:\(lan)::\(router + 1)")
        for (place, container) in draft.hosts[host].containers.enumerated()
        where container["bridge"] == ["br\(lan)"] && container["gateway"].isEmpty {
            draft.hosts[host].containers[place].settings.append(.init("gateway", list: gateways))
        }
    }
}
