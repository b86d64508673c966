import TopoDiagnostics
import TopoModel

/// Finds addresses that no interface may have: T0309.
func findUnassignableAddresses(in network: Network, _ findings: inout Findings) {
    for (index, address) in network.addresses.enumerated() {
        guard let kind = UnassignableKind(address.value.address) else { continue }
        findings.add(
            Diagnostic(
                .unassignableAddress,
                "\"\(address.value.address)\" is \(kind.title) and cannot be an interface's",
                at: .init(address.span, "given to \(network.interface(of: address))"),
                notes: [kind.consequence], help: [kind.help]),
            about: [index])
    }
}

/// The kinds of addresses that no interface may have.
private enum UnassignableKind {
    case unspecified
    case loopback(AddressFamily)
    case multicast
    case limitedBroadcast

    /// The kind of an address; nil for one that an interface may have.
    init?(_ address: IPAddress) {
        if address.bits == 0 {
            self = .unspecified
            return
        }
        switch address {
        case .v4(let address):
            if address.bits == .max {
                self = .limitedBroadcast
            } else if address.bits >> 24 == 127 {
                self = .loopback(.ipv4)
            } else if address.bits >> 28 == 0xE {
                self = .multicast
            } else {
                return nil
            }
        case .v6(let address):
            if address.bits == 1 {
                self = .loopback(.ipv6)
            } else if address.bits >> 120 == 0xFF {
                self = .multicast
            } else {
                return nil
            }
        }
    }

    /// What such an address is, with its article.
    var title: String {
        switch self {
        case .unspecified: "the unspecified address"
        case .loopback: "a loopback address"
        case .multicast: "a multicast address"
        case .limitedBroadcast: "the broadcast address of every network"
        }
    }

    /// What would become of packets.
    var consequence: String {
        switch self {
        case .unspecified: "it stands for \"no address yet\": nobody can send to it"
        case .loopback: "every node has it on its own \"lo\": packets for it never leave the node that sends them"
        case .multicast: "it names a group of receivers: nobody can have it alone, and it is no packet's source"
        case .limitedBroadcast: "packets for it go to everyone on the segment, and nobody answers for it"
        }
    }

    /// A way out.
    var help: String {
        switch self {
        case .loopback(.ipv6), .multicast, .unspecified, .limitedBroadcast, .loopback(.ipv4):
            "use an address of a private network, as 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or fd00::/8"
        }
    }
}
