import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds addresses that no interface may have: T0309.
func findUnassignableAddresses(in network: Network, _ findings: inout Findings) {
    for (index, address) in network.addresses.enumerated() {
        guard let kind = UnassignableKind(address.value.address) else { continue }
        findings.add(
            Diagnostic(
                .unassignableAddress,
                "\"\(address.value.address)\" is \(kind.title) and cannot belong to an interface",
                at: .init(address.span, "given to \(network.interface(of: address))"),
                notes: [kind.consequence], help: [help(address, in: network)]),
            about: [index])
    }
}

/// A way out: an address beside those that the segment has, where there are any.
private func help(_ address: Network.AssignedAddress, in network: Network) -> String {
    var free = FreeAddresses(network)
    let others = network.addresses(on: address.segment).prefix(64).map { network.addresses[$0] }.filter {
        UnassignableKind($0.value.address) == nil && $0.value.address.family == address.value.address.family
    }
    if let other = others.first, let proposal = free.take(like: other) {
        return "use an address of the segment's subnet, for example \(proposal)"
    }
    return "use an address of a private network, as 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or fd00::/8"
}

/// The kinds of addresses that no interface may have.
private enum UnassignableKind {
    case unspecified
    case loopback
    case multicast
    case limitedBroadcast
    case ipv4Mapped

    /// The kind of an address; nil for one that an interface may have.
    init?(_ address: IPAddress) {
        if address.isUnspecified {
            self = .unspecified
        } else if address.isLoopback {
            self = .loopback
        } else if address.isMulticast {
            self = .multicast
        } else if address.isLimitedBroadcast {
            self = .limitedBroadcast
        } else if case .v6(let six) = address, six.isIPv4Mapped {
            self = .ipv4Mapped
        } else {
            return nil
        }
    }

    /// What such an address is, with its article.
    var title: String {
        switch self {
        case .unspecified: "the unspecified address"
        case .loopback: "a loopback address"
        case .multicast: "a multicast address"
        case .limitedBroadcast: "the broadcast address of every network"
        case .ipv4Mapped: "an IPv4-mapped address"
        }
    }

    /// What would become of packets.
    var consequence: String {
        switch self {
        case .unspecified: "it stands for \"no address yet\": nobody can send to it"
        case .loopback: "every node has it on its own \"lo\": packets for it never leave the node that sends them"
        case .multicast: "it stands for a group of receivers: no packet can come from it"
        case .limitedBroadcast: "packets for it go to everyone on the segment, and nobody answers for it"
        case .ipv4Mapped:
            // ip6_rcv_core() in net/ipv6/ip6_input.c drops it as a source, after draft-itojun-v6ops-v4mapped-harmful-02.
            "it is an IPv4 address as programs see it (RFC 4291, 2.5.5.2): Linux drops every IPv6 packet that comes from one"
        }
    }
}
