import TopoModel
import TopoNetwork

/// What becomes of packets between two subnets of one segment, of which one holds the other.
struct NestedSubnets {
    /// What becomes of them.
    enum Judgement {
        /// Somebody's packet or answer does not arrive.
        case isLost
        /// All arrive: on the segment itself, or by a router that is in both.
        case isDelivered
        /// LANs declare both subnets, and all packets arrive: they are meant.
        case isDeclared
    }

    private let network: Network
    private var walks: RouteWalks

    /// Prepares to judge.
    /// - Parameter mustForward: nodes that do not forward and must: they are taken to do so.
    init(_ network: Network, mustForward: Set<Int>) {
        self.network = network
        walks = RouteWalks(network, mustForward: mustForward)
    }

    /// Judges a subnet and those that it overlaps with; subnets of different segments lose packets.
    mutating func judge(_ subnet: SubnetList.Subnet, _ others: [SubnetList.Subnet]) -> Judgement {
        guard others.allSatisfy({ $0.segment == subnet.segment }), network.topology.isComplete else { return .isLost }
        for other in others {
            let (wide, narrow) =
                subnet.prefix.length < other.prefix.length
                ? (subnet.prefix, other.prefix) : (other.prefix, subnet.prefix)
            if !isDelivered(between: narrow, within: wide, on: subnet.segment) { return .isLost }
        }
        return subnet.say == .lan && others.allSatisfy { $0.say == .lan } ? .isDeclared : .isDelivered
    }

    /// Sends a packet each way between every node that is in the narrow subnet alone and one that is outside of it, and
    /// between every one of these and one of those.
    private mutating func isDelivered(between narrow: Prefix, within wide: Prefix, on segment: Int) -> Bool {
        let all = network.addresses(on: segment).map { network.addresses[$0] }
        let inBoth = Set(all.filter { $0.value.prefix == narrow }.map(\.node))
            .intersection(all.filter { $0.value.prefix == wide }.map(\.node))
        let near = all.filter { $0.value.prefix == narrow && !inBoth.contains($0.node) }
        let far = all.filter {
            $0.value.prefix == wide && !narrow.contains($0.value.address) && !inBoth.contains($0.node)
        }
        guard let first = near.first, let second = far.first else { return true }
        let pairs = near.map { ($0, second) } + far.dropFirst().map { (first, $0) }
        return pairs.allSatisfy { arrives(from: $0.0, at: $0.1) && arrives(from: $0.1, at: $0.0) }
    }

    private mutating func arrives(from source: Network.AssignedAddress, at target: Network.AssignedAddress) -> Bool {
        walks.way(from: source.node, to: target).ending == .delivered
    }
}
