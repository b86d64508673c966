import TopoDiagnostics
import TopoModel

/// Finds NICs, tunnels and VLAN interfaces that are a bridge's ports and have addresses of their own: T0403.
func findAddressesOfPorts(in network: Network, _ findings: inout Findings) {
    for host in network.topology.hosts {
        var bridges: [String: Bridge] = [:]
        for bridge in host.bridges {
            for port in bridge.ports where bridges[port.value] == nil { bridges[port.value] = bridge }
        }
        let devices =
            host.nics.map { (kind: "NIC", name: $0.name.value, addresses: $0.addresses) }
            + host.tunnels.map { (kind: "tunnel", name: $0.name.value, addresses: $0.addresses) }
            + host.vlans.map { (kind: "VLAN interface", name: $0.name.value, addresses: $0.addresses) }
        for device in devices {
            guard let bridge = bridges[device.name], let first = device.addresses.first else { continue }
            let place = PortWithAddress(
                host: host, kind: device.kind, name: device.name, bridge: bridge, address: first)
            let name = InterfaceName(host: host.name.value, interface: device.name)
            findings.add(place.diagnostic, about: Array(network.addresses(of: name)))
        }
    }
}

/// A port with an address, and the bridge that it is a port of.
private struct PortWithAddress {
    let host: Host
    let kind: String
    let name: String
    let bridge: Bridge
    let address: Located<InterfaceAddress>

    /// The message.
    var diagnostic: Diagnostic {
        let port = bridge.ports.first { $0.value == name }
        let owner = host.name.value
        let same = bridge.addresses.first { $0.value.address == address.value.address }
        let places = [port.map { Diagnostic.Label($0.span, "it is a port of bridge \"\(bridge.name.value)\"") }]
        let other = same.map { Diagnostic.Label($0.span, "the bridge has the same address") }
        return Diagnostic(
            .portWithAddress,
            "\(owner)'s \(kind) \"\(name)\" is a bridge port and has an address of its own",
            at: .init(address.span, "the port's address"), and: (places + [other]).compactMap { $0 },
            notes: [
                "\(owner) would ask for its neighbours by \"\(name)\", and get the answers on "
                    + "\"\(bridge.name.value)\", where it does not wait for them"
            ],
            help: [
                same == nil
                    ? "give the address to the bridge: address: \(address.value) at \"\(bridge.name.value)\""
                    : "take the address away from \"\(name)\""
            ])
    }
}
