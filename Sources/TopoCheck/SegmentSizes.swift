import TopoDiagnostics
import TopoModel

/// Finds MTUs that are written and larger than the way allows (T0601), that differ on one segment (T0603), and segments whose MTU
/// is too small for the IPv6 addresses on them (T0602).
///
/// What is derived follows the least of a segment and is never wrong.
func findUnsuitableMTUs(in network: Network, _ findings: inout Findings) {
    let mtus = SegmentMTUs(of: network.topology, segments: network.segments, underlay: Underlay(of: network.topology))
    for segment in network.segments.all.indices {
        let sizes = SegmentSizes(network: network, segment: segment, bounds: mtus.bounds(ofSegment: segment))
        if let found = sizes.tooLarge() ?? sizes.differing() { findings.add(found) }
        if let found = sizes.tooSmallForIPv6(mtus.mtu(ofSegment: segment)) { findings.add(found) }
    }
}

/// A segment with all that bounds its MTU.
private struct SegmentSizes {
    /// The least MTU with which the kernel has IPv6 on an interface (RFC 8200, 5).
    static let leastOfIPv6 = 1280

    /// An MTU that is written for an interface.
    struct Written {
        let value: Int
        let owner: String
        let span: Span
    }

    let network: Network
    let segment: Int
    let bounds: [SegmentMTUs.Bound]

    private var written: [Written] {
        bounds.compactMap { bound in
            switch bound.source {
            case .written(let owner, let span): Written(value: bound.value, owner: owner, span: span)
            case .ethernet, .lan, .tunnel: nil
            }
        }
    }

    /// The least that LANs and underlays allow.
    private var allowed: SegmentMTUs.Bound? {
        bounds.filter { bound in
            switch bound.source {
            case .lan, .tunnel: true
            case .ethernet, .written: false
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
            and: place(of: allowed).map { [$0] + more } ?? more,
            notes: [
                "larger ones are dropped on the way without a word: small pings are answered, and large ones are not"
            ],
            help: help(first, allowed))
    }

    private func place(of bound: SegmentMTUs.Bound) -> Diagnostic.Label? {
        switch bound.source {
        case .ethernet, .written: return nil
        case .lan(let name, let span):
            let named = network.topology.lans.first { $0.name.value == name }?.name.span
            return (span ?? named).map { .init($0, "LAN \"\(name)\" carries \(bound.value)") }
        case .tunnel(let tunnel, let host, _, _):
            return .init(
                tunnel.name.span, "\(host)'s tunnel \"\(tunnel.name.value)\" carries \(bound.value): \(bound.reason)")
        }
    }

    private func help(_ large: Written, _ allowed: SegmentMTUs.Bound) -> [String] {
        let lower = "leave \"mtu\" out: it is derived; or write \(allowed.value) at most"
        switch allowed.source {
        case .ethernet, .written: return [lower]
        case .lan(let name, _):
            return [lower, "or write \"mtu: \(large.value)\" at LAN \"\(name)\", if its switches carry that"]
        case .tunnel(_, _, let overhead, _):
            return [
                lower,
                "or raise the underlay's MTU to \(large.value + overhead), \"mtu\" of its LANs, if they carry that",
            ]
        }
    }

    /// T0603: MTUs that are written on one segment and differ.
    func differing() -> Diagnostic? {
        let written = written
        guard let least = written.min(by: { $0.value < $1.value }),
            let other = written.first(where: { $0.value > least.value })
        else { return nil }
        let (first, second) = least.span < other.span ? (least, other) : (other, least)
        return Diagnostic(
            .mtusDiffer,
            "MTUs of one segment differ: \(first.owner) has \(first.value), \(second.owner) \(second.value)",
            at: .init(second.span, "\(second.value) here"), and: [.init(first.span, "\(first.value) there")],
            notes: [
                "no router is between the two to tell the sender: what is larger than \(least.value) vanishes on its way to "
                    + least.owner
            ],
            help: ["write the same \"mtu\" for both, or one of them alone: all others of the segment follow the least"])
    }

    /// T0602: an MTU with which the kernel has no IPv6.
    func tooSmallForIPv6(_ mtu: SegmentMTUs.Bound) -> Diagnostic? {
        guard mtu.value < Self.leastOfIPv6 else { return nil }
        let first = network.addresses(on: segment).lazy.map { network.addresses[$0] }.first {
            $0.value.address.family == .ipv6
        }
        guard let first else { return nil }
        var places = place(of: mtu).map { [$0] } ?? []
        if case .written(let owner, let span) = mtu.source { places = [.init(span, "\(owner) has \(mtu.value)")] }
        let help =
            switch mtu.source {
            case .ethernet, .lan, .written: "write \(Self.leastOfIPv6) or more"
            case .tunnel(_, _, let overhead, _):
                "raise the underlay's MTU to \(Self.leastOfIPv6 + overhead), \"mtu\" of its LANs, or leave out the IPv6 addresses"
            }
        return Diagnostic(
            .mtuTooSmallForIPv6,
            "IPv6 needs an MTU of \(Self.leastOfIPv6), and the segment of \"\(first.value)\" has \(mtu.value)",
            at: .init(first.span, "\(network.interface(of: first)) is on it"), and: places,
            notes: [
                "Linux takes all IPv6 addresses from an interface with less, and refuses new ones: \"Invalid argument\""
            ],
            help: [help])
    }
}
