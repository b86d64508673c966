import TopoDiagnostics
import TopoModel

/// Finds NICs on no LAN that have an address in the subnet of one: T0411.
///
/// What follows from it, such as a next hop that nobody has, is not told.
/// - Returns: the topology as it was meant, with these NICs on their LANs; nil where there are none.
func findNICsWithoutLAN(in network: Network, _ findings: inout Findings) -> Topology? {
    let topology = network.topology
    var isChanged = false
    let hosts = topology.hosts.map { host in
        let nics = host.nics.map { nic -> NIC in
            guard nic.lan == nil, let (address, lan, subnet) = lan(of: nic, among: topology.lans) else { return nic }
            isChanged = true
            findings.add(
                Diagnostic(
                    .nicWithoutLAN, "\(host.name.value)'s NIC \"\(nic.name.value)\" is on no LAN",
                    at: .init(nic.name.span, "not connected"),
                    and: [
                        .init(address.span, "of \(subnet.value)"),
                        .init(subnet.span, "the subnet of LAN \"\(lan.name.value)\""),
                    ], notes: ["nobody on \(subnet.value) hears it"],
                    help: ["write \"lan: \(lan.name.value)\" at \(nic.name.value)"]))
            return nic.on(Located(lan.name.value, at: nic.name.span))
        }
        return host.with(nics: nics)
    }
    return isChanged ? topology.with(hosts: hosts) : nil
}

/// The only LAN that has the subnet of one of a NIC's addresses.
private func lan(
    of nic: NIC, among lans: [LAN]
) -> (address: Located<InterfaceAddress>, lan: LAN, subnet: Located<Prefix>)? {
    for address in nic.addresses {
        let found = lans.compactMap { lan in
            lan.subnets.first { $0.value == address.value.prefix }.map { (address, lan, $0) }
        }
        if found.count == 1 { return found[0] }
    }
    return nil
}

extension NIC {
    /// The same NIC, plugged to a LAN.
    fileprivate func on(_ lan: Located<String>) -> NIC {
        NIC(name: name, lan: lan, addresses: addresses, mac: mac, mtu: mtu, partOf: partOf, description: description)
    }
}
