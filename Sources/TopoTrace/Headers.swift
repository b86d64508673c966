internal import TopoForwarding
internal import TopoModel
internal import TopoPlan

/// The headers of a frame on each wire, the outermost first.
struct Headers {
    let prediction: Prediction

    /// An echo request, a connection's first packet, or its answer, as an IP packet.
    private func packet(_ packet: PacketHeader, size: Int, ttl: Int, isAnswer: Bool) -> [Header] {
        let header = ip(from: packet.source ?? packet.destination, to: packet.destination, ttl: ttl)
        if let port = packet.portNumber {
            let words = isAnswer ? "from port \(port)" : "to port \(port)"
            return [header, Header(name: "TCP", content: words, size: size - header.size)]
        }
        let name =
            switch packet.destination.family {
            case .ipv4: "ICMP"
            case .ipv6: "ICMPv6"
            }
        return [
            header, Header(name: name, content: isAnswer ? "echo reply" : "echo request", size: size - header.size),
        ]
    }

    /// The packets of a way from node to node: the request's or its answer's.
    func packets(of way: Way, on path: Path, isAnswer: Bool) -> [[Header]] {
        var header = path.header(isAnswer: isAnswer)
        return way.hops.map { hop in
            for translation in hop.translations { header.apply(translation) }
            return packet(header, size: path.size, ttl: hop.ttl, isAnswer: isAnswer)
        }
    }

    /// A packet in the frame by which a node hands it to the next one.
    func frame(_ packet: [Header], from hop: Hop, to next: Hop) -> [Header] {
        let source = mac(hop.node.description, hop.outInterface.map { InterfaceReference(node: hop.node, name: $0) })
        let target = mac(next.node.description, next.inInterface.map { InterfaceReference(node: next.node, name: $0) })
        return [Header(name: "Ethernet", content: "\(source) → \(target)", size: 14)] + packet
    }

    /// A frame in the outer packet of a tunnel; of VXLAN's bytes 8 are UDP's (RFC 7348).
    func packet(of frame: [Header], in tunnel: Encapsulation, ttl: Int) -> [Header] {
        let outer = ip(from: tunnel.source, to: tunnel.destination, ttl: ttl)
        // IEEE 802.1Q's tag comes after the addresses.
        let tag = tunnel.vlan.map { [Header(name: "802.1Q", content: "VLAN \($0)", size: VLAN.tagSize)] } ?? []
        let frame = frame.prefix(1) + tag + frame.dropFirst()
        switch tunnel.carrier {
        case .gretap(let key):
            let words = key.map { ", key \($0)" } ?? ""
            return [outer, Header(name: "GRE", content: "carries Ethernet\(words)", size: tunnel.carrier.headerSize)]
                + frame
        case .vxlan(let vni, let port):
            return [
                outer, Header(name: "UDP", content: "to port \(port)", size: 8),
                Header(name: "VXLAN", content: "VNI \(vni)", size: 8),
            ] + frame
        }
    }

    private func ip(from source: IPAddress, to destination: IPAddress, ttl: Int) -> Header {
        let (name, limit) =
            switch destination.family {
            case .ipv4: ("IPv4", "TTL")
            case .ipv6: ("IPv6", "hop limit")
            }
        return Header(
            name: name, content: "\(source) → \(destination), \(limit) \(ttl)", size: destination.family.headerSize)
    }

    private func mac(_ node: String, _ interface: InterfaceReference?) -> String {
        guard let interface else { return node }
        return prediction.mac(of: interface).map { "\($0)" } ?? "\(interface)'s MAC"
    }
}

extension Encapsulation {
    /// The TTL of an outer packet, which is `ttl` where the inner one's is 64.
    func outerTTL(_ ttl: Int, inner: Int) -> Int { inheritsTTL ? max(1, ttl - 64 + inner) : ttl }
}
