import TopoModel
import TopoNetwork
import TopoPlan

/// A container with one veth pair to its host, and how it calls what it meets.
struct ContainerLink {
    let container: Int
    /// Its interface.
    let own: NetworkInterface
    let ownNumber: Int
    /// The host's end.
    let peer: NetworkInterface
    let peerNumber: Int

    /// Nil for a node of any other form: a host, a router, or one with several interfaces or addresses of a family.
    init?(_ node: Int, in network: Network) {
        let found = network.nodes[node]
        guard found.name.container != nil, found.forwards.isEmpty, found.interfaces.count == 1 else { return nil }
        let number = found.interfaces[0]
        guard case .veth(let peer) = network.interfaces[number].wire else { return nil }
        (container, ownNumber, peerNumber) = (node, number, peer)
        own = network.interfaces[number]
        self.peer = network.interfaces[peer]
        let isPlain = AddressFamily.allCases.allSatisfy { family in
            [own, self.peer].allSatisfy { end in end.addresses.count { $0.address.family == family } < 2 }
        }
        guard isPlain, self.peer.master == nil || self.peer.addresses.isEmpty, own.master == nil else { return nil }
    }

    /// All addresses of the link, the container's first.
    var addresses: [(isPeers: Bool, address: InterfaceAddress)] {
        own.addresses.map { (false, $0) } + peer.addresses.map { (true, $0) }
    }

    func place(_ interface: Int) -> ContainerKind.Place {
        interface == ownNumber ? .own : interface == peerNumber ? .peer : .other(interface)
    }

    func name(_ address: IPAddress) -> ContainerKind.Name {
        if own.addresses.contains(where: { $0.address == address }) { return .own }
        return peer.addresses.contains { $0.address == address } ? .peer : .other(address)
    }

    func action(_ action: TableRoute.Action) -> ContainerKind.Decision.Action {
        switch action {
        case .onLink(let interface, let source): .onLink(place(interface.index), source: source.map(name))
        case .via(let hop, let interface): .via(name(hop), place(interface.index))
        case .multipath(let hops):
            .multipath(hops.map { .init(address: name($0.address), interface: place($0.interface.index)) })
        case .invalid(let hop): .invalid(name(hop))
        case .unreachable: .unreachable
        case .blackhole: .blackhole
        }
    }

    /// A prefix that holds the addresses of this link alone.
    func destination(_ prefix: Prefix) -> ContainerKind.Destination {
        .own(
            length: prefix.length, holdsOwn: own.addresses.map { prefix.contains($0.address) },
            holdsPeer: peer.addresses.map { prefix.contains($0.address) })
    }
}
