import TopoDiagnostics
import TopoModel

/// Finds gateways of LANs that are in none of the LAN's subnets, T0308, or are a subnet's own or broadcast address, T0304.
func findUnsuitableLANGateways(in network: Network, _ findings: inout Findings) {
    for lan in network.topology.lans {
        for gateway in lan.gateways {
            guard let subnet = lan.subnet(around: gateway.value) else {
                findings.add(outside(gateway, of: lan))
                continue
            }
            guard let kind = ReservedKind(InterfaceAddress(gateway.value, length: subnet.value.length)) else {
                continue
            }
            findings.add(
                Diagnostic(
                    .networkOrBroadcastAddress,
                    "gateway \"\(gateway.value)\" is the \(kind.title) of \(subnet.value)",
                    at: .init(gateway.span, "the gateway of LAN \"\(lan.name.value)\""),
                    and: [.init(subnet.span, "its subnet")], notes: [kind.consequence(subnet.value)],
                    help: ["write the address of the router there, for example \(subnet.value.firstHost)"]))
        }
    }
}

private func outside(_ gateway: Located<IPAddress>, of lan: LAN) -> Diagnostic {
    let same = lan.subnets.filter { $0.value.family == gateway.value.family }
    let family = gateway.value.family.title
    return Diagnostic(
        .addressOutsideSubnet, "gateway \"\(gateway.value)\" is in no subnet of LAN \"\(lan.name.value)\"",
        at: .init(gateway.span, same.isEmpty ? "the LAN has no \(family) subnet" : "not in the LAN's subnet"),
        and: same.prefix(3).map { .init($0.span, "the LAN is \($0.value)") },
        notes: ["a gateway is a neighbour of who is on the LAN: else nobody can send to it"],
        help: [
            same.first.map { "write an address of \($0.value), for example \($0.value.firstHost)" }
                ?? "add \"subnet:\" with the LAN's \(family) subnet"
        ])
}
