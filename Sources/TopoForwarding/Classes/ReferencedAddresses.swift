import TopoModel
import TopoNetwork
import TopoPlan

/// The addresses of a network, and which of them only their own link speaks of.
struct ReferencedAddresses {
    /// The containers on whose link an address is that nothing else speaks of, and that nobody else has.
    let places: [IPAddress: Int]
    /// All addresses that packets are for, with their container as in `places`.
    let all: [(address: IPAddress, link: Int?)]

    /// - Parameter containers: the containers of the links that interfaces belong to.
    init(_ network: Network, _ containers: [Int: Int]) {
        var places: [IPAddress: Int] = [:]
        for (address, owners) in network.owners where owners.count == 1 {
            places[address] = containers[owners[0].interface]
        }
        var spoken: Set<IPAddress> = []
        for (number, node) in network.nodes.enumerated() {
            for route in node.routes.inUse.flatMap(\.ways) {
                switch route.action {
                case .via(let hop, _), .invalid(let hop): if places[hop] != number { spoken.insert(hop) }
                case .onLink, .multipath, .unreachable, .blackhole: break
                }
            }
        }
        for node in network.nodes { spoken.formUnion(node.nat.ports.map(\.target)) }
        spoken.formUnion(network.announcers.keys)
        for tunnel in network.tunnels {
            if let local = tunnel.local { spoken.insert(local) }
            switch tunnel.plan.kind {
            case .gretap(let remote, _): spoken.insert(remote.value)
            case .vxlan(_, .group(let group), _): spoken.insert(group)
            case .vxlan(_, .remotes(let remotes), _): spoken.formUnion(remotes.map(\.value))
            }
        }
        for address in spoken { places[address] = nil }
        self.places = places
        all = spoken.union(network.owners.keys).map { ($0, places[$0]) }
    }

    /// The nodes that choose among several IPv6 addresses by how much of a destination they share.
    static func choosyNodes(_ network: Network) -> Set<Int> {
        Set(
            network.nodes.indices.filter { number in
                let node = network.nodes[number]
                func count(_ interface: Int) -> Int {
                    network.interfaces[interface].addresses.count { $0.address.family == .ipv6 }
                }
                if node.interfaces.contains(where: { count($0) > 1 }) { return true }
                guard node.interfaces.reduce(0, { $0 + count($1) }) > 1 else { return false }
                return node.routes.inUse.contains { route in
                    route.destination.family == .ipv6 && route.interface.map { count($0.index) == 0 } ?? false
                }
            })
    }

    /// The prefixes that such a choice tells destinations apart by: every start of an address, and the labels' (RFC 6724).
    static func distinctions(of choosy: Set<Int>, _ network: Network) -> Set<Prefix> {
        if choosy.isEmpty { return [] }
        var prefixes: Set<Prefix> = []
        for (bits, length) in [(0xFC00, 7), (0x2002, 16), (0x2001_0000, 32), (0x2001_0010, 28), (0xFFFF, 96), (0, 96)] {
            let address = IPAddress(.ipv6, bits: UInt128(bits) << UInt128(length == 96 ? 32 : length > 16 ? 96 : 112))
            prefixes.insert(Prefix(containing: address, length: length))
        }
        for interface in network.interfaces where choosy.contains(interface.node) {
            for address in interface.addresses where address.address.family == .ipv6 {
                for length in 0...address.length {
                    prefixes.insert(Prefix(containing: address.address, length: length))
                }
            }
        }
        return prefixes
    }
}
