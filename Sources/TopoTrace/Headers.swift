internal import TopoForwarding
internal import TopoModel
internal import TopoPlan

/// The headers of a frame on each wire, the outermost first.
struct Headers {
    let prediction: Prediction

    /// An echo request or its answer, as an IP packet.
    func echo(from source: IPAddress, to destination: IPAddress, size: Int, ttl: Int, isAnswer: Bool) -> [Header] {
        let header = ip(from: source, to: destination, ttl: ttl)
        let name =
            switch destination.family {
            case .ipv4: "ICMP"
            case .ipv6: "ICMPv6"
            }
        return [
            header, Header(name: name, content: isAnswer ? "echo reply" : "echo request", size: size - header.size),
        ]
    }

    /// A packet in the frame by which a node hands it to the next one.
    func frame(_ packet: [Header], from hop: Hop, to next: Hop) -> [Header] {
        let source = mac(hop.node.description, hop.outInterface.map { InterfaceReference(node: hop.node, name: $0) })
        let target = mac(next.node.description, next.inInterface.map { InterfaceReference(node: next.node, name: $0) })
        return [Header(name: "Ethernet", content: "\(source) → \(target)", size: 14)] + packet
    }

    /// A frame in the outer packet of a tunnel: GRE's 4 bytes (RFC 2784) with 4 for a key (RFC 2890), or UDP's 8 and
    /// VXLAN's 8 (RFC 7348).
    func packet(of frame: [Header], in tunnel: Encapsulation, ttl: Int) -> [Header] {
        let outer = ip(from: tunnel.source, to: tunnel.destination, ttl: ttl)
        switch tunnel.carrier {
        case .gretap(let key):
            let words = key.map { ", key \($0)" } ?? ""
            return [outer, Header(name: "GRE", content: "carries Ethernet\(words)", size: key == nil ? 4 : 8)] + frame
        case .vxlan(let vni, let port):
            return [
                outer, Header(name: "UDP", content: "to port \(port)", size: 8),
                Header(name: "VXLAN", content: "VNI \(vni)", size: 8),
            ] + frame
        }
    }

    private func ip(from source: IPAddress, to destination: IPAddress, ttl: Int) -> Header {
        switch destination.family {
        case .ipv4: Header(name: "IPv4", content: "\(source) → \(destination), TTL \(ttl)", size: 20)
        case .ipv6: Header(name: "IPv6", content: "\(source) → \(destination), hop limit \(ttl)", size: 40)
        }
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
