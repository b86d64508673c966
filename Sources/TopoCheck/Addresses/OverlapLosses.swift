import TopoModel
import TopoNetwork

/// What becomes of packets where one subnet holds another.
struct OverlapLosses {
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
    private let kept: KeptApart
    private var walks: RouteWalks
    private var domains: RoutedDomains

    /// Prepares to judge.
    /// - Parameter mustForward: nodes that do not forward and must: they are taken to do so.
    init(_ network: Network, mustForward: Set<Int>) {
        self.network = network
        kept = KeptApart(network)
        walks = RouteWalks(network, mustForward: mustForward)
        domains = RoutedDomains(network, mustForward: mustForward)
    }

    /// Judges a subnet and those that it overlaps with.
    mutating func judge(_ subnet: SubnetList.Subnet, _ others: [SubnetList.Subnet]) -> Judgement {
        guard network.topology.isComplete else { return .isLost }
        for other in others {
            let (wide, narrow) = subnet.prefix.length < other.prefix.length ? (subnet, other) : (other, subnet)
            let isDelivered =
                other.segment == subnet.segment
                ? isDelivered(between: narrow.prefix, within: wide.prefix, on: subnet.segment)
                : isDelivered(to: narrow, besides: wide)
            if !isDelivered { return .isLost }
        }
        let all = [subnet] + others
        return all.allSatisfy { $0.say == .lan && $0.segment == subnet.segment } ? .isDeclared : .isDelivered
    }

    /// Sends packets to the addresses on either segment that are in both subnets: from every node of a segment to one of them, and
    /// from one node, and those that are on both segments, to all of them.
    ///
    /// A node is to be reached from its own segment, and from the other where packets are routed between the two.
    private mutating func isDelivered(to narrow: SubnetList.Subnet, besides wide: SubnetList.Subnet) -> Bool {
        let family = narrow.prefix.family
        let areJoined = domains.domain(of: narrow.segment, family) == domains.domain(of: wide.segment, family)
        let all = [narrow.segment, wide.segment].map { segment in
            network.addresses(on: segment).map { network.addresses[$0] }.filter {
                $0.value.address.family == family && !$0.value.address.isIPv6LinkLocal
            }
        }
        let both = Set(all[0].map(\.node)).intersection(all[1].map(\.node)).sorted()
        for targets in all.map({ $0.filter { narrow.prefix.contains($0.value.address) } }) {
            // Who is on both segments answers on both, and so is no example of who is on one.
            guard let example = targets.first(where: { !both.contains($0.node) }) ?? targets.first else { continue }
            for sources in all.map({ $0.map(\.node) }) where areJoined || sources.contains(example.node) {
                let usual = sources.first { !both.contains($0) && $0 != example.node }
                if sources.contains(where: { isLost(from: $0, to: example) }) { return false }
                if let usual, targets.contains(where: { isLost(from: usual, to: $0) }) { return false }
            }
            for source in both where targets.contains(where: { isLost(from: source, to: $0) }) { return false }
        }
        return true
    }

    /// Whether a node looks for an address on a segment where nobody answers for it.
    private mutating func isLost(from source: Int, to target: Network.AssignedAddress) -> Bool {
        guard source != target.node, !kept.areApart(source, target.node) else { return false }
        switch walks.way(from: source, to: target).ending {
        case .unanswered: return true
        case .delivered, .noRoute, .loop, .blocked, .unknown: return false
        }
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
        switch walks.way(from: source.node, to: target).ending {
        case .delivered: return true
        // Who says that it wants no gateway is heard, and an address that its node does not send from gets no answers.
        case .noRoute(let node):
            return saysNone(network.nodes[node])
                || walks.source(from: target.node, to: source.value.address) != target.value.address
        case .loop, .blocked, .unanswered, .unknown: return false
        }
    }

    private func saysNone(_ node: Network.Node) -> Bool {
        switch node.container?.gateway {
        case .none?: node.routes.isEmpty
        case .derived?, .routers?, nil: false
        }
    }
}
