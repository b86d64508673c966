public import TopoDiagnostics
public import TopoModel

/// The MTU of every segment: the least that any part of it can carry, so that nothing on it is lost silently.
///
/// A bridge drops packets larger than its port's MTU and has no way to tell the sender, so all interfaces of a segment
/// get one MTU, those in containers too.
public struct SegmentMTUs: Sendable {
    /// What a part of a segment can carry.
    public struct Bound: Sendable, Hashable {
        /// What sets a bound.
        public enum Source: Sendable, Hashable {
            /// Nothing: Ethernet's 1500 (RFC 894).
            case ethernet
            /// Nothing: what Linux gives a loopback interface (`loopback_setup`).
            case loopback
            /// A LAN, by name; with the place of its MTU, where that is written.
            case lan(String, Span?)
            /// The MTU written for an interface: `host1's "eth0"`.
            case written(String, Span)
            /// The MTU written for an interface that passes the segment's frames on with a VLAN's tag.
            case carrier(String, Span)
            /// What the underlay leaves to a tunnel of a host, to frames with a VLAN's tag or without one.
            indirect case tunnel(Tunnel, host: String, overhead: Int, isTagged: Bool, underlay: Bound)
        }

        /// What a loopback interface carries, whose MTU nobody writes.
        public static let loopback = Bound(value: 65_536, source: .loopback)

        /// The largest IP packet, in bytes.
        public let value: Int
        /// What sets it.
        public let source: Source

        /// In words: `1500 less 50 for Ethernet over VXLAN`.
        public var reason: String {
            switch source {
            case .ethernet, .lan(_, nil): "Ethernet's own"
            case .loopback: "the loopback interface's"
            case .lan(let name, _?): "LAN \"\(name)\"'s"
            case .written(let owner, _), .carrier(let owner, _): "written for \(owner)"
            case .tunnel(let tunnel, _, let overhead, let isTagged, let underlay):
                "\(underlay.value) less \(overhead) for \(tunnel.carrier)\(isTagged ? " with a VLAN's tag" : "")"
            }
        }

        /// What bounds the packets below all tunnels: the LAN or the written MTU that a tunnel's own MTU follows from.
        public var root: Bound {
            switch source {
            case .ethernet, .loopback, .lan, .written, .carrier: self
            case .tunnel(_, _, _, _, let underlay): underlay.root
            }
        }
    }

    private let segments: Segments
    private let byIndex: [Bound]
    private let boundsByIndex: [[Bound]]

    /// The bound that gives a segment its MTU.
    public func mtu(ofSegment index: Int) -> Bound { byIndex[index] }

    /// All bounds of a segment: its LANs', those written, and what its tunnels' underlays leave.
    public func bounds(ofSegment index: Int) -> [Bound] { boundsByIndex[index] }

    /// The bound that gives an interface its MTU: that of its segment. One that passes on VLANs with tags must have room for the
    /// largest of their segments too.
    public func mtu(of interface: InterfaceName) -> Bound {
        guard let own = segments.index(of: interface) else { return Bound(value: 1500, source: .ethernet) }
        return segments.mtu(of: interface, own) { byIndex[$0] }
    }

    /// Derives all of them, the underlays' before those of what runs over them.
    public init(of topology: Topology, segments: Segments, underlay: Underlay) {
        self.segments = segments
        var search = MTUSearch(topology: topology, segments: segments, underlay: underlay)
        byIndex = segments.all.indices.map { search.mtu(of: $0) }
        boundsByIndex = segments.all.indices.map { search.bounds(of: $0) }
    }
}

extension Segments {
    /// The MTU of an interface, by those of its segment and of the segments that it carries with tags.
    func mtu(
        of interface: InterfaceName, _ own: Int, _ mtu: (Int) -> SegmentMTUs.Bound
    ) -> SegmentMTUs.Bound {
        let carried = segments(carriedBy: .interface(interface))
        guard !carried.isEmpty else { return mtu(own) }
        // Nobody sends without a tag where a trunk's own segment is the trunk alone.
        let isBare =
            all[own].lans.isEmpty && all[own].members.allSatisfy { $0.interface == interface && $0.addresses.isEmpty }
        return ((isBare ? [] : [own]) + carried).map(mtu).max { $0.value < $1.value } ?? mtu(own)
    }
}
