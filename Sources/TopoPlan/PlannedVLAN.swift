public import TopoModel

/// A VLAN interface of a host or container: what it sends leaves its link with a tag (IEEE 802.1Q).
public struct PlannedVLAN: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// The interface whose frames it tags.
    public let link: String
    /// The VLAN's identifier.
    public let id: Int
    /// The MAC to set; nil for its link's.
    public let mac: Setting<MACAddress>?
    /// Its MTU, in bytes.
    public let mtu: Setting<Int>
    /// The bridge that it becomes a port of.
    public let bridge: String?
    /// The network that it belongs to, for figures and reports.
    public let partOf: String?

    /// Makes a VLAN interface.
    public init(
        name: String, link: String, id: Int, mac: Setting<MACAddress>? = nil, mtu: Setting<Int>,
        bridge: String? = nil, partOf: String? = nil
    ) {
        self.name = name
        self.link = link
        self.id = id
        self.mac = mac
        self.mtu = mtu
        self.bridge = bridge
        self.partOf = partOf
    }

    /// The same on another link, as a port of this bridge.
    func over(_ device: (String) -> String, in bridge: String?) -> PlannedVLAN {
        PlannedVLAN(name: name, link: device(link), id: id, mac: mac, mtu: mtu, bridge: bridge, partOf: partOf)
    }
}

/// The VLANs of a port of a bridge that tells them apart, or of the bridge's own side.
public struct PlannedPortVLANs: Sendable, Hashable {
    /// The VLAN of frames without a tag; nil where they are dropped.
    public let untagged: Int?
    /// The VLANs whose frames have a tag, in order; no two ranges have one in common.
    public let tagged: [ClosedRange<Int>]

    /// A port that nothing passes, and every port of a bridge that does not tell VLANs apart.
    public static let none = PlannedPortVLANs(untagged: nil, tagged: [])

    /// Makes the VLANs of a port.
    public init(untagged: Int?, tagged: [ClosedRange<Int>]) {
        self.untagged = untagged
        var ranges: [ClosedRange<Int>] = []
        for range in tagged.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = ranges.last, range.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
        self.tagged = ranges
    }

    /// Those that are written for a port.
    init(_ vlans: PortVLANs) {
        self.init(untagged: vlans.untagged?.value, tagged: vlans.tagged.map(\.value))
    }

    /// True where no frame passes.
    public var isEmpty: Bool { untagged == nil && tagged.isEmpty }
    /// Each of the tagged ones.
    public var tags: [Int] { tagged.flatMap { Array($0) } }
    /// All of them, in order.
    public var all: [Int] { (tags + (untagged.map { [$0] } ?? [])).sorted() }

    /// The VLAN of a frame that comes in with a tag, 0 for none; nil where it is dropped.
    public func inside(_ tag: Int) -> Int? {
        if tag == 0 { return untagged }
        return tagged.contains { $0.contains(tag) } || untagged == tag ? tag : nil
    }

    /// The tag with which a frame of a VLAN goes out, 0 for none; nil where it does not.
    public func outside(_ vlan: Int) -> Int? {
        if untagged == vlan { return 0 }
        return tagged.contains { $0.contains(vlan) } ? vlan : nil
    }

    /// In words: `untagged 10, tagged 20, 30-39`; nil where there are none.
    public var words: String? {
        let parts =
            (untagged.map { ["untagged \($0)"] } ?? [])
            + (tagged.isEmpty ? [] : ["tagged \(tagged.map(\.vlanWord).joined(separator: ", "))"])
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension ClosedRange<Int> {
    /// `10`, or `20-29`, as bridge(8) and the language write VLANs.
    public var vlanWord: String { lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound)-\(upperBound)" }
}
