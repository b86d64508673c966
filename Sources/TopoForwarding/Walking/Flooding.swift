import TopoDiagnostics
import TopoPlan

extension Walker {
    /// Where a node's interface is joined to what passes frames on.
    struct Joint {
        /// The bridge, LAN or lone tunnel; nil for a veth pair without a bridge.
        let place: Place?
        /// The bridge port that leads to the interface; nil where the interface is the bridge, a NIC or a tunnel.
        let port: Int?
        /// The interface, or the link of the VLAN interface that it is.
        let device: Int
        /// The tag of its frames on the device's wire.
        let tag: Int
    }

    /// The joint of an interface that is no bridge port; nil for a NIC that is not plugged, and for a port that drops its frames.
    func joint(of interface: Int) -> Joint? {
        let (device, tag) = sending(interface)
        let place: Place
        switch network.interfaces[device].wire {
        case .none, .loopback, .vlan: return nil
        case .bridge:
            guard let vlan = inside(device, device, tag) else { return nil }
            place = Place(vertex: device, tag: vlan)
        case .tunnel: place = Place(vertex: device, tag: tag)
        case .lan(let lan): place = Place(vertex: network.domains.vertex(ofLAN: lan), tag: tag)
        case .veth(let peer):
            guard let master = network.interfaces[peer].master else {
                return Joint(place: nil, port: peer, device: device, tag: tag)
            }
            guard let vlan = inside(peer, master, tag) else { return nil }
            return Joint(place: Place(vertex: master, tag: vlan), port: peer, device: device, tag: tag)
        }
        return Joint(place: place, port: nil, device: device, tag: tag)
    }

    /// The interface whose wire an interface's frames leave by, and their tag there.
    private func sending(_ interface: Int) -> (device: Int, tag: Int) {
        if case .vlan(let link, let id) = network.interfaces[interface].wire { return (link, id) }
        return (interface, 0)
    }

    /// What a frame that comes in by a bridge's port, or from the bridge's own side, has for a VLAN there; its tag, where the bridge
    /// does not tell VLANs apart; nil where it is dropped.
    private func inside(_ port: Int, _ bridge: Int, _ tag: Int) -> Int? {
        guard network.interfaces[bridge].vlans != nil else { return tag }
        return network.interfaces[port].vlans?.inside(tag)
    }

    /// With which tag a frame of a bridge leaves by a port; nil where it does not.
    private func outside(_ port: Int, _ bridge: Int, _ vlan: Int) -> Int? {
        guard network.interfaces[bridge].vlans != nil else { return vlan }
        return network.interfaces[port].vlans?.outside(vlan)
    }

    /// The place that a frame gets to which comes in by a NIC, tunnel or bridge with a tag, and the port by which it does: a VLAN
    /// interface takes what has its tag before a bridge sees it (`vlan_do_receive` in the kernel). Nil where it gets no further.
    private func receiving(_ device: Int, _ tag: Int) -> (place: Place, port: Int)? {
        let vlan = network.vlan(on: device, tag)
        let port = vlan ?? device
        guard let bridge = network.interfaces[port].master, let inner = inside(port, bridge, vlan == nil ? tag : 0)
        else {
            return nil
        }
        return (Place(vertex: bridge, tag: inner), port)
    }

    /// The LAN at a place; nil where it is no LAN.
    func lan(at place: Place) -> Int? {
        place.vertex >= network.interfaces.count ? place.vertex - network.interfaces.count : nil
    }

    /// Where a broadcast from a place gets to.
    mutating func flood(from place: Place) -> Flood {
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
        let (vertex, tag) = (arrival.place.vertex, arrival.place.tag)
        if let lan = lan(at: arrival.place) {
            for plug in network.lans[lan].bridgedPlugs where plug != arrival.device {
                guard let (place, port) = receiving(plug, tag), flood.isNew(place, by: port) else { continue }
                flood.add(.init(place: place, ingress: port, device: plug, egress: nil, parent: number))
            }
            return
        }
        let here = network.interfaces[vertex]
        if case .tunnel(let tunnel) = here.wire {
            if arrival.ingress == nil { send(into: tunnel, by: vertex, tag, from: number, &flood) }
            return
        }
        for port in here.ports where port != arrival.ingress {
            guard let sent = outside(port, vertex, tag) else { continue }
            leave(by: port, sent, from: number, &flood)
        }
        // The bridge's own side, where a VLAN interface there is a port of another bridge.
        guard let own = outside(vertex, vertex, tag), let (place, port) = receiving(vertex, own), port != vertex,
            port != arrival.egress, flood.isNew(place, by: port)
        else { return }
        flood.add(.init(place: place, ingress: port, device: nil, egress: nil, parent: number))
    }

    /// Sends a frame out of a bridge's port.
    private mutating func leave(by port: Int, _ sent: Int, from number: Int, _ flood: inout Flood) {
        let (device, id) = sending(port)
        // A tag inside of another is not followed: nothing here reads the two.
        guard device == port || sent == 0 else { return }
        let tag = device == port ? sent : id
        switch network.interfaces[device].wire {
        case .lan(let lan):
            let place = Place(vertex: network.domains.vertex(ofLAN: lan), tag: tag)
            guard flood.isNew(place, by: device) else { return }
            flood.add(.init(place: place, ingress: device, device: device, egress: port, parent: number))
        case .tunnel(let tunnel): send(into: tunnel, by: port, tag, from: number, &flood)
        case .bridge:
            guard let inner = inside(device, device, tag), case let place = Place(vertex: device, tag: inner),
                flood.isNew(place, by: port)
            else { return }
            flood.add(.init(place: place, ingress: port, device: nil, egress: port, parent: number))
        case .none, .loopback, .veth, .vlan: return
        }
    }

    /// Sends a frame to every far end of a tunnel. It is not passed on from one to another: both are one bridge port.
    private mutating func send(
        into number: Int, by port: Int, _ tag: Int, from parent: Int, _ flood: inout Flood
    ) {
        let tunnel = network.tunnels[number]
        for end in tunnel.farEnds {
            guard let far = end.tunnel else {
                flood.fail(
                    .noFarEnd(tunnel: network.reference(tunnel.interface), end.address),
                    network.interfaces[tunnel.interface].origin)
                continue
            }
            arrive(number, far, port, tag, parent, &flood)
        }
        guard let group = tunnel.group else { return }
        for far in network.groups[group] where far != number { arrive(number, far, port, tag, parent, &flood) }
    }

    private mutating func arrive(
        _ number: Int, _ far: Int, _ port: Int, _ tag: Int, _ parent: Int, _ flood: inout Flood
    ) {
        let (near, end) = (network.tunnels[number].interface, network.tunnels[far].interface)
        let found = receiving(end, tag)
        // Without a bridge it is the tunnel itself that gets it, or a VLAN interface of its own.
        let isOwn = network.interfaces[end].master == nil || network.vlan(on: end, tag) != nil
        guard found != nil || isOwn else { return }
        let place = found?.place ?? Place(vertex: end, tag: tag)
        guard flood.isNew(place, by: found?.port ?? end) else { return }
        switch floods(into: number, far) {
        case nil:
            flood.add(
                .init(
                    place: place, ingress: found?.port ?? end, device: nil, egress: port,
                    tunnel: TunnelWay(near: near, far: end, tag: tag), parent: parent))
        case .some(let failure): flood.fail(failure.reason, failure.origin)
        }
    }
}
