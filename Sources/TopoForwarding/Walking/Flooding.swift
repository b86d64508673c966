import TopoDiagnostics

extension Walker {
    /// Where a node's interface is joined to what passes frames on.
    struct Joint {
        /// The bridge, LAN or lone tunnel; nil for a veth pair without a bridge.
        let place: Int?
        /// The bridge port that leads to the interface; nil where the interface is the bridge, a NIC or a tunnel.
        let port: Int?
    }

    /// The joint of an interface that is no bridge port; nil for a NIC that is not plugged.
    func joint(of interface: Int) -> Joint? {
        switch network.interfaces[interface].wire {
        case .none, .loopback: return nil
        case .bridge, .tunnel: return Joint(place: interface, port: nil)
        case .lan(let lan): return Joint(place: network.domains.vertex(ofLAN: lan), port: nil)
        case .veth(let peer):
            guard let master = network.interfaces[peer].master else { return Joint(place: nil, port: peer) }
            return Joint(place: master, port: peer)
        }
    }

    /// The LAN at a place; nil where it is no LAN.
    func lan(at place: Int) -> Int? {
        place >= network.interfaces.count ? place - network.interfaces.count : nil
    }

    /// Where a broadcast from a place gets to.
    mutating func flood(from place: Int) -> Flood {
        if let known = floods[place] { return known }
        let before = refusals
        var flood = Flood(at: place)
        var next = 0
        while next < flood.arrivals.count {
            expand(next, &flood)
            next += 1
        }
        if refusals == before {
            if floods.count >= Walker.capacity { floods.removeAll(keepingCapacity: true) }
            floods[place] = flood
        }
        return flood
    }

    private mutating func expand(_ number: Int, _ flood: inout Flood) {
        let arrival = flood.arrivals[number]
        if let lan = lan(at: arrival.place) {
            for plug in network.lans[lan].bridgedPlugs where plug != arrival.ingress {
                guard let bridge = network.interfaces[plug].master, flood.isNew(bridge, by: plug) else { continue }
                flood.add(.init(place: bridge, ingress: plug, egress: nil, parent: number))
            }
            return
        }
        let here = network.interfaces[arrival.place]
        if case .tunnel(let tunnel) = here.wire {
            if arrival.ingress == nil { send(into: tunnel, from: number, &flood) }
            return
        }
        for port in here.ports where port != arrival.ingress {
            switch network.interfaces[port].wire {
            case .lan(let lan):
                let place = network.domains.vertex(ofLAN: lan)
                guard flood.isNew(place, by: port) else { continue }
                flood.add(.init(place: place, ingress: port, egress: port, parent: number))
            case .tunnel(let tunnel): send(into: tunnel, from: number, &flood)
            case .none, .loopback, .veth, .bridge: continue
            }
        }
    }

    /// Sends a frame to every far end of a tunnel. It is not passed on from one to another: both are one bridge port.
    private mutating func send(into number: Int, from parent: Int, _ flood: inout Flood) {
        let tunnel = network.tunnels[number]
        for end in tunnel.farEnds {
            guard let far = end.tunnel else {
                flood.fail(
                    .noFarEnd(tunnel: network.reference(tunnel.interface), end.address),
                    network.interfaces[tunnel.interface].origin)
                continue
            }
            arrive(number, far, parent, &flood)
        }
        guard let group = tunnel.group else { return }
        for far in network.groups[group] where far != number { arrive(number, far, parent, &flood) }
    }

    private mutating func arrive(_ number: Int, _ far: Int, _ parent: Int, _ flood: inout Flood) {
        let (near, end) = (network.tunnels[number].interface, network.tunnels[far].interface)
        let place = network.interfaces[end].master ?? end
        guard flood.isNew(place, by: end) else { return }
        switch floods(into: number, far) {
        case nil: flood.add(.init(place: place, ingress: end, egress: near, parent: parent))
        case .some(let failure): flood.fail(failure.reason, failure.origin)
        }
    }
}
