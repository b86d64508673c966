import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds MTUs that are written and larger than the way allows (T0601), that differ on one segment (T0603), and segments
/// whose MTU is too small for a device (T0604) or for the IPv6 addresses on them (T0602).
///
/// What is derived follows the least of a segment; it is wrong only where the LAN leaves too little.
func findUnsuitableMTUs(in network: Network, _ findings: inout Findings) {
    let mtus = SegmentMTUs(of: network.topology, segments: network.segments, underlay: Underlay(of: network.topology))
    let silent = SilentBridges(in: network.topology)
    for segment in network.segments.all.indices {
        let sizes = SegmentSizes(
            network: network, segment: segment, bounds: mtus.bounds(ofSegment: segment), silentBridges: silent)
        if let found = sizes.tooLarge() ?? sizes.differing() ?? sizes.differingFromBridge() { findings.add(found) }
        let least = SmallMTU(network: network, segment: segment, mtu: mtus.mtu(ofSegment: segment))
        if let found = least.tooSmallForDevice() ?? least.tooSmallForIPv6() { findings.add(found) }
    }
}

/// The bridges that have no address.
///
/// The kernel compares a frame that a bridge passes on with the MTU of the port that it leaves by (`br_forward`), and with
/// the bridge's own only what the host itself sends or routes by it.
private struct SilentBridges {
    /// The places of the MTUs that are written for them.
    let mtus: Set<Span>
    private let names: Set<InterfaceName>

    init(in topology: Topology) {
        var mtus: Set<Span> = []
        var names: Set<InterfaceName> = []
        for host in topology.hosts {
            for bridge in host.bridges where bridge.addresses.isEmpty {
                names.insert(InterfaceName(host: host.name.value, interface: bridge.name.value))
                if let mtu = bridge.mtu { mtus.insert(mtu.span) }
            }
        }
        self.mtus = mtus
        self.names = names
    }

    /// How many interfaces of a segment are none of them.
    func others(on segment: Segment) -> Int { segment.members.count { !names.contains($0.interface) } }
}

/// A segment with all that bounds its MTU.
private struct SegmentSizes {
    /// An MTU that is written for an interface.
    struct Written {
        let value: Int
        let owner: String
        let span: Span
    }

    let network: Network
    let segment: Int
    let bounds: [SegmentMTUs.Bound]
    let silentBridges: SilentBridges

    private var written: [Written] {
        bounds.compactMap { bound in
            switch bound.source {
            case .written(let owner, let span): Written(value: bound.value, owner: owner, span: span)
            case .ethernet, .loopback, .lan, .carrier, .tunnel: nil
            }
        }
    }

    /// The least that LANs and underlays allow.
    private var allowed: SegmentMTUs.Bound? {
        bounds.filter { bound in
            switch bound.source {
            case .lan, .carrier, .tunnel: true
            case .ethernet, .loopback, .written: false
            }
        }.min { $0.value < $1.value }
    }

    /// T0601: what is written and more than LANs and underlays carry.
    func tooLarge() -> Diagnostic? {
        guard let allowed else { return nil }
        let large = written.filter { $0.value > allowed.value }
        guard let first = large.first else { return nil }
        let more = large.dropFirst().prefix(3).map { Diagnostic.Label($0.span, "\($0.owner) has \($0.value)") }
        return Diagnostic(
            .mtuTooLarge, "MTU \(first.value) of \(first.owner) is more than the \(allowed.value) that get through",
            at: .init(first.span, "packets of up to \(first.value) bytes"),
            and: allowed.label(in: network).map { [$0] + more } ?? more,
            notes: [
                "larger packets are silently dropped on the way: small pings are answered, large ones are not"
            ],
            help: help(first, allowed))
    }

    private func help(_ large: Written, _ allowed: SegmentMTUs.Bound) -> [String] {
        let lower = "leave \"mtu\" out, and topoc derives it; or write \(allowed.value) at most"
        switch allowed.source {
        case .ethernet, .loopback, .written: return [lower]
        case .carrier(let owner, _): return [lower, "or write \"mtu: \(large.value)\" for \(owner)"]
        case .lan(let name, _):
            return [lower, "or write \"mtu: \(large.value)\" at LAN \"\(name)\", if its switches carry that"]
        case .tunnel(_, _, let overhead, _, _):
            return [
                lower,
                "or raise the underlay's MTU to \(large.value + overhead), \"mtu\" of its LANs, if they carry that",
            ]
        }
    }

    /// T0603: MTUs that are written on one segment and differ.
    func differing() -> Diagnostic? {
        let written = written
        let counted = bridgeBoundsNothing(written) ? written.filter { !silentBridges.mtus.contains($0.span) } : written
        guard let least = counted.min(by: { $0.value < $1.value }),
            let other = counted.first(where: { $0.value > least.value })
        else { return nil }
        let (first, second) = least.span < other.span ? (least, other) : (other, least)
        return Diagnostic(
            .mtusDiffer,
            "MTUs of one segment differ: \(first.owner) has \(first.value), \(second.owner) \(second.value)",
            at: .init(second.span, "\(second.value) here"), and: [.init(first.span, "\(first.value) there")],
            notes: [
                "no router is between the two to tell the sender: packets larger than \(least.value) vanish on their way to "
                    + least.owner
            ],
            help: ["write the same \"mtu\" for both, or only one of them: the rest of the segment follows the smallest"]
        )
    }

    /// T0603 as a warning: an MTU at a bridge that neither bounds what its ports pass on nor what they take from it.
    func differingFromBridge() -> Diagnostic? {
        let written = written
        let pairs = written.filter { silentBridges.mtus.contains($0.span) }.compactMap { bridge in
            written.first { $0.value != bridge.value && !silentBridges.mtus.contains($0.span) }.map { (bridge, $0) }
        }
        guard let (bridge, other) = pairs.first else { return nil }
        return Diagnostic(
            .mtusDiffer,
            "MTUs of one segment differ: \(bridge.owner) has \(bridge.value), \(other.owner) \(other.value)",
            at: .init(bridge.span, "\(bridge.value) limits nothing"),
            and: [.init(other.span, "\(other.value) is what passes")],
            notes: ["a bridge without an address sends nothing itself, and limits what it forwards to its ports' MTUs"],
            help: ["leave \"mtu\" out at the bridge, or write \(other.value)"], severity: .warning)
    }

    /// Whether everything else on the segment has an MTU of its own, so that nothing follows that of a bridge without address.
    private func bridgeBoundsNothing(_ written: [Written]) -> Bool {
        let others = written.count { !silentBridges.mtus.contains($0.span) }
        return others == silentBridges.others(on: network.segments.all[segment])
    }
}

extension SegmentMTUs.Bound {
    /// The place of what sets the bound, and what it carries; nil for an MTU that is written, whose place is its own.
    func label(in network: Network) -> Diagnostic.Label? {
        switch source {
        case .ethernet, .loopback, .written: return nil
        case .lan(let name, let span):
            let named = network.topology.lans.first { $0.name.value == name }?.name.span
            return (span ?? named).map { .init($0, "LAN \"\(name)\" carries \(value)") }
        case .carrier(let owner, let span): return .init(span, "\(owner) carries \(value)")
        case .tunnel(let tunnel, let host, _, _, _):
            return .init(tunnel.name.span, "\(host)'s tunnel \"\(tunnel.name.value)\" carries \(value): \(reason)")
        }
    }
}
