public import TopoModel

/// How a packet crosses a LAN inside the packets of tunnels.
public struct Carriage: Sendable, Hashable {
    /// A tunnel's protocol.
    public enum Carrier: Sendable, Hashable {
        /// Ethernet over GRE (RFC 2784, RFC 2890).
        case gretap(key: UInt32?)
        /// VXLAN (RFC 7348).
        case vxlan(vni: UInt32, port: UInt16)

        /// The type of the tunnel, as it is written.
        public var type: TunnelType {
            switch self {
            case .gretap: .gretap
            case .vxlan: .vxlan
            }
        }

        /// What stands between the outer IP header and the inner Ethernet header, in bytes.
        public var headerSize: Int {
            switch self {
            case .gretap(let key): type.headerSize(hasKey: key != nil)
            case .vxlan: type.headerSize(hasKey: false)
            }
        }
    }

    /// A packet of a tunnel.
    public struct Layer: Sendable, Hashable {
        /// The tunnel's protocol.
        public let carrier: Carrier
        /// The packet's source address.
        public let source: IPAddress
        /// Its destination address.
        public let destination: IPAddress
        /// The VLAN of the tag that the frame inside has; nil where it has none.
        public let vlan: Int?

        /// Makes a layer.
        public init(carrier: Carrier, source: IPAddress, destination: IPAddress, vlan: Int? = nil) {
            self.carrier = carrier
            self.source = source
            self.destination = destination
            self.vlan = vlan
        }
    }

    /// The LAN's name.
    public let lan: String
    /// The address that the inner packet comes from.
    public let sender: IPAddress
    /// The host whose NIC is plugged to the LAN, and the NIC that the packet leaves by.
    public let host: String
    /// The NIC.
    public let nic: String
    /// The VLAN of the tag that the frame on the LAN has; nil where it has none.
    public let vlan: Int?
    /// The tunnels' packets, the outermost first.
    public let layers: [Layer]

    /// What it is inside, by type, the outermost first: `vxlan`, or `gretap, in it vxlan`.
    public var words: String { layers.map(\.carrier).words }

    /// Makes a carriage.
    public init(lan: String, sender: IPAddress, host: String, nic: String, vlan: Int? = nil, layers: [Layer]) {
        self.lan = lan
        self.sender = sender
        self.host = host
        self.nic = nic
        self.vlan = vlan
        self.layers = layers
    }
}

extension [Carriage.Carrier] {
    /// Their types, the outermost first: `vxlan`, or `gretap, in it vxlan`.
    public var words: String { map(\.type.rawValue).joined(separator: ", in it ") }
}
