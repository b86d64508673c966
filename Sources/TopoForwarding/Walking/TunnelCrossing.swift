import TopoDiagnostics
import TopoModel
import TopoNetwork
import TopoPlan

/// The way of frames from one end of a tunnel to the other, or why there is none.
enum CrossingResult: Sendable {
    /// The outer packet's way.
    case found(Encapsulation, SizeLimit)
    case stopped(StopReason, Span?)
}

extension Walker {
    /// How deep tunnels may be nested in each other before the prediction gives up.
    private static let depth = 8

    /// Why a broadcast into a tunnel does not get to this far end; nil where it does.
    mutating func floods(into number: Int, _ far: Int) -> (reason: StopReason, origin: Span?)? {
        let outcome: (reason: StopReason, origin: Span?)?? = follow(number) { walker in
            walker.network.tunnels[number].group == nil
                ? walker.floodFailure(number, far) : walker.groupFailure(number, far)
        }
        if let outcome { return outcome }
        let interface = network.tunnels[number].interface
        return (.tunnelInItself(tunnel: network.reference(interface)), network.interfaces[interface].origin)
    }

    /// Why a group's packets do not get to a member: they do not leave the broadcast domain of the device, since their
    /// TTL is 1 unless set, and hosts route no multicast.
    private mutating func groupFailure(_ number: Int, _ far: Int) -> (reason: StopReason, origin: Span?)? {
        guard let device = network.tunnels[number].device, let target = network.tunnels[far].device,
            outerSource(number, towards: nil) != nil
        else { return failure(.noSourceAddress, at: number) }
        if broadcastReaches(from: device, to: target) { return nil }
        let group = group(of: network.tunnels[number])
        return failure(.noLayer2Path(group, interface: network.interfaces[device].name), at: number)
    }

    /// The way of a frame for one neighbour through a tunnel, with the answer's: unicast both, since each end learns from
    /// what it receives where the other is.
    mutating func crossing(_ number: Int, _ far: Int) -> CrossingResult {
        let pair = Pair(from: number, to: far)
        if let known = crossings[pair] { return known }
        let before = refusals
        var result = CrossingResult.stopped(
            .tunnelInItself(tunnel: network.reference(network.tunnels[number].interface)),
            network.interfaces[network.tunnels[number].interface].origin)
        if let found = follow(number, { walker in walker.worst(ofAll: walker.everyWay { $0.outerWays(number, far) }) })
        {
            result = found
        }
        if refusals == before {
            if crossings.count >= Walker.capacity { crossings.removeAll(keepingCapacity: true) }
            crossings[pair] = result
        }
        return result
    }

    /// Of the ways that outer packets may take, one by which they are lost, or else the one that takes the smallest packets.
    private func worst(ofAll ways: [CrossingResult]) -> CrossingResult {
        var worst: (limit: Int, encapsulation: Encapsulation, size: SizeLimit)?
        var outer: [Way] = []
        for way in ways {
            guard case .found(let encapsulation, let size) = way else { return way }
            if !outer.contains(encapsulation.outer) { outer.append(encapsulation.outer) }
            let limit = [size].thresholds.min() ?? .max
            if limit < worst?.limit ?? .max || worst == nil { worst = (limit, encapsulation, size) }
        }
        guard let worst else { return ways[0] }
        let others = outer.filter { $0 != worst.encapsulation.outer }
        return .found(worst.encapsulation.with(others), worst.size)
    }

    private mutating func outerWays(_ number: Int, _ far: Int) -> CrossingResult {
        let (tunnel, other) = (network.tunnels[number], network.tunnels[far])
        let nodes = (network.interfaces[tunnel.interface].node, network.interfaces[other.interface].node)
        let towards = tunnel.farEnds.first { $0.tunnel == far }?.address
        guard let source = outerSource(number, towards: towards) else {
            let failure = missingSource(number, towards: towards)
            return .stopped(failure.reason, failure.origin)
        }
        guard let destination = gretapRemote(tunnel) ?? outerSource(far, towards: source) else {
            let failure = missingSource(far, towards: source)
            return .stopped(failure.reason, failure.origin)
        }
        let ttl = tunnel.plan.ttl ?? Walker.usualTTL
        let there = walk(from: nodes.0, to: destination, source: source, ttl: ttl)
        if let failure = failure(of: there, number) { return .stopped(failure.reason, failure.origin) }
        let back = walk(
            from: nodes.1, to: source, source: destination, ttl: other.plan.ttl ?? Walker.usualTTL)
        if let failure = failure(of: back, far) { return .stopped(failure.reason, failure.origin) }
        for (way, tunnel) in [(there, number), (back, far)] {
            if let failure = excess(of: way, tunnel) { return .stopped(failure.reason, failure.origin) }
        }
        let family = destination.family
        let encapsulation = Encapsulation(
            from: network.reference(tunnel.interface), to: network.reference(other.interface), carrier: tunnel.carrier,
            source: source, destination: destination, overhead: tunnel.overhead(over: family),
            inheritsTTL: tunnel.inheritsTTL, outer: there, others: [], vlan: nil)
        let limit = TunnelLimit(
            overhead: encapsulation.overhead, interface: tunnel.interface, node: nodes.0, family: family,
            keepsWhole: gretapRemote(tunnel) != nil, outer: there.limits)
        return .found(encapsulation, .tunnel(limit))
    }

    private func gretapRemote(_ tunnel: NetworkTunnel) -> IPAddress? {
        switch tunnel.plan.kind {
        case .gretap(let remote, _): remote.value
        case .vxlan: nil
        }
    }

    private func group(of tunnel: NetworkTunnel) -> IPAddress {
        if case .vxlan(_, .group(let group), _) = tunnel.plan.kind { return group }
        return .v4(IPv4Address(bits: 0))
    }

    /// The source of a tunnel's outer packets: as set, else as routed, else for a group its device's own.
    private mutating func outerSource(_ number: Int, towards destination: IPAddress?) -> IPAddress? {
        let tunnel = network.tunnels[number]
        if let local = tunnel.local { return local }
        let node = network.interfaces[tunnel.interface].node
        if let destination { return source(from: node, to: destination) }
        let family = group(of: tunnel).family
        let own = tunnel.device.map { network.interfaces[$0].addresses.map(\.address) } ?? []
        return own.first { $0.family == family } ?? network.addresses(of: node, family).first
    }

    private mutating func floodFailure(_ number: Int, _ far: Int) -> (reason: StopReason, origin: Span?)? {
        for way in everyWay({ $0.outerFlood(number, far) }) {
            if let lost = failure(of: way, number) ?? excess(of: way, number) { return lost }
        }
        return nil
    }

    /// Why a tunnel's outer packet is dropped, where it goes through too many other tunnels in its sender.
    private func excess(of way: Way, _ number: Int) -> (reason: StopReason, origin: Span?)? {
        let levels = 1 + way.levels
        guard levels > assumptions.tunnelLevels else { return nil }
        let tunnel = network.tunnels[number].interface
        return (
            .tooManyTunnels(tunnel: network.reference(tunnel), levels: levels), network.interfaces[tunnel].origin
        )
    }

    private mutating func outerFlood(_ number: Int, _ far: Int) -> Way {
        let tunnel = network.tunnels[number]
        let node = network.interfaces[tunnel.interface].node
        let address = tunnel.farEnds.first { $0.tunnel == far }?.address ?? group(of: tunnel)
        return walk(
            from: node, to: address, source: outerSource(number, towards: address),
            ttl: tunnel.plan.ttl ?? Walker.usualTTL)
    }

    private mutating func broadcastReaches(from device: Int, to target: Int) -> Bool {
        let (near, far) = (network.interfaces[device].master ?? device, network.interfaces[target].master ?? target)
        guard let start = joint(of: near), let end = joint(of: far) else { return false }
        guard let place = start.place, let goal = end.place else {
            return start.port == end.device && start.tag == end.tag
        }
        return flood(from: place).arrival(at: goal) != nil
    }

    /// Follows a tunnel's outer packets; nil where they are being followed already.
    private mutating func follow<Result>(_ number: Int, _ body: (inout Walker) -> Result) -> Result? {
        if open.contains(number) || open.count >= Walker.depth {
            refusals += 1
            return nil
        }
        open.append(number)
        defer { open.removeLast() }
        return body(&self)
    }

    private func failure(of way: Way, _ number: Int) -> (reason: StopReason, origin: Span?)? {
        let tunnel = network.tunnels[number].interface
        if let change = way.translations.first {
            return (
                .underlayFails(
                    tunnel: network.reference(tunnel), .sourceTranslated(change.new, by: change.node), at: change.node),
                change.origin
            )
        }
        if way.isDelivered { return nil }
        return (
            .underlayFails(tunnel: network.reference(tunnel), way.ending.reason, at: way.ending.node),
            way.ending.origin ?? network.interfaces[tunnel].origin
        )
    }

    /// Why a tunnel's outer packets have no source: mostly there is no route to choose it by.
    private func missingSource(_ number: Int, towards destination: IPAddress?) -> (reason: StopReason, origin: Span?) {
        let node = network.nodes[network.interfaces[network.tunnels[number].interface].node]
        if let destination, node.routes.route(to: destination) == nil {
            return failure(.noRoute(destination), at: number)
        }
        return failure(.noSourceAddress, at: number)
    }

    private func failure(_ reason: StopReason, at number: Int) -> (reason: StopReason, origin: Span?) {
        let tunnel = network.tunnels[number].interface
        let node = network.nodes[network.interfaces[tunnel].node].name
        return (
            .underlayFails(tunnel: network.reference(tunnel), reason, at: node), network.interfaces[tunnel].origin
        )
    }
}
