import TopoDiagnostics
import TopoModel

/// Finds NICs that are a bridge's ports and have addresses of their own: T0403.
func findAddressesOfPorts(in network: Network, _ findings: inout Findings) {
    for host in network.topology.hosts {
        var bridges: [String: Bridge] = [:]
        for bridge in host.bridges {
            for port in bridge.ports where bridges[port.value] == nil { bridges[port.value] = bridge }
        }
        for nic in host.nics {
            guard let bridge = bridges[nic.name.value], let first = nic.addresses.first else { continue }
            let place = PortWithAddress(host: host, nic: nic, bridge: bridge, address: first)
            let name = InterfaceName(host: host.name.value, interface: nic.name.value)
            findings.add(place.diagnostic, about: Array(network.addresses(of: name)))
        }
    }
}

/// A NIC with an address, and the bridge that it is a port of.
private struct PortWithAddress {
    let host: Host
    let nic: NIC
    let bridge: Bridge
    let address: Located<InterfaceAddress>

    /// The message.
    var diagnostic: Diagnostic {
        let port = bridge.ports.first { $0.value == nic.name.value }
        let owner = host.name.value
        let same = bridge.addresses.first { $0.value.address == address.value.address }
        let places = [port.map { Diagnostic.Label($0.span, "it is a port of bridge \"\(bridge.name.value)\"") }]
        let other = same.map { Diagnostic.Label($0.span, "the bridge has the same address") }
        return Diagnostic(
            .portWithAddress,
            "\(owner)'s NIC \"\(nic.name.value)\" is a bridge port and has an address of its own",
            at: .init(address.span, "the port's address"), and: (places + [other]).compactMap { $0 },
            notes: [
                "\(owner) would ask for its neighbours by \"\(nic.name.value)\", and get the answers on "
                    + "\"\(bridge.name.value)\", where it does not wait for them"
            ],
            help: [
                same == nil
                    ? "give the address to the bridge: address: \(address.value) at \"\(bridge.name.value)\""
                    : "take the address away from \"\(nic.name.value)\""
            ])
    }
}
