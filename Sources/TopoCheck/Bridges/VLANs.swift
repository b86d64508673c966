import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds VLANs of ports whose bridge does not tell VLANs apart (T0414), and VLAN interfaces of one link with one identifier (T0415).
func findImpossibleVLANs(in network: Network, _ findings: inout Findings) {
    for host in network.topology.hosts {
        findVLANsWithoutFiltering(on: host, in: network, &findings)
        findTwins(host.vlans, "\(host.name.value)'s", &findings)
        for container in host.containers {
            let node = network.names.plain(host: host.name.value, container: container.name.value)
            findTwins(container.vlans, "container \"\(node)\"'s", &findings)
        }
    }
}

/// What is written for the own sides and the ports of a host's bridges that don't tell VLANs apart.
private func findVLANsWithoutFiltering(on host: Host, in network: Network, _ findings: inout Findings) {
    let bridges = host.bridgesByName.filter { !$0.value.filtersVLANs }
    for bridge in host.bridges where bridges[bridge.name.value] != nil {
        let ports = bridge.ports.map { ("port \"\($0.value)\"", bridge.vlans(ofPort: $0.value)) }
        for (title, vlans) in [("the host itself", bridge.vlans)] + ports {
            if let span = vlans.span { findings.add(withoutFiltering(title, at: span, bridge, of: host)) }
        }
    }
    for container in host.containers {
        for interface in container.interfaces {
            guard let span = interface.vlans.span, case .bridge(let name) = interface.attachment,
                let bridge = bridges[name.value]
            else { continue }
            let title = network.names.plain(host: host.name.value, container: container.name.value)
            findings.add(withoutFiltering("container \"\(title)\"", at: span, bridge, of: host))
        }
    }
}

private func withoutFiltering(_ title: String, at span: Span, _ bridge: Bridge, of host: Host) -> Diagnostic {
    Diagnostic(
        .vlanWithoutFiltering,
        "\(title) has a VLAN on \(host.name.value)'s bridge \"\(bridge.name.value)\", which does not tell VLANs apart",
        at: .init(span, "means nothing there"), and: [.init(bridge.name.span, "passes tags as they are")],
        notes: ["every port of such a bridge gets the frames of all the others, with whichever tag they have"],
        help: ["write \"vlan-filtering: true\" at the bridge, or leave the VLAN out"])
}

/// Of two VLAN interfaces with one identifier the kernel refuses the second: "File exists".
private func findTwins(_ vlans: [VLANInterface], _ owner: String, _ findings: inout Findings) {
    struct Key: Hashable {
        let link: String
        let id: Int
    }
    var first: [Key: VLANInterface] = [:]
    for vlan in vlans {
        let key = Key(link: vlan.link.value, id: vlan.id.value)
        guard let other = first[key] else {
            first[key] = vlan
            continue
        }
        findings.add(
            Diagnostic(
                .vlanTwice,
                "\(owner) \"\(other.name.value)\" and \"\(vlan.name.value)\" are both VLAN \(key.id) of \"\(key.link)\"",
                at: .init(vlan.id.span, "the second"), and: [.init(other.id.span, "the first")],
                notes: ["an interface has one VLAN interface for each identifier; Linux says: \"File exists\""],
                help: ["give one of them another \"id\", or leave it out"]))
    }
}
