import TopoModel

/// The routers of a topology with the subnets that they are on, by number.
struct RouterMap {
    /// A router on a subnet, by its first address there.
    struct Attachment {
        let router: Int
        let address: IPAddress
    }

    /// A subnet of one segment.
    struct Subnet {
        let prefix: Prefix
        /// The routers on it.
        var attachments: [Attachment] = []
        /// True where a LAN's gateway on it is nobody of the topology.
        var hasForeignRouter = false
        /// True for one that something is routed to.
        var isGoal = true
    }

    /// A part of the address space of which a router refuses what is in none of its subnets.
    struct Whole {
        let prefix: Prefix
        let router: Int
    }

    /// Packets that a router gives another source where they leave it by a subnet: nobody there needs a route to whom they are from.
    struct Hiding {
        /// The subnets of the interface that they leave by.
        let out: Set<Int>
        let rule: NAT.Rule

        /// Whether all of a subnet is hidden from who gets its packets by another.
        func hides(_ prefix: Prefix, from place: Int) -> Bool {
            out.contains(place) && rule.takesAll(from: prefix)
        }
    }

    /// A host or container.
    struct Node {
        let host: String
        let container: String?
        /// Its number among the routers; nil where it does not forward.
        var router: Int?
        /// The destinations of its written routes.
        let written: Set<Prefix>
        /// The subnets that it is on.
        var subnets: [Int] = []
    }

    /// Hosts and containers, in the order of the file.
    private(set) var nodes: [Node] = []
    /// The routers, by their numbers in `nodes`.
    private(set) var routers: [Int] = []
    /// The subnets that a router is on, in the order of the file.
    private(set) var subnets: [Subnet] = []
    /// The subnets of each router.
    private(set) var subnetsOfRouter: [[Int]] = []
    /// Those that are routed to as one.
    private(set) var wholes: [Whole] = []
    /// The subnets that are on several segments.
    private(set) var twice: [Prefix] = []
    /// Those that may be, where routers hide some: no router may see two of them.
    private(set) var doubtful: Set<Prefix> = []
    /// What routers hide, by their numbers.
    private(set) var hiding: [Int: [Hiding]] = [:]

    init(of topology: Topology) {
        for host in topology.hosts {
            add(host.name.value, nil, host.forwarding?.value ?? false, host.routes)
            for container in host.containers {
                add(host.name.value, container.name.value, container.forwarding?.value ?? false, container.routes)
            }
        }
        subnetsOfRouter = routers.map { _ in [] }
        let segments = Segments(of: topology)
        addSubnets(of: segments)
        addRoutedLinks(of: topology, segments)
        addHiding(of: topology, segments)
        findTwice()
        addWholes(of: topology)
    }

    private mutating func add(_ host: String, _ container: String?, _ isRouter: Bool, _ routes: [Route]) {
        nodes.append(
            Node(
                host: host, container: container, router: isRouter ? routers.count : nil,
                written: Set(routes.map(\.to.value))))
        if isRouter { routers.append(nodes.count - 1) }
    }

    private mutating func addSubnets(of segments: Segments) {
        for segment in segments.all {
            var places: [Prefix: Int] = [:]
            for member in segment.members {
                let node = member.node
                for address in member.addresses.map(\.value)
                where !address.address.isIPv6LinkLocal && !member.isLinkEnd(address) && !member.isSingle(address) {
                    let place = places[address.prefix] ?? subnets.count
                    if place == subnets.count {
                        places[address.prefix] = place
                        subnets.append(Subnet(prefix: address.prefix))
                    }
                    guard !nodes[node].subnets.contains(place) else { continue }
                    nodes[node].subnets.append(place)
                    guard let router = nodes[node].router else { continue }
                    subnets[place].attachments.append(Attachment(router: router, address: address.address))
                    subnetsOfRouter[router].append(place)
                }
            }
            for gateway in segment.foreignGateways {
                for (prefix, place) in places where prefix.contains(gateway.address) {
                    subnets[place].hasForeignRouter = true
                }
            }
        }
        // What no router is on cannot be routed to.
        for place in subnets.indices where subnets[place].attachments.isEmpty { subnets[place].isGoal = false }
    }

    /// Adds the single addresses at the ends of hosts' links, each a subnet that the host alone is on. Where a host announces one to
    /// those who look for it themselves, nobody needs a route.
    private mutating func addRoutedLinks(of topology: Topology, _ segments: Segments) {
        let announced = Announcements(of: topology, segments).all.filter { announcement in
            announcement.segment.map { segments.all[$0].looksFor(announcement.address.value.address) } ?? false
        }
        let sought = Set(announced.map(\.interface))
        var node = 0
        for host in topology.hosts {
            for (link, interface) in host.routedLinks where !sought.contains(interface) {
                addRoutedLink(link, of: node)
            }
            node += 1 + host.containers.count
        }
    }

    private mutating func addRoutedLink(_ link: PointToPointLink, of host: Int) {
        guard let router = nodes[host].router else { return }
        nodes[host].subnets.append(subnets.count)
        subnetsOfRouter[router].append(subnets.count)
        subnets.append(
            Subnet(
                prefix: link.container.value.prefix,
                attachments: [Attachment(router: router, address: link.host.value.address)]))
    }

    private mutating func addHiding(of topology: Topology, _ segments: Segments) {
        var node = 0
        for host in topology.hosts {
            defer { node += 1 + host.containers.count }
            guard let router = nodes[node].router, !host.nat.isEmpty else { continue }
            let own = subnetsOfRouter[router]
            hiding[router] = NAT(of: host).rules.map { rule in
                Hiding(out: Set(own.filter { rule.neighbours.contains(subnets[$0].prefix) }), rule: rule)
            }
        }
    }

    /// Whether a router hides all of a subnet from who gets its packets by another of its subnets.
    func hides(_ subnet: Int, behind router: Int, from place: Int) -> Bool {
        hiding[router]?.contains { $0.hides(subnets[subnet].prefix, from: place) } ?? false
    }

    private mutating func findTwice() {
        var counts: [Prefix: Int] = [:]
        for subnet in subnets { counts[subnet.prefix, default: 0] += 1 }
        var told: Set<Prefix> = []
        for place in subnets.indices where counts[subnets[place].prefix, default: 0] > 1 {
            guard hiding.isEmpty else {
                doubtful.insert(subnets[place].prefix)
                continue
            }
            subnets[place].isGoal = false
            if told.insert(subnets[place].prefix).inserted { twice.append(subnets[place].prefix) }
        }
    }

    /// Finds the routers that refuse the rest of a prefix: what they alone are on within it is not routed to by itself.
    private mutating func addWholes(of topology: Topology) {
        var node = 0
        for host in topology.hosts {
            addWholes(host.routes, node)
            node += 1
            for container in host.containers {
                addWholes(container.routes, node)
                node += 1
            }
        }
    }

    private mutating func addWholes(_ routes: [Route], _ node: Int) {
        guard let router = nodes[node].router else { return }
        for route in routes where route.to.value.length > 0 {
            switch route.action {
            case .via, .multipath, .dev: continue
            case .unreachable, .blackhole: break
            }
            var isWhole = false
            for place in subnetsOfRouter[router] {
                let subnet = subnets[place]
                guard subnet.isGoal, route.to.value.contains(subnet.prefix),
                    subnet.attachments.allSatisfy({ $0.router == router })
                else { continue }
                subnets[place].isGoal = false
                isWhole = true
            }
            if isWhole { wholes.append(Whole(prefix: route.to.value, router: router)) }
        }
    }

    /// Of the doubtful subnets those of which a router, with these ways to subnets and its own, sees two.
    func conflicts(at router: Int, _ ways: [StaticRoutes.Way]) -> Set<Prefix> {
        guard !doubtful.isEmpty else { return [] }
        var counts: [Prefix: Int] = [:]
        for prefix in subnetsOfRouter[router].map({ subnets[$0].prefix }) + ways.map(\.to)
        where doubtful.contains(prefix) { counts[prefix, default: 0] += 1 }
        return Set(counts.filter { $0.value > 1 }.keys)
    }

    /// Whether a router has an address of a family.
    func isOn(_ router: Int, _ family: AddressFamily) -> Bool {
        subnetsOfRouter[router].contains { subnets[$0].prefix.family == family }
    }

    /// The default routes of a host that does not forward: by the only router on its segments. A container's gateway is derived
    /// without them.
    func defaults(of node: Node) -> [StaticRoutes.Way] {
        guard node.container == nil else { return [] }
        return AddressFamily.allCases.compactMap { family in
            guard !node.written.contains(.everything(family)) else { return nil }
            let own = node.subnets.filter { subnets[$0].prefix.family == family }
            guard !own.contains(where: { subnets[$0].hasForeignRouter }) else { return nil }
            let attachments = own.flatMap { subnets[$0].attachments }
            guard let first = attachments.first, attachments.allSatisfy({ $0.router == first.router }) else {
                return nil
            }
            return StaticRoutes.Way(to: .everything(family), via: first.address)
        }
    }
}
