import TopoModel
import TopoNetwork

/// The subnets that are meant to be on each segment: what its LANs declare, and what its bridges, NICs and routers have.
struct DeclaredSubnets {
    /// A subnet that a LAN declares.
    struct LANSubnet {
        /// The LAN's name.
        let lan: String
        /// The subnet.
        let prefix: Located<Prefix>
    }

    /// Subnets that can be asked for an address in a time that does not depend on their number.
    struct Lookup {
        private var prefixes: Set<Prefix> = []
        private var lengths: Set<Int> = []

        fileprivate mutating func insert(_ prefix: Prefix) {
            prefixes.insert(prefix)
            lengths.insert(prefix.length)
        }

        /// True where one of them holds `address`.
        func contains(_ address: IPAddress) -> Bool {
            lengths.contains { length in
                length <= address.family.width
                    && prefixes.contains(Prefix(containing: address, length: length))
            }
        }
    }

    private var lans: [[LANSubnet]]
    private var routers: [Lookup]

    /// Collects them.
    init(_ network: Network) {
        lans = Array(repeating: [], count: network.segments.all.count)
        routers = Array(repeating: Lookup(), count: network.segments.all.count)
        for lan in network.topology.lans {
            guard let segment = network.segments.index(ofLAN: lan.name.value) else { continue }
            lans[segment] += lan.subnets.map { LANSubnet(lan: lan.name.value, prefix: $0) }
        }
        for address in network.addresses {
            switch address.member.kind {
            case .nic, .bridge, .tunnel, .pointToPointHost: routers[address.segment].insert(address.value.prefix)
            case .loopback: break
            case .vlan where address.member.interface.container == nil:
                routers[address.segment].insert(address.value.prefix)
            case .container, .pointToPointContainer, .vlan:
                if address.member.forwards { routers[address.segment].insert(address.value.prefix) }
            }
        }
    }

    /// What the LANs of a segment declare for a family.
    func ofLANs(on segment: Int, _ family: AddressFamily) -> [LANSubnet] {
        lans[segment].filter { $0.prefix.value.family == family }
    }

    /// What the hosts and routers of a segment have there.
    func ofRouters(on segment: Int) -> Lookup { routers[segment] }
}
