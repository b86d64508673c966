import TopoModel
import TopoNetwork

/// What hosts with NAT keep from others: the addresses of those behind them.
extension Network {
    /// The rule by which a node gives packets another source as they leave it, and that address, as an index in `addresses`; nil where
    /// they keep their source.
    func translation(
        of source: IPAddress, to target: IPAddress, at hop: RouteWalks.Hop
    ) -> (rule: NAT.Rule, given: Int)? {
        guard let rule = rule(of: hop.node, from: source, to: target, leavingBy: hop.leavingBy) else { return nil }
        let interface = InterfaceName(host: nodes[hop.node].host.name.value, interface: rule.out)
        let own = addresses(of: interface)
        let given =
            rule.address
            ?? NAT.masqueraded(
                rule.family, towards: hop.neighbour.value.address, own.map { addresses[$0].value })
        return own.first { addresses[$0].value.address == given }.map { (rule, $0) }
    }

    /// Whether a node gives packets a source of its own as they leave by some segment.
    func hides(_ node: Int, _ source: IPAddress, from target: IPAddress) -> Bool {
        rule(of: node, from: source, to: target, leavingBy: nil) != nil
    }

    /// The rule by which a node gives packets another source as they leave by a segment, or by any; nil where there is none.
    fileprivate func rule(
        of node: Int, from source: IPAddress, to target: IPAddress, leavingBy segment: Int?
    ) -> NAT.Rule? {
        natRules[node]?.first { rule in
            let out = InterfaceName(host: nodes[node].host.name.value, interface: rule.out)
            return rule.applies(from: source, to: target)
                && (segment == nil || segments.number(of: out).map { segments.segment(of: $0) } == segment)
        }
    }
}

/// Tells which subnets nobody hears of but those who are in them, since every router there has NAT.
struct HiddenSubnets {
    private let network: Network
    private var walks: RouteWalks
    /// All addresses that there are, in order.
    private let addresses: [IPAddress]

    /// Looks at a network; nil where no host has NAT: nothing is hidden.
    /// - Parameter mustForward: nodes that do not forward and must: they are taken to do so.
    init?(_ network: Network, mustForward: Set<Int>) {
        guard !network.natRules.isEmpty else { return nil }
        self.network = network
        walks = RouteWalks(network, mustForward: mustForward)
        addresses = network.addresses.map(\.value.address).sorted()
    }

    /// Whether neither of two subnets of different segments is known where the other is.
    mutating func areHidden(_ one: SubnetList.Subnet, _ other: SubnetList.Subnet) -> Bool {
        one.segment != other.segment && isHidden(one, from: other) && isHidden(other, from: one)
    }

    /// Whether every router of a subnet gives those who have its addresses another source, whomever their packets are for: by each
    /// interface but those behind which all know the way back.
    private mutating func isHidden(_ subnet: SubnetList.Subnet, from other: SubnetList.Subnet) -> Bool {
        let near = network.addresses(on: subnet.segment).map { network.addresses[$0] }
        let routers = Set(near.map(\.node)).filter(isRouter)
        let own = near.filter { subnet.prefix.contains($0.value.address) }
        let others = own.filter { !routers.contains($0.node) }
        guard !routers.isEmpty, let example = others.first ?? own.first else { return false }
        let hidden = others.isEmpty ? [subnet.address] : others.map(\.value.address)
        for router in routers {
            if network.nodes[router].segments.contains(other.segment) { return false }
            for exit in exits(of: router, but: subnet.segment, subnet.prefix.family)
            where !hidden.allSatisfy({ isHidden($0, by: router, from: other.address, leavingBy: exit) }) {
                guard knowTheWay(to: example, on: exit, but: router) else { return false }
            }
        }
        return true
    }

    private func isHidden(_ address: IPAddress, by router: Int, from other: IPAddress, leavingBy exit: Int) -> Bool {
        guard let rule = network.rule(of: router, from: address, to: other, leavingBy: exit) else { return false }
        return !rule.except.contains(where: hasAddress)
    }

    private func isRouter(_ node: Int) -> Bool {
        network.nodes[node].forwards && network.nodes[node].segments.count > 1
    }

    /// The segments on which a node has an address of a family.
    private func exits(of router: Int, but segment: Int, _ family: AddressFamily) -> Set<Int> {
        let own = network.nodes[router].addresses.map { network.addresses[$0] }
        return Set(own.filter { $0.value.address.family == family }.map(\.segment)).subtracting([segment])
    }

    /// Whether the other routers of a segment send packets for an address to who has it, or have no route.
    private mutating func knowTheWay(
        to address: Network.AssignedAddress, on segment: Int, but router: Int
    ) -> Bool {
        let others = Set(network.addresses(on: segment).map { network.addresses[$0].node }).subtracting([router])
        for node in others.sorted() where isRouter(node) {
            switch walks.way(from: node, to: address).ending {
            case .delivered, .noRoute: continue
            case .loop, .blocked, .unanswered, .unknown: return false
            }
        }
        return true
    }

    /// Whether an address of the file is in a prefix.
    private func hasAddress(in prefix: Prefix) -> Bool {
        let next = addresses.partitionIndex { $0 < prefix.network }
        return next < addresses.count && prefix.contains(addresses[next])
    }
}
