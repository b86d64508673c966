import TopoDiagnostics
import TopoModel
import TopoPlan

/// A plan's network, indexed: nodes, interfaces, routing tables, broadcast domains and tunnels, by number.
struct Network: Sendable {
    /// An address's place.
    struct Owner: Sendable, Hashable {
        /// The node's number.
        let node: Int
        /// The interface's number.
        let interface: Int
    }

    /// A node on a broadcast domain.
    struct Attachment: Sendable, Hashable {
        /// The node's number.
        let node: Int
        /// The domain's number.
        let domain: Int
    }

    /// Hosts and containers, in the order of the plan, and behind them what is outside the topology, by LAN.
    let nodes: [NetworkNode]
    /// The hosts and containers, without what is outside.
    let inside: Range<Int>
    /// All interfaces, in the order of the plan.
    let interfaces: [NetworkInterface]
    /// The LANs, in the order of the plan.
    let lans: [NetworkLAN]
    /// The tunnels, in the order of the plan.
    let tunnels: [NetworkTunnel]
    /// The members of each multicast group of VXLANs on one broadcast domain, as tunnels' numbers.
    let groups: [[Int]]
    /// Who has an address, in the order of the plan.
    let owners: [IPAddress: [Owner]]
    /// The interfaces on which hosts answer for an address that a container of theirs has, in the order of the plan.
    let announcers: [IPAddress: [Int]]
    /// What is joined at layer 2, were every tunnel to work.
    let domains: BroadcastDomains
    /// The interfaces of a node on a domain that are its own, not ports of a bridge.
    let attachments: [Attachment: [Int]]
    /// The VLAN interfaces, by their link and identifier.
    private var vlans: [VLANKey: Int] = [:]
    private let nodeNumbers: [NodeName: Int]
    /// The addresses of nodes that forward, which are asked for with each path through them.
    private var routers: [Int: [AddressFamily: [IPAddress]]] = [:]

    init(
        nodes: [NetworkNode], interfaces: [NetworkInterface], lans: [NetworkLAN], tunnels: [NetworkTunnel],
        groups: [[Int]], owners: [IPAddress: [Owner]], announcers: [IPAddress: [Int]] = [:], domains: BroadcastDomains
    ) {
        self.nodes = nodes
        inside = 0..<(nodes.firstIndex { $0.outside != nil } ?? nodes.count)
        self.interfaces = interfaces
        self.lans = lans
        self.tunnels = tunnels
        self.groups = groups
        self.owners = owners
        self.announcers = announcers
        self.domains = domains
        var attachments: [Attachment: [Int]] = [:]
        for (number, interface) in interfaces.enumerated() where interface.master == nil {
            let attachment = Attachment(node: interface.node, domain: domains.domain(ofInterface: number))
            attachments[attachment, default: []].append(number)
        }
        self.attachments = attachments
        for (number, interface) in interfaces.enumerated() {
            if case .vlan(let link, let id) = interface.wire { vlans[VLANKey(link: link, id: id)] = number }
        }
        nodeNumbers = Dictionary(nodes.indices.map { (nodes[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
        for number in nodes.indices where !nodes[number].forwards.isEmpty {
            for family in AddressFamily.allCases { routers[number, default: [:]][family] = listed(number, family) }
        }
    }

    private struct VLANKey: Hashable {
        let link: Int
        let id: Int
    }

    /// The VLAN interface that takes an interface's frames with a tag; nil where none does.
    func vlan(on link: Int, _ tag: Int) -> Int? {
        tag == 0 || vlans.isEmpty ? nil : vlans[VLANKey(link: link, id: tag)]
    }

    /// The number of the node of this name.
    func node(named name: NodeName) -> Int? { nodeNumbers[name] }

    /// Whether a node takes packets for an address: one of its own, on whichever interface it is and they come in, with or
    /// without forwarding (the weak host model of RFC 1122, 3.3.4.2: the kernel looks in its table `local`). A link-local
    /// address is its own on its own interface alone.
    ///
    /// What is outside the topology takes packets for all that is in none of its subnets.
    func isLocal(_ address: IPAddress, to node: Int, on interface: Int? = nil) -> Bool {
        owners[address]?.contains {
            $0.node == node && (!address.isIPv6LinkLocal || $0.interface == interface)
        } ?? false || nodes[node].outside?.holds(address) == true
    }

    /// The numbers of the outsides that an address is behind, and of the one whose router has it.
    func outsides(holding address: IPAddress) -> [Int] {
        nodes.indices[inside.upperBound...].filter { nodes[$0].outside != nil && isLocal(address, to: $0) }
    }

    /// An interface by name.
    func reference(_ interface: Int) -> InterfaceReference {
        let found = interfaces[interface]
        return InterfaceReference(node: nodes[found.node].name, name: found.name)
    }

    /// All addresses of a node, in the order of its interfaces.
    func addresses(of node: Int, _ family: AddressFamily) -> [IPAddress] {
        routers[node]?[family] ?? listed(node, family)
    }

    private func listed(_ node: Int, _ family: AddressFamily) -> [IPAddress] {
        nodes[node].interfaces.flatMap { interfaces[$0].addresses.lazy.map(\.address).filter { $0.family == family } }
    }
}
