import TopoDiagnostics
import TopoModel

/// Finds interface addresses that are their subnet's network or broadcast address: T0304.
func findNetworkAndBroadcastAddresses(in network: Network, _ findings: inout Findings) {
    var free = FreeAddresses(network)
    for (index, address) in network.addresses.enumerated() where !findings.addresses.contains(index) {
        guard let kind = ReservedKind(address.value) else { continue }
        let prefix = address.value.prefix
        var help = ["any other address of \(prefix) will do"]
        if let other = free.take(like: address) {
            help = ["the next free address is \(other)"]
        }
        findings.add(
            Diagnostic(
                .networkOrBroadcastAddress, "\"\(address.value)\" is its subnet's \(kind.title)",
                at: .init(address.span, "given to \(network.interface(of: address))"),
                notes: [kind.consequence(prefix)], help: help),
            about: [index])
    }
}

/// The addresses of a subnet that are not for one interface.
enum ReservedKind {
    case network
    case broadcast
    case subnetRouterAnycast

    /// What an address is in its subnet; nil where it is an ordinary one.
    /// Subnets of one or two addresses have neither (RFC 3021, RFC 6164).
    init?(_ interface: InterfaceAddress) {
        if interface.isBroadcastAddress {
            self = .broadcast
        } else if interface.isNetworkAddress {
            self = interface.address.family == .ipv4 ? .network : .subnetRouterAnycast
        } else {
            return nil
        }
    }

    /// What it is called.
    var title: String {
        switch self {
        case .network: "network address"
        case .broadcast: "broadcast address"
        case .subnetRouterAnycast: "anycast address of all routers"
        }
    }

    /// What would become of packets.
    func consequence(_ prefix: Prefix) -> String {
        switch self {
        case .network: "it names the subnet \(prefix) itself; Linux accepts it, but routers and other systems do not"
        case .broadcast:
            "a packet for it goes to every interface of \(prefix), and Linux refuses to ping it or to answer for it"
        case .subnetRouterAnycast: "every router of \(prefix) takes packets for it (RFC 4291, 2.6.1)"
        }
    }
}
