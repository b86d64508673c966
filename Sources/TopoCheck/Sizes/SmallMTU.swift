import TopoDiagnostics
import TopoModel
import TopoNetwork

/// A segment's MTU, held against the least that devices and IPv6 take.
struct SmallMTU {
    /// The least MTU of an IPv4 device (RFC 791, 3.2): `ip link set mtu` refuses less for every type that is made here.
    static let leastOfDevice = 68
    /// The least MTU with which the kernel has IPv6 on an interface (RFC 8200, 5).
    static let leastOfIPv6 = 1280

    /// Where the segment is.
    let network: Network
    /// Its index.
    let segment: Int
    /// What gives it its MTU.
    let mtu: SegmentMTUs.Bound

    /// T0604: an MTU that no device can have, since the underlay leaves a tunnel too little.
    func tooSmallForDevice() -> Diagnostic? {
        guard mtu.value < Self.leastOfDevice, case .tunnel(let tunnel, let host, _, _, _) = mtu.source
        else { return nil }
        let left = mtu.value > 0 ? "\(mtu.value) bytes" : "nothing"
        return Diagnostic(
            .mtuTooSmallForDevice,
            "MTU \(mtu.root.value) leaves tunnel \"\(tunnel.name.value)\" of host \"\(host)\" \(left)",
            at: rootLabel, and: mtu.label(in: network).map { [$0] } ?? [],
            notes: ["a device's MTU is \(Self.leastOfDevice) or more; Linux says: \"mtu less than device minimum\""],
            help: [raising(to: Self.leastOfDevice)])
    }

    /// T0602: an MTU with which the kernel has no IPv6.
    func tooSmallForIPv6() -> Diagnostic? {
        guard mtu.value < Self.leastOfIPv6 else { return nil }
        let first = network.addresses(on: segment).lazy.map { network.addresses[$0] }.first {
            $0.value.address.family == .ipv6
        }
        guard let first else { return nil }
        let place = Diagnostic.Label(first.span, "\(network.interface(of: first)) is on it")
        let (primary, secondary): (Diagnostic.Label, [Diagnostic.Label]) =
            switch mtu.source {
            case .written(let owner, let span), .carrier(let owner, let span):
                (place, [.init(span, "\(owner) has \(mtu.value)")])
            case .ethernet, .loopback, .lan: (rootLabel, [place])
            case .tunnel: (rootLabel, (mtu.label(in: network).map { [$0] } ?? []) + [place])
            }
        let help =
            switch mtu.source {
            case .ethernet, .loopback, .lan, .written, .carrier: "write \(Self.leastOfIPv6) or more"
            case .tunnel:
                raising(to: Self.leastOfIPv6) + ", or leave out the IPv6 addresses"
            }
        return Diagnostic(
            .mtuTooSmallForIPv6,
            "IPv6 needs an MTU of \(Self.leastOfIPv6), and the segment of \"\(first.value)\" has \(mtu.value)",
            at: primary, and: secondary,
            notes: [
                "Linux removes all IPv6 addresses from an interface with a smaller MTU, and rejects new ones: \"Invalid argument\""
            ],
            help: [help])
    }

    /// The LAN or the written MTU that the segment's follows from.
    private var rootLabel: Diagnostic.Label {
        let root = mtu.root
        switch root.source {
        case .written(let owner, let span), .carrier(let owner, let span):
            return .init(span, "\(owner) has \(root.value)")
        case .ethernet, .loopback, .lan, .tunnel:
            return root.label(in: network) ?? .init(network.topology.name.span, "Ethernet carries \(root.value)")
        }
    }

    /// The way out: so large an underlay that the segment has `least`.
    private func raising(to least: Int) -> String {
        "raise the underlay's MTU to \(mtu.root.value + least - mtu.value), \"mtu\" of its LANs"
    }
}
