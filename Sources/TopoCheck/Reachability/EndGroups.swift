import TopoModel
import TopoNetwork

/// Containers whose packets, and the packets for them, go the same ways as far as routes tell: one of them stands for all, once
/// for each of its addresses. A container that forwards or has several interfaces is a group by itself.
struct EndGroup {
    /// The container that stands for the group, as an index in `Network.nodes`.
    let node: Int
    /// Its address.
    let address: Network.AssignedAddress
    /// Whether it says that it wants no gateway, and has no routes either.
    let staysAlone: Bool
    /// Whether it has more addresses than this one, so that its packets may come from another.
    let isOneOfSeveral: Bool
}

/// The groups of one family's containers, by the part of the network that routes join.
struct EndGroups {
    /// What the containers of a group have in common.
    private struct Key: Hashable {
        /// The only router of the segment; nil where there are several or none.
        let router: Int?
        /// The segment, where it has not one router.
        let segment: Int?
        /// The next hop of the default route.
        let gateway: Int?
        /// The longest destination of any route that holds the address.
        let destination: Prefix?
        /// The container itself, where it has routes of its own.
        let container: Int?
        /// Its subnet, where its segment has several.
        let subnet: Prefix?
        /// Its address, where it forwards, has several interfaces, or has a single one behind its host.
        let address: IPAddress?
        /// The subnets of its addresses, where it has several, and which of these is looked at.
        let subnets: [Prefix]
        let order: Int
        let staysAlone: Bool
    }

    /// The groups of each part, in the order of the file.
    private(set) var parts: [[EndGroup]] = []
    private var places: [Key: (part: Int, group: Int)] = [:]
    private var groupOf: [Int: (part: Int, group: Int)] = [:]

    /// Groups all containers.
    /// - Parameter leavingOut: parts of the network that something wrong is known of, by `RoutedDomains`' numbers.
    init(
        _ family: AddressFamily, in network: Network, forwarding: Set<Int>, domains: inout RoutedDomains,
        leavingOut: Set<Int>
    ) {
        let routers = Self.routers(family, in: network, forwarding)
        let destinations = RouteDestinations(network, family)
        let mixed = Self.segmentsOfSeveralSubnets(family, in: network)
        var numbers: [Int: Int] = [:]
        for (index, node) in network.nodes.enumerated() {
            guard let container = node.container else { continue }
            let own = node.addresses.map { network.addresses[$0] }.filter {
                $0.value.address.family == family && !$0.value.address.isIPv6LinkLocal
            }
            let isPlain = node.segments.count == 1 && !forwarding.contains(index)
            let subnets = own.count > 1 ? own.map(\.value.prefix) : []
            for (order, address) in own.enumerated() {
                let domain = domains.domain(of: address.segment, family)
                if leavingOut.contains(domain) { continue }
                let part = numbers[domain] ?? parts.count
                if part == parts.count {
                    numbers[domain] = part
                    parts.append([])
                }
                let near = routers[address.segment]
                let isMixed = mixed[address.segment]
                let key = Key(
                    router: near.count == 1 ? near.first : nil,
                    segment: near.count == 1 && !isMixed ? nil : address.segment,
                    gateway: network.defaultRouter(of: index, family),
                    destination: destinations.around(address.value.address),
                    container: container.routes.isEmpty ? nil : index,
                    subnet: isMixed ? address.value.prefix : nil,
                    address: isPlain && !address.member.isSingle(address.value) ? nil : address.value.address,
                    subnets: subnets, order: order, staysAlone: container.hasNoWayOut)
                let place = places[key] ?? (part, parts[part].count)
                groupOf[index] = groupOf[index] ?? place
                guard places.updateValue(place, forKey: key) == nil else { continue }
                parts[part].append(
                    EndGroup(
                        node: index, address: address, staysAlone: container.hasNoWayOut, isOneOfSeveral: own.count > 1)
                )
            }
        }
    }

    /// The part and the number in it of a container's group.
    func place(of container: Int) -> (part: Int, group: Int)? { groupOf[container] }

    /// For each segment, whether its members have several subnets.
    private static func segmentsOfSeveralSubnets(_ family: AddressFamily, in network: Network) -> [Bool] {
        network.segments.all.indices.map { segment in
            let prefixes = network.addresses(on: segment).lazy.map { network.addresses[$0].value }.filter {
                $0.address.family == family && !$0.address.isIPv6LinkLocal
            }.map(\.prefix)
            guard let first = prefixes.first else { return false }
            return prefixes.contains { $0 != first }
        }
    }

    /// For each segment, the nodes there that forward and have an address of the family.
    private static func routers(_ family: AddressFamily, in network: Network, _ forwarding: Set<Int>) -> [[Int]] {
        var routers: [[Int]] = Array(repeating: [], count: network.segments.all.count)
        for address in network.addresses where address.value.address.family == family {
            guard forwarding.contains(address.node), routers[address.segment].last != address.node else { continue }
            routers[address.segment].append(address.node)
        }
        return routers
    }
}

/// The destinations of all routes of a family.
private struct RouteDestinations {
    private var prefixes: Set<Prefix> = []
    private var lengths: [Int] = []

    init(_ network: Network, _ family: AddressFamily) {
        for node in network.nodes {
            for route in node.routes where route.to.value.family == family {
                prefixes.insert(route.to.value)
            }
        }
        lengths = Set(prefixes.map(\.length)).sorted(by: >)
    }

    /// The longest that holds an address.
    func around(_ address: IPAddress) -> Prefix? {
        lengths.lazy.map { Prefix(containing: address, length: $0) }.first { prefixes.contains($0) }
    }
}

extension Container {
    /// True where it is to have no gateway, and has no routes.
    fileprivate var hasNoWayOut: Bool {
        switch gateway {
        case .none: routes.isEmpty
        case .derived, .routers: false
        }
    }
}

extension Network {
    /// The node that is a container's default gateway.
    fileprivate func defaultRouter(of container: Int, _ family: AddressFamily) -> Int? {
        let node = nodes[container]
        guard let inner = node.container else { return nil }
        let gateway = gateways.gateways(of: inner, on: node.host).first { $0.address.family == family }
        return gateway.flatMap { neighbour($0.address, of: container) }.map { addresses[$0].node }
    }
}
