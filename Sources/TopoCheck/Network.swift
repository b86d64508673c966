import TopoDiagnostics
import TopoModel
import TopoNetwork

/// A topology with what the rules look up in it, made once.
struct Network {
    /// An address with the interface that has it.
    struct AssignedAddress {
        /// The address, as written.
        let value: InterfaceAddress
        /// Where it is written.
        let span: Span
        /// The interface.
        let member: Segment.Member
        /// The interface's number in the segments.
        let interface: InterfaceID
        /// The index of the interface's segment.
        let segment: Int
        /// The index of the interface's host or container.
        let node: Int
        /// The subnet on its segment.
        var subnet: Findings.SubnetPlace { .init(prefix: value.prefix, segment: segment) }
        /// Whether it is an end of a link whose ends share no subnet: each is the other's neighbour all the same.
        var isOfRoutedLink: Bool { member.isSingle(value) || member.isLinkEnd(value) }
    }

    /// A host or a container: something with a routing table.
    struct Node {
        /// What the file says of it; a class, so that all of it is not copied with each copy of the node.
        private final class Subject: Sendable {
            let host: Host
            let container: Container?

            init(_ host: Host, _ container: Container?) { (self.host, self.container) = (host, container) }
        }

        private let subject: Subject
        /// The host that it is or is on.
        var host: Host { subject.host }
        /// The container that it is; nil for the host itself.
        var container: Container? { subject.container }
        /// Indices of the segments that its interfaces are in, each once.
        fileprivate(set) var segments: [Int] = []
        /// Indices of its addresses.
        fileprivate(set) var addresses: [Int] = []
        /// Whether it forwards IP packets.
        var forwards: Bool { (container.map(\.forwarding) ?? host.forwarding)?.value ?? false }
        /// Whether it says that it does not forward, and so means it.
        var refusesToForward: Bool { (container.map(\.forwarding) ?? host.forwarding)?.value == false }
        /// The routes that are written for it.
        var routes: [Route] { container?.routes ?? host.routes }
        /// The gateways that are written for it: a host's are among its routes.
        var writtenGateways: [NextHop] { container?.gateway.routers ?? [] }
        /// Where it is named.
        var span: Span { (container?.name ?? host.name).span }

        fileprivate init(host: Host, container: Container?) { subject = Subject(host, container) }
    }

    /// An address on a segment.
    private struct Place: Hashable {
        let address: IPAddress
        let segment: Int
    }

    /// What says which node an interface belongs to.
    private struct Owner: Hashable {
        let host: String
        let container: String?
    }

    /// The topology.
    let topology: Topology
    /// Its segments.
    let segments: Segments
    /// Its containers' default gateways.
    let gateways: Gateways
    /// How messages call things.
    let names: Names
    /// All addresses, by segment, in the order of the file within each.
    let addresses: [AssignedAddress]
    /// All hosts and containers, in the order of the file, a host before its containers.
    let nodes: [Node]
    /// What hosts do to the source of packets that they forward, by the hosts' indices.
    let natRules: [Int: [NAT.Rule]]
    private let owners: [Owner: Int]
    private let places: [Place: Int]
    /// The addresses of a segment that another there has as well: all but the first.
    private let shadowed: [Place: [Int]]
    /// What hosts announce, in the order of the file.
    let announcements: Announcements
    /// Of announced addresses, on the segments where they are, an address of each host that announces them.
    private let announcers: [Place: [Int]]
    /// The IPv4 addresses of nodes that are on several segments.
    private let several: [IPAddress: [Int]]
    /// The addresses of each interface, by number.
    private let ranges: [Range<Int>]
    private let bySegment: [Range<Int>]

    /// Looks through a topology, in time linear in its size.
    init(_ topology: Topology) {
        self.topology = topology
        segments = Segments(of: topology)
        gateways = Gateways(segments)
        names = Names(topology)
        let (all, owners) = Self.nodes(of: topology)
        var nodes = all
        var addresses: [AssignedAddress] = []
        var places: [Place: Int] = [:]
        var shadowed: [Place: [Int]] = [:]
        var ranges: [Range<Int>] = []
        var bySegment: [Range<Int>] = []
        addresses.reserveCapacity(nodes.count)
        places.reserveCapacity(nodes.count)
        ranges.reserveCapacity(nodes.count)
        for (segment, members) in segments.all.map(\.members).enumerated() {
            let first = addresses.count
            for member in members {
                let interface = InterfaceID(ranges.count)
                let node = member.node
                if nodes[node].segments.last != segment { nodes[node].segments.append(segment) }
                let start = addresses.count
                for address in member.addresses {
                    let place = Place(address: address.value.address, segment: segment)
                    if places[place] == nil {
                        places[place] = addresses.count
                    } else {
                        shadowed[place, default: []].append(addresses.count)
                    }
                    nodes[node].addresses.append(addresses.count)
                    addresses.append(
                        AssignedAddress(
                            value: address.value, span: address.span, member: member, interface: interface,
                            segment: segment, node: node))
                }
                ranges.append(start..<addresses.count)
            }
            bySegment.append(first..<addresses.count)
        }
        var several: [IPAddress: [Int]] = [:]
        for node in nodes where node.segments.count > 1 {
            for index in node.addresses where addresses[index].value.address.family == .ipv4 {
                several[addresses[index].value.address, default: []].append(index)
            }
        }
        self.several = several
        announcements = Announcements(of: topology, segments)
        var announcers: [Place: [Int]] = [:]
        for announcement in announcements.all {
            guard let segment = announcement.segment,
                let host = owners[Owner(host: announcement.host, container: nil)],
                let address = nodes[host].addresses.first(where: { addresses[$0].segment == segment })
                    ?? nodes[host].addresses.first
            else { continue }
            announcers[Place(address: announcement.address.value.address, segment: segment), default: []].append(
                address)
        }
        self.announcers = announcers
        natRules = Dictionary(
            uniqueKeysWithValues: nodes.enumerated().filter {
                $0.element.container == nil && !$0.element.host.nat.isEmpty
            }
            .map { ($0.offset, NAT(of: $0.element.host).rules) })
        self.nodes = nodes
        self.owners = owners
        self.addresses = addresses
        self.places = places
        self.shadowed = shadowed
        self.ranges = ranges
        self.bySegment = bySegment
    }

    /// All hosts and containers, and their indices by name.
    private static func nodes(of topology: Topology) -> ([Node], [Owner: Int]) {
        var nodes: [Node] = []
        var owners: [Owner: Int] = [:]
        let count = topology.hosts.reduce(0) { $0 + 1 + $1.containers.count }
        nodes.reserveCapacity(count)
        owners.reserveCapacity(count)
        for host in topology.hosts {
            owners[Owner(host: host.name.value, container: nil)] = nodes.count
            nodes.append(Node(host: host, container: nil))
            for container in host.containers {
                owners[Owner(host: host.name.value, container: container.name.value)] = nodes.count
                nodes.append(Node(host: host, container: container))
            }
        }
        return (nodes, owners)
    }

    /// The index of the first address on a segment that is `address`.
    func index(of address: IPAddress, on segment: Int) -> Int? {
        places[Place(address: address, segment: segment)]
    }

    /// The node that has an address, and its segment, by the address' index.
    func place(of address: Int) -> (node: Int, segment: Int) {
        (addresses[address].node, addresses[address].segment)
    }

    /// The indices of an interface's addresses.
    func addresses(of interface: InterfaceName) -> Range<Int> {
        segments.number(of: interface).map { ranges[$0.index] } ?? 0..<0
    }

    /// The indices of the addresses on a segment.
    func addresses(on segment: Int) -> Range<Int> { bySegment[segment] }

    /// The index of a host or container, by name.
    func node(host: String, container: String?) -> Int? { owners[Owner(host: host, container: container)] }

    /// The index of the node that a check names; nil for an address outside the topology.
    func node(of endpoint: Endpoint) -> Int? {
        endpoint.host.flatMap { node(host: $0, container: endpoint.container) }
    }

    /// The index of the address that is `address` and that somebody on a segment answers for; nil where nobody does.
    ///
    /// A node answers ARP for each of its IPv4 addresses on every interface (RFC 1122, 3.3.4.2; `arp_ignore` 0), and neighbour
    /// discovery for those of the interface alone that is asked. Of two nodes the one on the asker's own host is heard first. For an
    /// address that nobody there has, the host answers that announces it; it is then an address of that host's own.
    func answering(_ address: IPAddress, on segment: Int, to node: Int) -> Int? {
        let place = Place(address: address, segment: segment)
        let host = nodes[node].host.name.value
        func isNear(_ index: Int) -> Bool { addresses[index].member.interface.host == host }
        if let first = places[place] {
            return isNear(first) ? first : shadowed[place]?.first(where: isNear) ?? first
        }
        let all = several[address]?.filter { nodes[addresses[$0].node].segments.contains(segment) } ?? []
        return all.first(where: isNear) ?? all.first ?? announcing(address, on: segment, to: node)
    }

    /// The single addresses at the other ends of a host's links, each with the host's end.
    func routedLinks(of host: Host) -> [(container: Located<InterfaceAddress>, interface: InterfaceID)] {
        host.routedLinks.compactMap { link, interface in
            segments.number(of: .pointToPointHost(of: interface)).map { (link.container, $0) }
        }
    }

    /// The index of an address of the host that answers for an announced address on a segment; nil where none does.
    func announcing(_ address: IPAddress, on segment: Int, to node: Int) -> Int? {
        announcers[Place(address: address, segment: segment)]?.first { addresses[$0].node != node }
    }

    /// The index of the address, on one of a node's own segments and in a subnet of its own, that is `address`: where two of the
    /// segment have it, that of the node's own host, whose answer comes first.
    func neighbour(_ address: IPAddress, of node: Int) -> Int? {
        for own in nodes[node].addresses
        where addresses[own].value.prefix.contains(address) || addresses[own].isOfRoutedLink {
            if let found = answering(address, on: addresses[own].segment, to: node) { return found }
        }
        return nil
    }
}
