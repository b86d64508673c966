public import TopoDiagnostics

/// Virtual LANs on one Ethernet (IEEE 802.1Q): frames carry a tag with the number of theirs, its identifier (VID).
public enum VLAN {
    /// The identifiers that a VLAN may have; 0 is a tag without one, 4095 is reserved (IEEE 802.1Q, 9.6).
    public static let identifiers = 1...4094
    /// What a tag adds to a frame, in bytes.
    public static let tagSize = 4
}

/// The VLANs of a port: of a bridge with VLAN filtering, or the bridge's own side.
public struct PortVLANs: Sendable, Hashable {
    /// The VLAN of the frames without a tag, which come in and go out (the port's PVID); nil where they are dropped.
    public let untagged: Located<Int>?
    /// Those whose frames pass with a tag, as they are written.
    public let tagged: [Located<ClosedRange<Int>>]

    /// A port that no frame passes.
    public static let none = PortVLANs(untagged: nil)

    /// Makes the VLANs of a port.
    public init(untagged: Located<Int>?, tagged: [Located<ClosedRange<Int>>] = []) {
        self.untagged = untagged
        self.tagged = tagged
    }

    /// True where nothing is written of it.
    public var isEmpty: Bool { untagged == nil && tagged.isEmpty }
    /// The first place that says something of it; nil where nothing does.
    public var span: Span? { (tagged.map(\.span) + (untagged.map { [$0.span] } ?? [])).min() }
    /// The VLANs that pass with a tag, each once, in order.
    public var tags: [Int] { Set(tagged.flatMap { Array($0.value) }).sorted() }
}

extension Host {
    /// Its bridges by their names; make it once.
    public var bridgesByName: [String: Bridge] {
        Dictionary(bridges.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Its VLAN interfaces by their names; make it once.
    public var vlansByName: [String: VLANInterface] {
        Dictionary(vlans.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// An interface for one VLAN of another interface: what it sends goes out there with a tag, and what comes in there with that tag
/// is its own.
public struct VLANInterface: Sendable, Hashable {
    /// Its name.
    public let name: Located<String>
    /// The interface whose frames it tags.
    public let link: Located<String>
    /// The VLAN's identifier, 1 to 4094; it has its own name's place where that says it.
    public let id: Located<Int>
    /// Its addresses.
    public let addresses: [Located<InterfaceAddress>]
    /// Its MAC; its link's where not said.
    public let mac: Located<MACAddress>?
    /// Its MTU, in bytes; derived where not said.
    public let mtu: Located<Int>?
    /// The network that it belongs to, for figures and reports.
    public let partOf: Located<String>?
    /// What a reader should know.
    public let description: String?

    /// Makes a VLAN interface.
    public init(
        name: Located<String>, link: Located<String>, id: Located<Int>,
        addresses: [Located<InterfaceAddress>] = [], mac: Located<MACAddress>? = nil, mtu: Located<Int>? = nil,
        partOf: Located<String>? = nil, description: String? = nil
    ) {
        self.name = name
        self.link = link
        self.id = id
        self.addresses = addresses
        self.mac = mac
        self.mtu = mtu
        self.partOf = partOf
        self.description = description
    }
}
