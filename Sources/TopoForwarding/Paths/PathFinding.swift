import TopoDiagnostics
import TopoModel
import TopoPlan

extension Walker {
    /// The path of an echo request of `size` bytes, not to be fragmented, and of its answer.
    mutating func path(from node: Int, to destination: IPAddress, size: Int) -> Path {
        let source = source(from: node, to: destination)
        var there = walk(from: node, to: destination, source: source)
        var back: Way?
        if there.isDelivered, let source, let target = network.node(named: there.ending.node) {
            // From the address that was asked for, whatever else the node would choose.
            back = walk(from: target, to: source, source: destination)
        }
        var mtu: PathMTU?
        var telling: PathMTU.Beyond?
        var refusing: InterfaceReference?
        if there.isDelivered, let answer = back, answer.isDelivered {
            mtu = largest(there, answer, source)
            let walks = walks(of: size, destination.family)
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
            source: network.nodes[node].name, sourceAddress: source, destination: destination, size: size, there: there,
            back: back, ending: back?.ending ?? there.ending, mtu: mtu, telling: telling,
            refusing: refusing)
    }

    /// A request, which may not be fragmented, and its answer, which may.
    private func walks(of size: Int, _ family: AddressFamily) -> (request: SizeWalk, answer: SizeWalk) {
        (SizeWalk(family, size: size, isWhole: true), SizeWalk(family, size: size, isWhole: false))
    }

    /// Where a request of this size, or its answer, is stopped.
    private func stop(of size: Int, _ there: Way, _ back: Way, _ family: AddressFamily) -> SizeStop? {
        var walks = walks(of: size, family)
        return walks.request.pass(there.limits) ?? walks.answer.pass(back.limits)
    }

    /// The largest request that is answered. Whether a size passes can only change where a limit begins to matter.
    private mutating func largest(_ there: Way, _ back: Way, _ source: IPAddress?) -> PathMTU? {
        let (most, family) = (65535, source?.family ?? .ipv4)
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
            let told = walk(from: node, to: source, source: self.source(from: node, to: source))
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
