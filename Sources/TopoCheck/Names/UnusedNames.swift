import TopoDiagnostics
import TopoModel

/// Finds LANs, bridges, tunnels and VLAN interfaces that nothing uses: T0212, a warning.
func findUnusedNames(in network: Network, _ findings: inout Findings) {
    let used = Set(network.topology.hosts.flatMap { $0.nics.compactMap { $0.lan?.value } })
    for lan in network.topology.lans where !used.contains(lan.name.value) {
        findings.add(
            Diagnostic(
                .unusedName, "LAN \"\(lan.name.value)\" is not used",
                at: .init(lan.name.span, "no NIC is connected to it"),
                help: ["write \"lan: \(lan.name.value)\" at a NIC, or leave the LAN out"]))
    }
    for host in network.topology.hosts { findUnusedNames(on: host, &findings) }
}

private func findUnusedNames(on host: Host, _ findings: inout Findings) {
    var bridgesInUse: Set<String> = []
    for interface in host.containers.flatMap(\.interfaces) {
        switch interface.attachment {
        case .bridge(let bridge): bridgesInUse.insert(bridge.value)
        case .pointToPoint: break
        }
    }
    let links = Set(host.vlans.map(\.link.value))
    bridgesInUse.formUnion(links)
    for bridge in host.bridges where bridge.ports.isEmpty && !bridgesInUse.contains(bridge.name.value) {
        // Who else makes the bridge may have given it members that the file does not speak of.
        guard bridge.addresses.isEmpty || bridge.managedBy?.value ?? .topoc == .topoc else { continue }
        let version6 = bridge.addresses.filter { $0.value.address.family == .ipv6 }
        // A single IPv4 address without a subnet is how loopbacks are written: it is answered for.
        let isLoopback = bridge.addresses.allSatisfy { $0.value.length == $0.value.address.family.width }
        if isLoopback, version6.isEmpty, !bridge.addresses.isEmpty { continue }
        let state = bridge.addresses.isEmpty ? "no port, no container and no address" : "only an address"
        findings.add(
            Diagnostic(
                .unusedName, "\(host.name.value)'s bridge \"\(bridge.name.value)\" is not used",
                at: .init(bridge.name.span, "it has \(state)"),
                and: version6.prefix(1).map { .init($0.span, "this address does not answer") },
                notes: version6.isEmpty
                    ? []
                    : [
                        "without a port it has no carrier, so duplicate address detection (RFC 4862, 5.4) does not start"
                    ],
                help: ["write \"bridge: \(bridge.name.value)\" at a container, or leave the bridge out"]))
    }
    let ports = Set(host.bridges.flatMap { $0.ports.map(\.value) })
    for tunnel in host.tunnels
    where !ports.contains(tunnel.name.value) && tunnel.addresses.isEmpty && !links.contains(tunnel.name.value) {
        let example = host.bridges.first?.name.value ?? "br0"
        findings.add(
            Diagnostic(
                .unusedName, "\(host.name.value)'s tunnel \"\(tunnel.name.value)\" is not used",
                at: .init(tunnel.name.span, "it is not a port of any bridge"),
                notes: ["frames that arrive through it are dropped, and nothing sends frames into it"],
                help: [
                    "write \"ports: [\(tunnel.name.value)]\" at a bridge, as \"\(example)\", give it an \"address\", or leave the tunnel out"
                ]))
    }
    for vlan in host.vlans where !ports.contains(vlan.name.value) && vlan.addresses.isEmpty {
        findings.add(
            Diagnostic(
                .unusedName, "\(host.name.value)'s VLAN interface \"\(vlan.name.value)\" is not used",
                at: .init(vlan.name.span, "it has no address, and is not a port of any bridge"),
                help: [
                    "give it an \"address\", write \"ports: [\(vlan.name.value)]\" at a bridge, or leave it out"
                ]))
    }
}
