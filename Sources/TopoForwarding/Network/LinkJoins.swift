import TopoNetwork
import TopoPlan

/// Joins interfaces and LANs to broadcast domains, and notes the joins that close a loop.
struct LinkJoins {
    private let interfaces: [NetworkInterface]
    private var joined: BroadcastDomains
    /// The same without the bridges that run the spanning tree protocol: a loop through one of them is cut.
    private var unprotected: BroadcastDomains
    private var loops: [Int] = []
    /// Where VLANs' tags are put on and taken off.
    private var crossings: [TaggedDomains.Crossing] = []
    private let count: Int

    /// Joins what veth pairs, bridges and LANs join.
    init(interfaces: [NetworkInterface], lans: Int) {
        self.interfaces = interfaces
        joined = BroadcastDomains(interfaces: interfaces.count, lans: lans)
        unprotected = joined
        count = interfaces.count + lans
        for (number, interface) in interfaces.enumerated() {
            if let master = interface.master { plug(number, into: master) }
            switch interface.wire {
            case .veth(let peer): if number < peer { join(number, peer) }
            case .lan(let lan): join(number, joined.vertex(ofLAN: lan))
            case .vlan(let link, let id): crossings.append(.init(.init(number), .init(link, id)))
            case .bridge:
                if let own = interface.vlans?.untagged { crossings.append(.init(.init(number), .init(number, own))) }
            case .none, .loopback, .tunnel: break
            }
        }
    }

    /// Makes an interface a port of a bridge.
    private mutating func plug(_ port: Int, into bridge: Int) {
        let isCut = interfaces[bridge].stp
        guard interfaces[bridge].vlans != nil else { return join(port, bridge, isCut: isCut) }
        let vlans = interfaces[port].vlans ?? PlannedPortVLANs.none
        if let own = vlans.untagged { crossings.append(.init(.init(port), .init(bridge, own), isCut: isCut)) }
        for tag in vlans.tags { crossings.append(.init(.init(port, tag), .init(bridge, tag), isCut: isCut)) }
    }

    private var tagged: TaggedDomains? {
        guard !crossings.isEmpty else { return nil }
        let filtering = interfaces.indices.filter { interfaces[$0].wire == .bridge && interfaces[$0].vlans != nil }
        return TaggedDomains(count: count, crossings: crossings, filtering: Set(filtering)) { joined.wire(of: $0) }
    }

    /// What gives the domain of an interface, so far; it is worked out once for all of them.
    func domainsSoFar() -> (Int) -> Int {
        let (joined, tagged) = (joined, tagged)
        return { tagged?.domain(of: $0, wire: joined.wire) ?? joined.domain(ofInterface: $0) }
    }

    /// Joins the two ends of a tunnel that carries one link: a second link between the same parts is a loop.
    mutating func join(_ left: Int, _ right: Int, isCut: Bool = false) {
        joined.join(left, right)
        if !isCut, !unprotected.join(left, right) { loops.append(left) }
    }

    /// Joins the members of one VXLAN, which do not pass on what they receive from each other: only a member that
    /// already is joined to another some other way closes a loop.
    mutating func joinMesh(_ members: [Int]) {
        var seen: Set<Int> = []
        for member in members where !seen.insert(unprotected.domain(ofInterface: member)).inserted {
            loops.append(member)
        }
        for member in members.dropFirst() {
            joined.join(members[0], member)
            unprotected.join(members[0], member)
        }
    }

    /// The domains.
    func domains() -> BroadcastDomains {
        var result = joined
        result.flatten()
        result.noteLoops(at: loops)
        if let tagged { result.divide(by: tagged, loops: loops) }
        return result
    }
}
