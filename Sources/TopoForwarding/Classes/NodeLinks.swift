import TopoModel
import TopoNetwork
import TopoPlan

/// The links of containers, and all that tells one from another.
struct NodeLinks {
    /// The links of containers that have one, by the container's number.
    private(set) var links: [ContainerLink?]
    private let network: Network
    private let tree: PrefixTree
    private let numbers: [Prefix: Int]
    /// What nodes do with packets for a prefix, in the order of the plan.
    private let decisions: [Prefix: [(node: Int, action: TableRoute.Action)]]
    /// The containers on whose link an address is, where nothing else speaks of it.
    private let places: [IPAddress: Int]
    /// The containers that something else in the network speaks of.
    private var named: Set<Int> = []
    private let choosy: Set<Int>

    init(_ network: Network) {
        self.network = network
        links = network.nodes.indices.map { ContainerLink($0, in: network) }
        var containers: [Int: Int] = [:]
        for link in links.compactMap(\.self) {
            containers[link.ownNumber] = link.container
            containers[link.peerNumber] = link.container
        }
        let spoken = ReferencedAddresses(network, containers)
        places = spoken.places
        choosy = ReferencedAddresses.choosyNodes(network)
        var decisions: [Prefix: [(node: Int, action: TableRoute.Action)]] = [:]
        for (number, node) in network.nodes.enumerated() {
            for route in node.routes.inUse { decisions[route.destination, default: []].append((number, route.action)) }
        }
        self.decisions = decisions
        let translating = network.nodes.flatMap(\.nat.prefixes)
        let prefixes = Set(decisions.keys).union(ReferencedAddresses.distinctions(of: choosy, network))
            .union(translating)
        let tree = PrefixTree(Array(prefixes), spoken.all)
        self.tree = tree
        numbers = Dictionary(uniqueKeysWithValues: tree.prefixes.indices.map { (tree.prefixes[$0], $0) })
        noteNamed(containers)
        // A rule of NAT that is for one container alone speaks of it.
        for prefix in translating {
            if let number = numbers[prefix], case .one(let container) = tree.holdings[number] {
                named.insert(container)
            }
        }
    }

    /// Notes the containers whose link routes of others, tunnels or NICs speak of.
    private mutating func noteNamed(_ containers: [Int: Int]) {
        for (number, node) in network.nodes.enumerated() {
            for route in node.routes.inUse.flatMap(\.ways) {
                guard let interface = route.interface?.index, let container = containers[interface],
                    container != number,
                    let prefix = numbers[route.destination], tree.holdings[prefix] != .one(container)
                else { continue }
                named.insert(container)
            }
        }
        for device in network.tunnels.compactMap(\.device) {
            if let container = containers[device] { named.insert(container) }
        }
        let adapters = Set(
            network.interfaces.compactMap { interface in
                if case .lan = interface.wire { interface.mac } else { nil }
            })
        for link in links.compactMap(\.self) {
            if let mac = link.own.mac, adapters.contains(mac) { named.insert(link.container) }
        }
    }

    /// Whether anything in the network makes a container unlike all others.
    func isNamed(_ link: ContainerLink) -> Bool {
        if named.contains(link.container) { return true }
        if link.addresses.contains(where: { places[$0.address.address] != link.container }) { return true }
        guard link.peer.master == nil else { return false }
        let host = link.peer.node
        return link.addresses.contains { isPeers, address in
            let family = address.address.family
            if family == .ipv6, choosy.contains(host) { return true }
            // The address by which the host is asked, and by which it asks where an interface has none.
            return isPeers && network.addresses(of: host, family).first == address.address
        }
    }

    /// What a container is like; nil where its own subnet has others in it, which can take its host's end for theirs.
    func kind(_ link: ContainerLink) -> ContainerKind? {
        var addresses: [ContainerKind.Address] = []
        for (isPeers, address) in link.addresses {
            if link.peer.master == nil, address.length < address.address.family.width,
                numbers[address.prefix].map({ tree.holdings[$0] }) != .one(link.container)
            {
                return nil
            }
            addresses.append(self.address(address, isPeers, link))
        }
        var routes: Set<ContainerKind.OwnRoute> = []
        for route in network.nodes[link.container].routes.inUse {
            guard let number = numbers[route.destination] else { continue }
            switch tree.holdings[number] {
            case .nobody: continue
            case .one(link.container):
                routes.insert(
                    .init(destination: link.destination(route.destination), action: link.action(route.action)))
            case .one, .many:
                routes.insert(.init(destination: .other(number), action: link.action(route.action)))
            }
        }
        return ContainerKind(
            host: link.peer.node, bridge: link.peer.master, vlans: link.peer.vlans, interface: link.own.name,
            mtu: link.own.mtu,
            addresses: addresses, routes: routes)
    }

    private func address(
        _ address: InterfaceAddress, _ isPeers: Bool, _ link: ContainerLink
    ) -> ContainerKind.Address {
        var layers: [ContainerKind.Layer] = []
        var next = tree.prefix(holding: address.address)
        while let number = next, tree.holdings[number] == .one(link.container) {
            let prefix = tree.prefixes[number]
            let found = decisions[prefix, default: []].map { node, action in
                ContainerKind.Decision(
                    node: node == link.container ? nil : node, action: link.action(action))
            }
            layers.append(.init(destination: link.destination(prefix), decisions: Set(found)))
            next = tree.parents[number]
        }
        return .init(
            isPeers: isPeers, family: address.address.family, length: address.length, layers: layers, shared: next)
    }
}
