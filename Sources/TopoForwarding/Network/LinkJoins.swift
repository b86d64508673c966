/// Joins interfaces and LANs to broadcast domains, and notes the joins that close a loop.
struct LinkJoins {
    private let interfaces: [NetworkInterface]
    private var joined: BroadcastDomains
    /// The same without the bridges that run the spanning tree protocol: a loop through one of them is cut.
    private var unprotected: BroadcastDomains
    private var loops: [Int] = []

    /// Joins what veth pairs, bridges and LANs join.
    init(interfaces: [NetworkInterface], lans: Int) {
        self.interfaces = interfaces
        joined = BroadcastDomains(interfaces: interfaces.count, lans: lans)
        unprotected = joined
        for (number, interface) in interfaces.enumerated() {
            if let master = interface.master { join(number, master, isCut: interfaces[master].stp) }
            switch interface.wire {
            case .veth(let peer): if number < peer { join(number, peer) }
            case .lan(let lan): join(number, joined.vertex(ofLAN: lan))
            case .none, .loopback, .tunnel, .bridge: break
            }
        }
    }

    /// The domain of an interface, so far.
    func domain(ofInterface interface: Int) -> Int { joined.domain(ofInterface: interface) }

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
        return result
    }
}
