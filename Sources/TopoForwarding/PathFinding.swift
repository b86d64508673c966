import TopoDiagnostics
import TopoModel
import TopoPlan

extension Walker {
    /// The path of an echo request of `size` bytes, not to be fragmented, and of its answer.
    mutating func path(from node: Int, to destination: IPAddress, size: Int) -> Path {
        let source = source(from: node, to: destination)
        let there = walk(from: node, to: destination, source: source)
        var back: Way?
        if there.isDelivered, let source, let target = network.node(named: there.ending.node) {
            // From the address that was asked for, whatever else the node would choose.
            back = walk(from: target, to: source, source: destination)
        }
        var ending = back?.ending ?? there.ending
        var mtu: PathMTU?
        if there.isDelivered, let back, back.isDelivered {
            mtu = largest(there, back, source)
            if let stop = stop(of: size, there, back, destination.family) {
                ending = self.ending(stop)
            }
        }
        return Path(
            source: network.nodes[node].name, sourceAddress: source, destination: destination, size: size, there: there,
            back: back, ending: ending, mtu: mtu)
    }

    /// Where a request of this size, which may not be fragmented, or its answer, which may, is stopped.
    private func stop(of size: Int, _ there: Way, _ back: Way, _ family: AddressFamily) -> SizeStop? {
        var request = SizeWalk(family, size: size, isWhole: true)
        if let stop = request.pass(there.limits) { return stop }
        var answer = SizeWalk(family, size: size, isWhole: false)
        return answer.pass(back.limits)
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

    private func ending(_ stop: SizeStop) -> Ending {
        let interface = network.interfaces[stop.interface]
        let isReported =
            switch stop.report {
            case .refused, .reported: true
            case .vanishes: false
            }
        return Ending(
            reason: .tooBig(mtu: stop.mtu, isReported: isReported),
            node: network.nodes[stop.node ?? interface.node].name, origin: interface.mtuOrigin)
    }
}
