import TopoDiagnostics
import TopoModel

/// Finds addresses that are in none of the subnets of their LAN or their bridge: T0308.
func findAddressesOutsideSubnets(in network: Network, _ findings: inout Findings) {
    let declared = DeclaredSubnets(network)
    for (index, address) in network.addresses.enumerated() where !findings.addresses.contains(index) {
        guard !address.value.address.isIPv6LinkLocal else { continue }
        let lans = declared.ofLANs(on: address.segment, address.value.address.family)
        if !lans.isEmpty {
            guard !lans.contains(where: { $0.prefix.value.contains(address.value.address) }) else { continue }
            findings.add(outside(address, of: lans, in: network), about: [index])
        } else if let bridge = bridge(of: address, in: network) {
            let routers = declared.ofRouters(on: address.segment)
            guard !bridge.isEmpty, !routers.contains(address.value.address) else { continue }
            // A bridge that is itself wrong is told of once, not once for each container.
            guard !bridge.contains(where: { findings.addresses.contains($0) }) else { continue }
            findings.add(outside(address, of: bridge.map { network.addresses[$0] }, in: network), about: [index])
        }
    }
}

/// The indices of the addresses, of the same family, that the host has on a container's bridge.
private func bridge(of address: Network.AssignedAddress, in network: Network) -> [Int]? {
    guard let container = network.nodes[address.node].container, address.member.kind == .container else { return nil }
    let interface = container.interfaces.first { $0.name.value == address.member.interface.interface }
    guard case .bridge(let bridge) = interface?.attachment else { return nil }
    let name = InterfaceName(host: address.member.interface.host, interface: bridge.value)
    return network.addresses(of: name).filter {
        network.addresses[$0].value.address.family == address.value.address.family
    }
}

private func outside(
    _ address: Network.AssignedAddress, of lans: [DeclaredSubnets.LANSubnet], in network: Network
) -> Diagnostic {
    let title = network.interface(of: address)
    let subnets = lans.map { "\($0.prefix.value)" }.joined(separator: " and ")
    return Diagnostic(
        .addressOutsideSubnet, "\"\(address.value)\" is not in LAN \"\(lans[0].lan)\"'s subnet \(subnets)",
        at: .init(address.span, "\(title) is on LAN \"\(lans[0].lan)\""),
        and: lans.map { .init($0.prefix.span, "LAN \"\($0.lan)\" is \($0.prefix.value)") },
        notes: ["the others on the LAN take it to be elsewhere: they never ask for it on the LAN"],
        help: ["give \(title) an address of \(subnets), or add its subnet to the LAN"])
}

private func outside(
    _ address: Network.AssignedAddress, of bridge: [Network.AssignedAddress], in network: Network
) -> Diagnostic {
    let title = network.interface(of: address)
    let bridgeTitle = network.interface(of: bridge[0])
    let subnets = bridge.map { "\($0.value.prefix)" }.joined(separator: " and ")
    var help = "give \(title) an address of \(subnets)"
    if let moved = Prefix(containing: bridge[0].value.address, length: bridge[0].value.length)
        .address(at: address.value.address), network.index(of: moved, on: address.segment) == nil
    {
        help += ", for example \(InterfaceAddress(moved, length: bridge[0].value.length))"
    }
    return Diagnostic(
        .addressOutsideSubnet, "\"\(address.value)\" is not in its bridge's subnet \(subnets)",
        at: .init(address.span, "\(title) is on \(bridgeTitle)"),
        and: bridge.map { .init($0.span, "\(network.interface(of: $0)) has \($0.value)") },
        notes: [
            "\(address.member.interface.host) would look for \(address.value.address) elsewhere: no answer gets back"
        ],
        help: [help])
}

extension Prefix {
    /// The address of this subnet with the host bits of `other`; nil where they are all zero or all one.
    fileprivate func address(at other: IPAddress) -> IPAddress? {
        let mask = last.bits ^ network.bits
        let host = other.bits & mask
        guard other.family == family, host != 0, host != mask else { return nil }
        return IPAddress(family, bits: network.bits | host)
    }
}
