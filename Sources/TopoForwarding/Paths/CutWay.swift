import TopoModel
import TopoPlan

extension Way {
    /// The way of a packet that is too large for it, as far as it gets.
    /// - Parameters:
    ///   - walk: the packet, at its sender.
    ///   - ending: why it ends there.
    func cut(_ walk: SizeWalk, ending: Ending) -> Way {
        var (walk, rest) = (walk, limits[...])
        for (index, hop) in hops.enumerated() {
            guard let limit = rest.popFirst() else { break }
            if walk.pass([limit]) != nil { return end(after: hops[..<index], hop.ended(in: hop.node), ending) }
            var link: [LinkStep] = []
            for step in hop.link {
                let own = rest.prefix(step.limitCount)
                rest = rest.dropFirst(step.limitCount)
                let before = walk
                guard let stop = own.firstIndex(where: { walk.pass([$0]) != nil }) else {
                    link.append(step)
                    continue
                }
                link += step.cut(before, own.first)
                let node = step.node(ofLimit: stop - own.startIndex)
                return end(after: hops[..<index] + [hop.leaving(by: link)], hop.ended(in: node), ending)
            }
        }
        return self
    }

    private func end(after hops: ArraySlice<Hop>, _ last: Hop, _ ending: Ending) -> Way {
        let ending = Ending(reason: ending.reason, node: last.node, origin: ending.origin)
        return Way(
            hops: hops + [last], ending: ending, limits: limits, header: header, translations: translations)
    }
}

extension LinkStep {
    /// How many limits it sets, as `Walker.link(from:to:)` notes them.
    fileprivate var limitCount: Int {
        switch self {
        case .veth, .tunnel: 1
        case .bridge(_, _, _, let egress): egress == nil ? 0 : 1
        case .lan: 2
        }
    }

    /// Whose interface sets a limit.
    fileprivate func node(ofLimit number: Int) -> NodeName {
        switch self {
        case .veth(_, _, let end): end.node
        case .bridge(let bridge, _, _, _): bridge.node
        case .lan(_, _, let near, let far): number == 0 ? near.node : far.node
        case .tunnel(let tunnel): tunnel.from.node
        }
    }

    /// The step as far as a packet gets that it stops: a tunnel that refuses it sends nothing.
    fileprivate func cut(_ walk: SizeWalk, _ limit: SizeLimit?) -> [LinkStep] {
        guard case .tunnel(let tunnel) = self, case .tunnel(let limit)? = limit else { return [self] }
        let packet = SizeWalk(
            limit.family, size: walk.size + limit.overhead,
            isWhole: limit.keepsWhole || walk.isWhole && limit.family == .ipv6)
        var outer = packet
        guard let stop = outer.pass(limit.outer) else { return [] }
        let reason = StopReason.tooBig(mtu: stop.mtu, isReported: false)
        let way = tunnel.outer.cut(
            packet, ending: Ending(reason: reason, node: tunnel.from.node, origin: nil))
        return way.hops.count < 2 ? [] : [.tunnel(tunnel.by(way))]
    }
}

extension Hop {
    /// Where a way ends: here, or in another node of the link that the packet left by.
    fileprivate func ended(in node: NodeName) -> Hop {
        let isHere = node == self.node
        return Hop(
            node: node, inInterface: isHere ? inInterface : nil, outInterface: nil, nextHop: nil,
            route: isHere ? route : nil, routeOrigin: isHere ? routeOrigin : nil, mtu: nil, ttl: ttl, link: [],
            translations: isHere ? translations : [])
    }

    /// The hop with a part of its link.
    func leaving(by link: [LinkStep]) -> Hop {
        Hop(
            node: node, inInterface: inInterface, outInterface: outInterface, nextHop: nextHop, route: route,
            routeOrigin: routeOrigin, mtu: mtu, ttl: ttl, link: link, translations: translations)
    }
}
