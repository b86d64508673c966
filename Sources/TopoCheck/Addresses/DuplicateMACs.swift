import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds MACs that are written twice on one segment: T0310.
func findDuplicateMACs(in network: Network, _ findings: inout Findings) {
    struct Place: Hashable {
        let mac: MACAddress
        let segment: Int
    }
    var first: [Place: WrittenMAC] = [:]
    for written in writtenMACs(in: network.topology, names: network.names) {
        guard let segment = network.segments.index(of: written.interface) else { continue }
        let place = Place(mac: written.mac.value, segment: segment)
        guard let other = first[place] else {
            first[place] = written
            continue
        }
        // A bridge that has the MAC of one of its ports is as Linux makes it by itself.
        if written.interface == other.bridge || written.bridge == other.interface { continue }
        let secondary =
            other.mac.span == written.mac.span
            ? Diagnostic.Label(other.span, "\(other.title) takes it from the same place")
            : Diagnostic.Label(other.mac.span, "\(other.title) already has it")
        findings.add(
            Diagnostic(
                .duplicateMAC, "duplicate MAC address: \"\(written.mac.value)\" is on one segment twice",
                at: .init(written.mac.span, "\(written.title) has \(written.mac.value)"), and: [secondary],
                notes: [
                    "a bridge learns one port for each MAC: frames for the two go sometimes to one, sometimes to the other"
                ],
                help: ["leave out one \"mac:\": topoc derives one that is unique and stays the same"]))
    }
}

/// A MAC that the user wrote.
private struct WrittenMAC {
    let mac: Located<MACAddress>
    let interface: InterfaceName
    /// The bridge that the interface is a port of, for interfaces of hosts.
    let bridge: InterfaceName?
    /// Where the interface is named.
    let span: Span
    let title: String
}

/// The MACs written in a topology, in the order of the file.
private func writtenMACs(in topology: Topology, names: Names) -> [WrittenMAC] {
    topology.hosts.flatMap { host in
        let name = host.name.value
        var bridges: [String: String] = [:]
        for bridge in host.bridges {
            for port in bridge.ports { bridges[port.value] = bridge.name.value }
        }
        func written(_ mac: Located<MACAddress>?, _ interface: Located<String>, _ kind: String) -> WrittenMAC? {
            mac.map {
                WrittenMAC(
                    mac: $0, interface: InterfaceName(host: name, interface: interface.value),
                    bridge: bridges[interface.value].map { InterfaceName(host: name, interface: $0) },
                    span: interface.span, title: "\(name)'s \(kind) \"\(interface.value)\"")
            }
        }
        let own =
            host.nics.map { written($0.mac, $0.name, "NIC") } + host.bridges.map { written($0.mac, $0.name, "bridge") }
            + host.tunnels.map { written($0.mac, $0.name, "tunnel") }
            + host.vlans.map { written($0.mac, $0.name, "VLAN interface") }
        return own.compactMap { $0 } + host.containers.flatMap { writtenMACs(in: $0, on: name, names: names) }
    }
}

private func writtenMACs(in container: Container, on host: String, names: Names) -> [WrittenMAC] {
    let all = container.interfaces.map { ($0.name, $0.mac) } + container.vlans.map { ($0.name, $0.mac) }
    return all.compactMap { interface, mac in
        guard let mac else { return nil }
        let plain = names.plain(host: host, container: container.name.value)
        let suffix = all.count > 1 ? "'s \"\(interface.value)\"" : ""
        return WrittenMAC(
            mac: mac,
            interface: InterfaceName(host: host, container: container.name.value, interface: interface.value),
            bridge: nil, span: interface.span, title: "container \"\(plain)\"\(suffix)")
    }
}
