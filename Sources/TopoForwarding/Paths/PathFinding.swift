import TopoDiagnostics
import TopoModel
import TopoPlan

extension Walker {
    /// The path of an echo request of `size` bytes and of its answer.
    /// - Parameters:
    ///   - sender: the address that it comes from; nil where the node chooses, or for one of those outside.
    ///   - port: what a connection is to; nil for an echo request.
    ///   It may not be fragmented (DF).
    /// - Returns: the worst, where it may take several ways.
    mutating func path(
        from node: Int, sending sender: IPAddress? = nil, to destination: IPAddress, size: Int,
        port: PacketHeader.Port? = nil
    ) -> Path {
        Path(
            worstOf: everyWay { walker in
                walker.path(from: node, sending: sender, to: destination, size: size, port: port, isWhole: true)
            })
    }

    private mutating func path(
        from node: Int, sending sender: IPAddress?, to destination: IPAddress, size: Int, port: PacketHeader.Port?,
        isWhole: Bool
    ) -> Path {
        let zone = destination.isIPv6LinkLocal ? zone(of: destination, seenFrom: node) : nil
        let outside = network.nodes[node].outside?.example(destination.family)
        let source = sender ?? outside ?? source(from: node, to: destination)
        var (there, back) =
            zone.map { ways(on: $0, to: destination) } ?? ways(from: node, to: destination, source, port)
        var mtu: PathMTU?
        var telling: PathMTU.Beyond?
        var refusing: InterfaceReference?
        if there.isDelivered, let answer = back, answer.isDelivered {
            mtu = largest(there, answer, source, destination.family)
            let walks = walks(of: size, destination.family, isWhole: isWhole)
            var (request, reply) = walks
            if let stop = request.pass(there.limits) {
                (telling, refusing) = (beyond(stop, there, source), network.reference(stop.interface))
                there = there.cut(walks.request, ending: ending(stop, telling))
                back = nil
            } else if let stop = reply.pass(answer.limits) {
                (telling, refusing) = (.vanishes, network.reference(stop.interface))
                back = answer.cut(walks.answer, ending: ending(stop, .vanishes))
            }
        }
        return Path(
            source: network.nodes[node].name,
            request: PacketHeader(source: source, destination: destination, port: port),
            zone: zone.map { network.interfaces[$0].name }, size: size, there: there, back: back,
            ending: back?.ending ?? there.ending, mtu: mtu, telling: telling, refusing: refusing)
    }

    /// The path of an echo request as ping(8) sends it without options.
    ///
    /// Its socket's `IP_MTU_DISCOVER` is `IP_PMTUDISC_WANT` (ip(7)): what is larger than the MTU of the way is broken in
    /// pieces by the sender, which learns that MTU from the first answers of routers. So a small MTU costs the first
    /// packet at most; what vanishes without a word stays lost.
    /// - Parameter port: what a connection is to in the place of an echo request, whose first packet is no larger.
    mutating func pingPath(
        from node: Int, sending sender: IPAddress? = nil, to destination: IPAddress, port: PacketHeader.Port? = nil
    ) -> Path {
        Path(
            worstOf: everyWay { walker in
                let path = walker.path(
                    from: node, sending: sender, to: destination, size: Walker.pingSize, port: port, isWhole: true)
                switch path.telling {
                case .refused, .reported:
                    return walker.path(
                        from: node, sending: sender, to: destination, size: Walker.pingSize, port: port, isWhole: false)
                case .vanishes, nil: return path
                }
            })
    }

    /// The size of an echo request as ping(8) sends it, in bytes: 56 of data, ICMP's 8, IPv4's 20.
    static let pingSize = 84

    private mutating func ways(
        from node: Int, to destination: IPAddress, _ source: IPAddress?, _ port: PacketHeader.Port?
    ) -> (there: Way, back: Way?) {
        let there = walk(from: node, to: destination, source: source, port: port)
        guard there.isDelivered, let source, let seen = there.header.source,
            let target = network.node(named: there.ending.node)
        else {
            return (there, nil)
        }
        // From the address that was asked for, whatever else the node would choose.
        let name = there.hops.last?.inInterface
        let arrival = name.flatMap { name in
            network.nodes[target].interfaces.first { network.interfaces[$0].name == name }
        }
        let back = walk(
            from: target, to: seen, source: there.header.destination,
            answering: Request(arrival: arrival, translations: there.translations))
        if back.isDelivered, let answerer = back.header.source, answerer != destination {
            return (there, back.ending(otherwise: .answerFromAnother(answerer, asked: destination)))
        }
        guard back.isDelivered, back.ending.node != network.nodes[node].name else { return (there, back) }
        return (there, back.ending(otherwise: .anothersAddress(source)))
    }

    /// The interface by which a node asks for a link-local address, the zone of RFC 4007: the first on whose segment
    /// somebody has it, else its first.
    private func zone(of address: IPAddress, seenFrom node: Int) -> Int? {
        let domains = Set(
            (network.owners[address] ?? []).map { network.domains.domain(ofInterface: $0.interface) })
        let own = network.nodes[node].interfaces.filter { network.interfaces[$0].master == nil }
        return own.first { domains.contains(network.domains.domain(ofInterface: $0)) } ?? own.first
    }

    /// The ways of a request to a link-local address by an interface, and of its answer: they never leave the link. Its
    /// sender's address is the one that every interface makes for itself (RFC 4862, 5.3), if it is given none.
    private mutating func ways(on zone: Int, to destination: IPAddress) -> (there: Way, back: Way?) {
        let node = network.interfaces[zone].node
        let header = PacketHeader(source: nil, destination: destination, port: nil)
        var steps = WaySteps(network: network, node: node, header: header, ttl: Walker.usualTTL)
        if network.isLocal(destination, to: node, on: zone) {
            let way = steps.end(.delivered, nil)
            return (way, way)
        }
        switch neighbour(on: zone, having: destination) {
        case .stopped(let reason, let origin): return (steps.end(reason, origin), nil)
        case .found(let target, let link):
            steps.cross(link, from: zone, to: target, nextHop: destination)
            var answer = WaySteps(
                network: network, node: network.interfaces[target].node, header: header, ttl: Walker.usualTTL)
            switch self.link(from: target, to: zone) {
            case .stopped(let reason, let origin): return (steps.end(.delivered, nil), answer.end(reason, origin))
            case .found(let link):
                answer.cross(link, from: target, to: zone, nextHop: nil)
                return (steps.end(.delivered, nil), answer.end(.delivered, nil))
            }
        }
    }

    private func walks(
        of size: Int, _ family: AddressFamily, isWhole: Bool
    ) -> (request: SizeWalk, answer: SizeWalk) {
        (SizeWalk(family, size: size, isWhole: isWhole), SizeWalk(family, size: size, isWhole: false))
    }

    /// Where a request of this size, or its answer, is stopped.
    private func stop(of size: Int, _ there: Way, _ back: Way, _ family: AddressFamily) -> SizeStop? {
        var walks = walks(of: size, family, isWhole: true)
        return walks.request.pass(there.limits) ?? walks.answer.pass(back.limits)
    }

    /// The largest request that is answered. Whether a size passes can only change where a limit begins to matter.
    private mutating func largest(
        _ there: Way, _ back: Way, _ source: IPAddress?, _ family: AddressFamily
    ) -> PathMTU? {
        let most = 65535
        let sizes = Set(there.limits.thresholds + back.limits.thresholds + [most]).filter { 0 < $0 && $0 <= most }
        guard let size = sizes.sorted(by: >).first(where: { stop(of: $0, there, back, family) == nil }) else {
            return nil
        }
        guard size < most, let stop = stop(of: size + 1, there, back, family) else {
            return PathMTU(size: size, beyond: .vanishes, interface: nil, origin: nil)
        }
        return PathMTU(
            size: size, beyond: beyond(stop, there, source), interface: network.reference(stop.interface),
            origin: network.interfaces[stop.interface].mtuOrigin)
    }

    /// What the sender learns; a router's ICMP message needs a way back, too.
    private mutating func beyond(_ stop: SizeStop, _ there: Way, _ source: IPAddress?) -> PathMTU.Beyond {
        switch stop.report {
        case .refused: return .refused
        case .vanishes: return .vanishes
        case .reported:
            guard let node = stop.node, let source, let sender = there.hops.first?.node else { return .vanishes }
            let name = network.nodes[node].name
            let isTunnel = if case .tunnel = network.interfaces[stop.interface].wire { true } else { false }
            if isTunnel || name == sender { return .reported(by: name) }
            // Of what the router has, it tells whoever that says it is from; those who changed that change it back.
            let seen = there.source(at: name) ?? source
            let told = walk(
                from: node, to: seen, source: self.source(from: node, to: seen),
                answering: Request(arrival: nil, translations: there.translations))
            return told.isDelivered ? .reported(by: name) : .vanishes
        }
    }

    private func ending(_ stop: SizeStop, _ telling: PathMTU.Beyond?) -> Ending {
        let interface = network.interfaces[stop.interface]
        return Ending(
            reason: .tooBig(mtu: stop.mtu, isReported: telling != .vanishes),
            node: network.nodes[stop.node ?? interface.node].name, origin: interface.mtuOrigin)
    }
}
