internal import TopoModel
internal import TopoPlan

/// How packets inside those of tunnels are seen: in words, and as a filter of pcap-filter(7).
struct CarriageFilter {
    /// The tunnels' packets, the outermost first; at least one.
    let layers: [Carriage.Layer]
    /// The VLAN of the tag that their frame has; nil where it has none.
    var vlan: Int?

    /// What the outermost packets are: their addresses and the tunnel's number.
    var outermost: String { PacketFilter.tagged(vlan, untagged) }

    private var untagged: String {
        guard let layer = layers.first else { return "" }
        let filter = PacketFilter(family: layer.source.family, inner: 0)
        let ends = "src host \(layer.source) and dst host \(layer.destination)"
        switch layer.carrier {
        // Protocol type 0x6558 is Ethernet (RFC 1701).
        case .gretap(let key):
            // The key follows GRE's first four bytes where there is no checksum (RFC 2890).
            let identifier = key.map { " and \(filter.bytes(4, 4)) = 0x" + String($0, radix: 16) } ?? ""
            return "\(ends) and \(filter.carries(47)) and \(filter.bytes(2, 2)) = 0x6558\(identifier)"
        // UDP's 8 bytes and VXLAN's 8, whose bytes 4 to 6 are the identifier (RFC 7348, 5).
        case .vxlan(let vni, let port):
            let identifier = String(vni << 8, radix: 16)
            return "\(ends) and udp dst port \(port) and \(filter.bytes(12, 4)) = 0x\(identifier)"
        }
    }

    /// Packets between two addresses that are in all of the layers.
    func packets(from source: IPAddress, to target: IPAddress) -> String {
        "\(outermost) and \(frame.innerPacket(from: source, to: target))"
    }

    /// The question for the Ethernet address of a target, in all of the layers.
    func question(for target: IPAddress) -> String { "\(outermost) and \(frame.innerQuestion(for: target))" }

    /// For the frame in the innermost layer.
    private var frame: PacketFilter {
        // Between two layers are an Ethernet header, perhaps with a VLAN's tag, and an IP header without options.
        let between =
            layers.dropFirst().reduce(0) { $0 + 14 + $1.source.family.headerSize }
            + layers.dropLast().reduce(0) { $0 + ($1.vlan == nil ? 0 : VLAN.tagSize) }
        return PacketFilter(
            family: layers.first?.source.family ?? .ipv4,
            inner: between + layers.reduce(0) { $0 + $1.carrier.headerSize }, vlan: layers.last?.vlan)
    }

    /// The layers, the innermost first: `in Ethernet, in VXLAN 42, from 172.16.1.1 to 172.16.1.2 port 4789`.
    var words: String {
        layers.reversed().map { layer in
            let ethernet = layer.vlan.map { "in Ethernet with the tag of VLAN \($0)" } ?? "in Ethernet"
            return switch layer.carrier {
            case .gretap: "\(ethernet), in GRE (0x6558), from \(layer.source) to \(layer.destination)"
            case .vxlan(let vni, let port):
                "\(ethernet), in VXLAN \(vni), from \(layer.source) to \(layer.destination) port \(port)"
            }
        }.joined(separator: ", ")
    }
}
