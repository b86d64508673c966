public import TopoDiagnostics
public import TopoModel

/// A broadcast domain: everything joined by LANs, bridges, tunnels and veth pairs, of one VLAN where there are several.
public struct Segment: Sendable, Hashable {
    /// An interface with a place in the segment.
    public struct Member: Sendable, Hashable {
        /// What kind of interface it is.
        public enum Kind: Sendable, Hashable {
            case nic
            case bridge
            case tunnel
            /// A VLAN interface of a host or container.
            case vlan
            /// The loopback interface of a host or container.
            case loopback
            /// A container's end of a veth pair to a bridge.
            case container
            /// A container's end of a point-to-point link.
            case pointToPointContainer
            /// The host's end of a point-to-point link; its name is `CONTAINER:INTERFACE`, since its real one is derived.
            case pointToPointHost
        }

        /// Which interface it is.
        public let interface: InterfaceName
        /// What kind of interface it is.
        public let kind: Kind
        /// Its addresses.
        public let addresses: [Located<InterfaceAddress>]
        /// Whether its host or container forwards IP packets.
        public let forwards: Bool
        /// The bytes that name it.
        public let span: Span
        /// The number of its host or container: all are counted in the order of the file, a host before its containers.
        public let node: Int

        /// Whether an address of it is the host's end of a link to a container with a single address: every such link has the
        /// same, and it is no subnet that anything is routed to.
        public func isLinkEnd(_ address: InterfaceAddress) -> Bool {
            kind == .pointToPointHost && address == PointToPointLink.hostEnd(address.address.family)
        }

        /// Whether an address of it is a container's single one, at the end of a link of the host's.
        public func isSingle(_ address: InterfaceAddress) -> Bool {
            kind == .pointToPointContainer && address.length == address.address.family.width
        }
    }

    /// The names of the LANs in it.
    public let lans: [String]
    /// The gateways of these LANs, in the order of the file.
    public let gateways: [Gateway]
    /// The interfaces in it, in the order of the file.
    public let members: [Member]
    /// What passes its frames on with a VLAN's tag, and is no member for it.
    public let carriers: [Carrier]
    /// The VLANs that it is inside of something that tells VLANs apart, and on the way with a tag, in order; empty for one without.
    public let vlans: [Int]
    /// Those of its gateways that none of its members has: routers that are not in the topology.
    public let foreignGateways: [Gateway]

    /// What passes on frames with a tag.
    public enum Carrier: Sendable, Hashable {
        /// A LAN, by name.
        case lan(String)
        /// An interface.
        case interface(InterfaceName)
    }

    init(
        lans: [String], gateways: [Gateway], members: [Member], carriers: [Carrier] = [], vlans: [Int] = []
    ) {
        self.carriers = carriers
        self.vlans = vlans
        self.lans = lans
        self.gateways = gateways
        self.members = members
        foreignGateways = gateways.filter { gateway in
            !members.contains { $0.addresses.contains { $0.value.address == gateway.address } }
        }
    }

    /// A LAN's gateway.
    public struct Gateway: Sendable, Hashable {
        /// The LAN's name.
        public let lan: String
        /// The router's address.
        public let address: IPAddress
    }
}

/// All broadcast domains of a topology.
public struct Segments: Sendable {
    /// The segments, in the order in which the file first mentions them.
    public let all: [Segment]
    /// The ends of tunnels that are joined.
    public let tunnelJoins: [TunnelJoin]
    private let byInterface: [InterfaceName: InterfaceID]
    private let segmentByInterface: [Int]
    private let byLAN: [String: Int]
    private let routerLists: [[Segment.Member]]
    private let carried: [Segment.Carrier: [Int]]
    private let wires: [InterfaceName: Int]

    /// Whether there are VLANs.
    public var hasVLANs: Bool { !wires.isEmpty }

    /// The number of what passes an interface's frames on as they are, tags included; nil where there are no VLANs.
    public func wire(of interface: InterfaceName) -> Int? { wires[interface] }

    /// The segments whose frames an interface or LAN passes on with a VLAN's tag, by their indices.
    public func segments(carriedBy carrier: Segment.Carrier) -> [Int] { carried[carrier] ?? [] }

    /// The index in `all` of the segment that an interface is in; nil for an interface that is not known.
    public func index(of interface: InterfaceName) -> Int? { byInterface[interface].map { segment(of: $0) } }

    /// The number of an interface: the members of all segments are counted in the order of `all`; nil for one that is not known.
    public func number(of interface: InterfaceName) -> InterfaceID? { byInterface[interface] }

    /// The index in `all` of the segment that an interface is in.
    public func segment(of interface: InterfaceID) -> Int { segmentByInterface[interface.index] }

    /// The index in `all` of the segment that a LAN is part of; nil for a LAN that is not known.
    public func index(ofLAN lan: String) -> Int? { byLAN[lan] }

    /// The members of a segment whose host or container forwards.
    public func routers(in segment: Int) -> [Segment.Member] { routerLists[segment] }

    /// Works out the segments of a topology, in time linear in its size.
    public init(of topology: Topology) {
        var joins = SegmentJoins(of: topology)
        joins.joinTunnels(of: topology)
        var numbers: [Int: Int] = [:]
        var lans: [[String]] = []
        var gateways: [[Segment.Gateway]] = []
        var members: [[Segment.Member]] = []
        let tagged = joins.tagged
        func number(of element: Int) -> Int {
            let root = tagged?.domain(of: element, wire: joins.wire) ?? joins.root(of: element)
            if let known = numbers[root] { return known }
            numbers[root] = lans.count
            lans.append([])
            gateways.append([])
            members.append([])
            return lans.count - 1
        }
        var byLAN: [String: Int] = [:]
        for (index, lan) in topology.lans.enumerated() {
            let segment = number(of: index)
            byLAN[lan.name.value] = segment
            lans[segment].append(lan.name.value)
            gateways[segment] += lan.gateways.map { Segment.Gateway(lan: lan.name.value, address: $0.value) }
        }
        for (offset, member) in joins.members.enumerated() {
            let segment = number(of: topology.lans.count + offset)
            members[segment].append(member)
        }
        tunnelJoins = joins.tunnelJoins
        var byInterface: [InterfaceName: InterfaceID] = [:]
        byInterface.reserveCapacity(joins.members.count)
        var segmentByInterface: [Int] = []
        segmentByInterface.reserveCapacity(joins.members.count)
        for (segment, members) in members.enumerated() {
            for member in members {
                byInterface[member.interface] = InterfaceID(segmentByInterface.count)
                segmentByInterface.append(segment)
            }
        }
        self.byLAN = byLAN
        self.byInterface = byInterface
        self.segmentByInterface = segmentByInterface
        var wires: [InterfaceName: Int] = [:]
        if tagged != nil {
            for (offset, member) in joins.members.enumerated() {
                wires[member.interface] = joins.wire(of: topology.lans.count + offset)
            }
        }
        self.wires = wires
        let passing = tagged.map { Self.carriers(joins, $0, topology.lans, numbers) } ?? [:]
        carried = Self.carried(by: passing)
        all = lans.indices.map {
            Segment(
                lans: lans[$0], gateways: gateways[$0], members: members[$0], carriers: passing[$0]?.carriers ?? [],
                vlans: passing[$0]?.vlans.sorted() ?? [])
        }
        routerLists = all.map { $0.members.filter(\.forwards) }
    }
}

extension Segments {
    private typealias Passing = (carriers: [Segment.Carrier], vlans: Set<Int>)

    /// What passes frames on with a tag, by the segment's index.
    private static func carriers(
        _ joins: SegmentJoins, _ tagged: TaggedDomains, _ lans: [LAN], _ numbers: [Int: Int]
    ) -> [Int: Passing] {
        var passing: [Int: Passing] = [:]
        func note(_ element: Int, _ tags: [Int]?, _ carrier: Segment.Carrier) {
            for tag in tags ?? [] {
                guard let root = tagged.domain(of: element, tag, wire: joins.wire), let segment = numbers[root] else {
                    continue
                }
                passing[segment, default: ([], [])].carriers.append(carrier)
                passing[segment]?.vlans.insert(tag)
            }
        }
        for (element, lan) in lans.enumerated() {
            note(element, tagged.tags[joins.wire(of: element)], .lan(lan.name.value))
        }
        for (offset, member) in joins.members.enumerated() {
            let element = lans.count + offset
            note(
                element, tagged.inner[element] ?? tagged.tags[joins.wire(of: element)], .interface(member.interface))
        }
        return passing
    }

    private static func carried(by passing: [Int: Passing]) -> [Segment.Carrier: [Int]] {
        var carried: [Segment.Carrier: [Int]] = [:]
        for (segment, found) in passing.sorted(by: { $0.key < $1.key }) {
            for carrier in found.carriers { carried[carrier, default: []].append(segment) }
        }
        return carried
    }
}
