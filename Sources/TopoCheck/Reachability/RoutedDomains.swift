import TopoModel
import TopoNetwork

/// Which segments packets can be routed between, for each family by itself: union-finds over segments, joined by what forwards.
struct RoutedDomains {
    private var ipv4: DisjointSets
    private var ipv6: DisjointSets

    /// Joins the segments on which a host or container that forwards, or that must, has an address of a family, and those that
    /// its routes lead to by their devices.
    init(_ network: Network, mustForward: Set<Int>) {
        func joined(_ family: AddressFamily) -> DisjointSets {
            var sets = DisjointSets(count: network.segments.all.count)
            for (index, node) in network.nodes.enumerated() where node.forwards || mustForward.contains(index) {
                let addresses = node.addresses.filter { network.addresses[$0].value.address.family == family }
                let segments = addresses.map { network.addresses[$0].segment } + network.devices(of: node, family)
                for (one, other) in zip(segments, segments.dropFirst()) { _ = sets.join(one, other) }
            }
            return sets
        }
        (ipv4, ipv6) = (joined(.ipv4), joined(.ipv6))
    }

    /// A number that segments between which packets of a family can be routed have in common.
    mutating func domain(of segment: Int, _ family: AddressFamily) -> Int {
        switch family {
        case .ipv4: ipv4.root(of: segment)
        case .ipv6: ipv6.root(of: segment)
        }
    }
}

extension Network {
    /// The segments of the devices that a node's routes name.
    fileprivate func devices(of node: Node, _ family: AddressFamily) -> [Int] {
        node.routes.compactMap { route in
            guard route.to.value.family == family, case .dev(let name) = route.action else { return nil }
            return segments.index(
                of: .init(host: node.host.name.value, container: node.container?.name.value, interface: name.value))
        }
    }
}
