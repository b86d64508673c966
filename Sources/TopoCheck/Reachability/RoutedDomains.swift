import TopoModel
import TopoNetwork

/// Which segments packets of a family can be routed between: a union-find over segments, joined by what forwards.
struct RoutedDomains {
    private var sets: DisjointSets

    /// Joins the segments on which a host or container that forwards, or that must, has an address of the family, and those
    /// that its routes lead to by their devices.
    init(_ family: AddressFamily, in network: Network, mustForward: Set<Int>) {
        sets = DisjointSets(count: network.segments.all.count)
        for (index, node) in network.nodes.enumerated() where node.forwards || mustForward.contains(index) {
            let addresses = node.addresses.filter { network.addresses[$0].value.address.family == family }
            let segments = addresses.map { network.addresses[$0].segment } + network.devices(of: node, family)
            for (one, other) in zip(segments, segments.dropFirst()) { _ = sets.join(one, other) }
        }
    }

    /// A number that segments between which packets can be routed have in common.
    mutating func domain(of segment: Int) -> Int { sets.root(of: segment) }
}

extension Network {
    /// The segments of the devices that a node's routes name.
    fileprivate func devices(of node: Node, _ family: AddressFamily) -> [Int] {
        (node.container?.routes ?? node.host.routes).compactMap { route in
            guard route.to.value.family == family, case .dev(let name) = route.action else { return nil }
            return segments.index(
                of: .init(host: node.host.name.value, container: node.container?.name.value, interface: name.value))
        }
    }
}
