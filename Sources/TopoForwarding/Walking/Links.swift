import TopoDiagnostics
import TopoModel
import TopoNetwork
import TopoPlan

extension Walker {
    /// The link between two interfaces that are no bridge ports: where the first one's broadcasts get to the second, and
    /// frames for one MAC alone get there and back.
    mutating func link(from: Int, to: Int) -> LinkResult {
        let pair = Pair(from: from, to: to)
        if let known = links[pair] { return known }
        let before = refusals
        let result = findLink(from, to)
        if refusals == before {
            if links.count >= Walker.capacity { links.removeAll(keepingCapacity: true) }
            links[pair] = result
        }
        return result
    }

    private mutating func findLink(_ from: Int, _ to: Int) -> LinkResult {
        let none = LinkResult.stopped(
            .noLayer2Path(.v4(IPv4Address(bits: 0)), interface: network.interfaces[from].name),
            network.interfaces[from].origin)
        guard let start = joint(of: from), let end = joint(of: to) else { return none }
        guard let place = start.place, let goal = end.place else {
            guard start.port == end.device, start.tag == end.tag else { return none }
            var link = Link()
            crossVeth(start.device, end.device, start.tag, &link)
            return .found(link)
        }
        let flood = flood(from: place)
        guard let arrival = flood.arrival(at: goal) else {
            guard let failure = flood.failures.first else { return none }
            return .stopped(failure.reason, failure.origin)
        }
        return follow(flood.chain(to: arrival), from, start, to, end)
    }

    /// Crosses the places of a chain, one after the other.
    private mutating func follow(
        _ chain: [Flood.Arrival], _ from: Int, _ start: Joint, _ to: Int, _ end: Joint
    ) -> LinkResult {
        var link = Link()
        if let port = start.port { crossVeth(start.device, port, start.tag, &link) }
        for (index, arrival) in chain.enumerated() {
            let next = index + 1 < chain.count ? chain[index + 1] : nil
            if let lan = lan(at: arrival.place) {
                let (near, far) = (arrival.device ?? start.device, next?.device ?? end.device)
                let owners = (start.device == from ? from : start.device, end.device == to ? to : end.device)
                if let stop = crossLAN(lan, arrival.place.tag, near, far, ends: owners, &link) { return stop }
                continue
            }
            let here = network.interfaces[arrival.place.vertex]
            if case .bridge = here.wire {
                let vlan = here.vlans == nil ? nil : arrival.place.tag
                crossBridge(
                    arrival.place.vertex, vlan, arrival.ingress ?? start.port,
                    next.map { $0.egress ?? nil } ?? end.port, &link)
            }
            guard let tunnel = next?.tunnel else { continue }
            if let stop = crossTunnel(tunnel, &link) { return stop }
        }
        if let port = end.port { crossVeth(port, end.device, end.tag, &link) }
        return .found(link)
    }

    /// The receiving end of a veth pair takes frames of its MTU, and 4 bytes more, room for a VLAN's tag: which is not counted, since it
    /// goes beside the frame there (`NETIF_F_HW_VLAN_CTAG_TX`).
    private func crossVeth(_ from: Int, _ to: Int, _ tag: Int, _ link: inout Link) {
        link.steps.append(.veth(vlan: tag == 0 ? nil : tag, from: network.reference(from), to: network.reference(to)))
        link.limits.append(.wire(mtu: network.interfaces[to].mtu + Walker.tagRoom, interface: to))
    }

    private static let tagRoom = 4

    private func crossBridge(_ bridge: Int, _ vlan: Int?, _ ingress: Int?, _ egress: Int?, _ link: inout Link) {
        link.steps.append(
            .bridge(
                network.reference(bridge), vlan: vlan, from: ingress.map { network.interfaces[$0].name },
                to: egress.map { network.interfaces[$0].name }))
        guard let egress else { return }
        let mtu = network.interfaces[egress].mtu
        // Only frames that came in by a port pass the hooks.
        link.limits.append(
            assumptions.bridgesFilterIP && ingress != nil
                ? .bridgePort(mtu: mtu, interface: egress) : .wire(mtu: mtu + Walker.tagRoom, interface: egress))
    }

    /// A LAN that is not promiscuous passes to a NIC what is for the NIC's own MAC: ARP's question is a broadcast and gets
    /// through, its answer, and all that follows, does not.
    private func crossLAN(
        _ number: Int, _ tag: Int, _ near: Int, _ far: Int, ends: (from: Int, to: Int), _ link: inout Link
    ) -> LinkResult? {
        let lan = network.lans[number]
        link.steps.append(
            .lan(
                lan.name, vlan: tag == 0 ? nil : tag, from: network.reference(near), to: network.reference(far)))
        link.limits.append(.wire(mtu: lan.mtu + Walker.tagRoom, interface: near))
        link.limits.append(.wire(mtu: network.interfaces[far].mtu + Walker.tagRoom, interface: far))
        if lan.isPromiscuous { return nil }
        for (plug, owner) in [(far, ends.to), (near, ends.from)] where plug != owner {
            if !FrameFilter.passes(to: network.interfaces[owner].mac, behind: network.interfaces[plug].mac) {
                return .stopped(
                    .notPromiscuous(lan: lan.name, nic: network.reference(plug)), network.interfaces[plug].origin)
            }
        }
        return nil
    }

    /// A tag inside a tunnel is part of what its packets carry.
    private mutating func crossTunnel(_ way: TunnelWay, _ link: inout Link) -> LinkResult? {
        guard case .tunnel(let near) = network.interfaces[way.near].wire,
            case .tunnel(let other) = network.interfaces[way.far].wire
        else { return nil }
        switch crossing(near, other) {
        case .stopped(let reason, let origin): return .stopped(reason, origin)
        case .found(let encapsulation, let limit):
            link.steps.append(.tunnel(encapsulation.carrying(way.tag)))
            link.limits.append(limit.carrying(way.tag))
            if encapsulation.inheritsTTL {
                link.inheriting.append((encapsulation.from, encapsulation.outer.routers))
            }
            return nil
        }
    }
}
