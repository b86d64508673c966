internal import TopoModel
internal import TopoPlan

/// Filters in the language of pcap-filter(7) for one frame inside another.
struct PacketFilter {
    /// The outer packet's family.
    let family: AddressFamily
    /// Where the inner Ethernet header begins, in bytes from the outer IP header's end.
    let inner: Int
    /// The VLAN of the inner frame's tag; nil for a frame without one.
    var vlan: Int?

    /// An echo request or answer from one address to another, outside of any tunnel.
    static func echo(from source: IPAddress, to target: IPAddress) -> String {
        "(icmp or icmp6) and src host \(source) and dst host \(target)"
    }

    /// A filter for frames with a VLAN's tag; as it is for nil. What follows `vlan` is looked for behind the tag.
    static func tagged(_ vlan: Int?, _ filter: String) -> String { vlan.map { "vlan \($0) and \(filter)" } ?? filter }

    /// Some bytes from the outer IP header's end; libpcap's `udp[]` knows IPv4 alone.
    func bytes(_ offset: Int, _ count: Int) -> String {
        switch family {
        case .ipv4: "ip[\(20 + offset):\(count)]"
        case .ipv6: "ip6[\(40 + offset):\(count)]"
        }
    }

    /// The outer packet's protocol.
    func carries(_ protocolNumber: Int) -> String {
        switch family {
        case .ipv4: "ip proto \(protocolNumber)"
        case .ipv6: "ip6 proto \(protocolNumber)"
        }
    }

    /// An inner IP packet from one address to another.
    func innerPacket(from source: IPAddress, to target: IPAddress) -> String {
        let type: (ethertype: Int, source: Int, target: Int, words: Int) =
            switch source.family {
            case .ipv4: (0x0800, 12, 16, 1)
            case .ipv6: (0x86DD, 8, 24, 4)
            }
        let parts =
            tag + [equal(header - 2, 2, type.ethertype)]
            + words(of: source, count: type.words).enumerated().map { equal(header + type.source + 4 * $0, 4, $1) }
            + words(of: target, count: type.words).enumerated().map { equal(header + type.target + 4 * $0, 4, $1) }
        return parts.joined(separator: " and ")
    }

    /// An inner ARP request for an address (RFC 826), or its neighbour solicitation (RFC 4861).
    func innerQuestion(for target: IPAddress) -> String {
        switch target.family {
        case .ipv4:
            let address = words(of: target, count: 1)[0]
            return (tag + [equal(header - 2, 2, 0x0806), equal(header + 6, 2, 1), equal(header + 24, 4, address)])
                .joined(separator: " and ")
        case .ipv6:
            return (tag + [equal(header - 2, 2, 0x86DD), equal(header + 6, 1, 58), equal(header + 40, 1, 135)])
                .joined(separator: " and ")
        }
    }

    /// Where the inner packet begins: after the Ethernet header, and a tag (IEEE 802.1Q) where there is one.
    private var header: Int { inner + 14 + (vlan == nil ? 0 : VLAN.tagSize) }

    /// The inner frame's tag: its type, and the lower 12 bits of what follows.
    private var tag: [String] {
        vlan.map {
            [equal(inner + 12, 2, 0x8100), "\(bytes(inner + 14, 2)) & 0xfff = 0x" + String($0, radix: 16)]
        } ?? []
    }

    private func equal(_ offset: Int, _ count: Int, _ value: Int) -> String {
        "\(bytes(offset, count)) = 0x" + String(value, radix: 16)
    }

    private func words(of address: IPAddress, count: Int) -> [Int] {
        (0..<count).map { Int(truncatingIfNeeded: address.bits >> UInt128(32 * (count - 1 - $0))) & 0xFFFF_FFFF }
    }
}
