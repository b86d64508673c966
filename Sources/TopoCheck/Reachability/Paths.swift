import TopoModel
import TopoNetwork

/// Who is to be reached through whom, as far as segments and next hops tell.
struct Paths {
    /// Packets of nodes that have nothing but their gateway.
    private struct PlainUse: Hashable {
        let router: Int
        let segments: [Int]
        let destination: Prefix
    }

    private let network: Network
    /// Where packets would go if every node forwarded.
    private var walks: RouteWalks
    /// By router and address, as indices, whether the router's packets would get there.
    private var reached: [Int: [Int: Bool]] = [:]
    /// Those with nobody beyond the router.
    private var fruitless: Set<PlainUse> = []

    /// Prepares to look for paths in a network.
    init(_ network: Network) {
        self.network = network
        walks = RouteWalks(network, mustForward: Set(network.nodes.indices))
    }

    /// The first node that packets of `sender` for `destination` are meant to reach through `router`.
    ///
    /// A default route is for containers: that a host could be reached too does not make a router of its neighbour. Who would not
    /// be reached either if the router forwarded, does not need it to.
    /// - Returns: the node's index; nil where there is nobody beyond the router.
    mutating func target(beyond router: Int, for destination: Prefix, from sender: Int) -> Int? {
        let isPlain = network.nodes[sender].routes.isEmpty
        let use = PlainUse(router: router, segments: network.nodes[sender].segments, destination: destination)
        if isPlain, fruitless.contains(use) { return nil }
        let found = search(beyond: router, for: destination, from: sender)
        if isPlain, found == nil { fruitless.insert(use) }
        return found
    }

    private mutating func search(beyond router: Int, for destination: Prefix, from sender: Int) -> Int? {
        // Segments on which it is nobody's neighbour are beyond the router like others.
        let near = Set(network.nodes[sender].addresses.map { network.addresses[$0].segment })
        var seen = [sender, router]
        var fallback: Int?
        var next = 1
        while next < seen.count {
            let hop = network.nodes[seen[next]]
            for segment in hop.segments where !near.contains(segment) {
                for index in network.addresses(on: segment) {
                    let address = network.addresses[index]
                    // A node answers for each of its addresses on every interface, without forwarding.
                    guard address.node != sender, address.node != router, address.node != seen[next] else { continue }
                    guard destination.contains(address.value.address) else { continue }
                    guard sends(sender, to: address.value.address, by: router) else { continue }
                    let target = network.nodes[address.node]
                    guard destination.length > 0 || target.container != nil, reaches(index, from: router) else {
                        continue
                    }
                    // An end is a better example than a router on the way to it.
                    if target.segments.count == 1 { return address.node }
                    fallback = fallback ?? address.node
                }
            }
            for further in nextHops(of: seen[next], for: destination) where !seen.contains(further) {
                seen.append(further)
            }
            next += 1
        }
        return fallback
    }

    /// Whether a router's packets for an address would get there, if every node forwarded.
    private mutating func reaches(_ index: Int, from router: Int) -> Bool {
        if let known = reached[router]?[index] { return known }
        let isReached = walks.way(from: router, to: network.addresses[index]).ending == .delivered
        reached[router, default: [:]][index] = isReached
        return isReached
    }

    /// Whether a node hands packets for an address to this router, and to nobody else by a longer route.
    private mutating func sends(_ sender: Int, to address: IPAddress, by router: Int) -> Bool {
        let ways = walks.table(of: sender).route(to: address)?.ways ?? []
        return ways.contains { way in
            guard case .via(let next, _) = way.action else { return false }
            return network.nodes[router].addresses.contains { network.addresses[$0].value.address == next }
        }
    }

    /// The first container that is behind the sender of a use, or the sender itself.
    func source(behind use: NextHopUse, to target: Int) -> Int {
        let sender = network.nodes[use.sender]
        guard sender.container == nil else { return use.sender }
        let far = network.nodes[use.router].segments + network.nodes[target].segments
        for segment in sender.segments where !far.contains(segment) {
            for index in network.addresses(on: segment) {
                let address = network.addresses[index]
                let isContainer = network.nodes[address.node].container != nil
                if isContainer, address.value.address.family == use.destination.family { return address.node }
            }
        }
        return use.sender
    }

    /// The host of a container that has no gateway because its host, whose address is on its bridge, does not forward;
    /// nil where it has one, or shares a subnet with `target`.
    func lackingGateway(of sender: Int, to target: Int) -> Int? {
        let node = network.nodes[sender]
        guard let container = node.container, let router = network.node(host: node.host.name.value, container: nil)
        else { return nil }
        guard case .derived = container.gateway, !network.nodes[router].forwards, router != target else { return nil }
        let segments = Set(node.segments)
        guard !isNeighbour(target, of: sender) else { return nil }
        guard network.gateways.gateways(of: container, on: node.host).isEmpty else { return nil }
        let isOnLink = network.nodes[router].addresses.contains { index in
            let address = network.addresses[index]
            return segments.contains(address.segment)
                && node.addresses.contains { network.addresses[$0].value.prefix.contains(address.value.address) }
        }
        return isOnLink ? router : nil
    }

    /// Whether a node has an address in a subnet that another has on a segment of both.
    private func isNeighbour(_ one: Int, of other: Int) -> Bool {
        let far = network.nodes[one].addresses.map { network.addresses[$0] }
        return network.nodes[other].addresses.contains { index in
            let own = network.addresses[index]
            return far.contains { $0.segment == own.segment && own.value.prefix.contains($0.value.address) }
        }
    }

    /// The nodes to which a node hands packets for a destination, or for a part of it.
    private func nextHops(of index: Int, for destination: Prefix) -> [Int] {
        let node = network.nodes[index]
        var addresses: [IPAddress] = []
        for route in node.routes where route.to.value.overlaps(destination) {
            addresses += route.nextHops.map(\.address)
        }
        if let container = node.container {
            addresses += network.gateways.gateways(of: container, on: node.host).map(\.address)
        }
        return addresses.compactMap { address in
            network.neighbour(address, of: index).map { network.addresses[$0].node }
        }
    }
}
