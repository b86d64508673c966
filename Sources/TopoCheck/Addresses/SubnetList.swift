import TopoDiagnostics
import TopoModel
import TopoNetwork

/// The subnets of all segments, each once for its segment.
struct SubnetList {
    /// A subnet on a segment.
    struct Subnet {
        /// Whose word counts where interfaces of one segment differ on their subnet, the least first.
        enum Say: Comparable {
            case container
            case host
            case lan
        }

        /// The subnet.
        let prefix: Prefix
        /// The index of its segment.
        let segment: Int
        /// Where it is first written.
        let span: Span
        /// Who has it there, for messages.
        let title: String
        /// The node that has it there; nil for a LAN.
        let node: Int?
        /// An address in it, a container's where there is one.
        fileprivate(set) var address: IPAddress
        /// Whose word it is.
        let say: Say
        /// Whether it is a point-to-point link's.
        let isLink: Bool
        /// How many interfaces have it.
        fileprivate(set) var count: Int
        /// Whether it is the single address of a container at the end of a link.
        var isSingle: Bool { isLink && prefix.length == prefix.family.width }
    }

    /// The subnets: those that LANs declare, then those of addresses.
    private(set) var all: [Subnet] = []
    private var numbers: [Findings.SubnetPlace: Int] = [:]

    /// Collects them, without what messages are about already, and without IPv6's link-local ones.
    init(_ network: Network, leavingOut findings: Findings) {
        for lan in network.topology.lans {
            guard let segment = network.segments.index(ofLAN: lan.name.value) else { continue }
            for prefix in lan.subnets {
                let first = IPAddress(prefix.value.family, bits: prefix.value.network.bits | 1)
                add(
                    Subnet(
                        prefix: prefix.value, segment: segment, span: prefix.span, title: "LAN \"\(lan.name.value)\"",
                        node: nil, address: first, say: .lan, isLink: false, count: 0))
            }
        }
        for (index, address) in network.addresses.enumerated() where !findings.addresses.contains(index) {
            guard !address.value.address.isIPv6LinkLocal, !address.member.isLinkEnd(address.value),
                !findings.subnets.contains(address.subnet)
            else { continue }
            add(
                Subnet(
                    prefix: address.value.prefix, segment: address.segment, span: address.span,
                    title: Self.title(of: address, in: network), node: address.node, address: address.value.address,
                    say: Self.say(of: address.member),
                    isLink: address.member.kind == .pointToPointContainer, count: 1))
        }
    }

    /// The indices of a node's own subnets, each once.
    func indices(of node: Network.Node, in network: Network) -> [Int] {
        var indices: [Int] = []
        var seen: Set<Int> = []
        for address in node.addresses {
            if let index = numbers[network.addresses[address].subnet], seen.insert(index).inserted {
                indices.append(index)
            }
        }
        return indices
    }

    private mutating func add(_ subnet: Subnet) {
        let place = Findings.SubnetPlace(prefix: subnet.prefix, segment: subnet.segment)
        if let known = numbers[place] {
            all[known].count += 1
            if subnet.say == .container, all[known].count == 2 { all[known].address = subnet.address }
        } else {
            numbers[place] = all.count
            all.append(subnet)
        }
    }

    private static func say(of member: Segment.Member) -> Subnet.Say {
        switch member.kind {
        case .nic, .bridge, .tunnel, .pointToPointHost: .host
        case .container, .pointToPointContainer: .container
        case .loopback, .vlan: member.interface.container == nil ? .host : .container
        }
    }

    private static func title(of address: Network.AssignedAddress, in network: Network) -> String {
        guard address.member.kind == .pointToPointContainer else { return network.interface(of: address) }
        let node = network.nodes[address.node]
        return "\(node.host.name.value)'s link to \"\(network.names.plain(node))\""
    }
}
