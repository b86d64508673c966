import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds wires at whose ends frames without a tag are of different VLANs (T0416, a warning), and VLANs that lead nowhere: that one end
/// of a wire passes and no other, or that have one port alone (T0417, warnings).
func findVLANsLeadingNowhere(in network: Network, _ findings: inout Findings) {
    guard network.segments.hasVLANs else { return }
    let ends = WireEnds(network)
    for wire in ends.all {
        if let found = wire.differingNatives() { findings.add(found) }
        for found in wire.dropped() { findings.add(found) }
    }
    for host in network.topology.hosts {
        for found in silentPorts(of: host, in: network) { findings.add(found) }
    }
}

/// An end of a wire, where tags are put on or taken off.
private struct WireEnd {
    /// What messages call it.
    let title: String
    /// The bytes to show.
    let span: Span
    /// What passes: of a port its VLANs, of an interface's owner those of its VLAN interfaces.
    let vlans: PortVLANs
    /// Whether it is a port of a bridge that tells VLANs apart.
    let isPort: Bool
}

/// All that is at the ends of one wire.
private struct Wire {
    var ends: [WireEnd] = []

    /// T0416: of two ports one takes frames without a tag for another VLAN's than the other.
    func differingNatives() -> Diagnostic? {
        let natives = ends.filter(\.isPort).compactMap { end in end.vlans.untagged.map { (end, $0) } }
        guard let (first, one) = natives.first, let (second, other) = natives.first(where: { $0.1.value != one.value })
        else { return nil }
        return Diagnostic(
            .nativeVLANsDiffer,
            "frames without a tag are of VLAN \(one.value) for \(first.title), and of VLAN \(other.value) for \(second.title)",
            at: .init(other.span, "VLAN \(other.value) here"), and: [.init(one.span, "VLAN \(one.value) there")],
            notes: ["the two VLANs are one: what is in one of them hears all broadcasts of the other"],
            help: ["write the same \"vlan\" at both ends"], severity: .warning)
    }

    /// T0417: what one end passes and no other.
    func dropped() -> [Diagnostic] {
        guard ends.count > 1, ends.contains(where: \.isPort) else { return [] }
        return ends.enumerated().compactMap { number, end in
            let others = ends.enumerated().filter { $0.offset != number }.map(\.element)
            let lost = end.vlans.tags.filter { tag in !others.contains { $0.passes(tag) } }
            let hasPorts = others.contains(where: \.isPort)
            guard let first = lost.first, end.isPort || hasPorts else { return nil }
            let span = end.vlans.tagged.first { $0.value.contains(first) }?.span ?? end.span
            let names = lost.prefix(8).map(String.init).joined(separator: ", ") + (lost.count > 8 ? ", …" : "")
            let other = others.first(where: \.isPort) ?? others[0]
            return Diagnostic(
                .vlanLeadsNowhere,
                "\(lost.count == 1 ? "VLAN" : "VLANs") \(names) of \(end.title) \(lost.count == 1 ? "ends" : "end") on the wire: nothing at its other end has \(lost.count == 1 ? "it" : "them")",
                at: .init(span, "passes with a tag"),
                and: [
                    .init(
                        other.span,
                        others.count == 1 ? "\(other.title) drops it" : "\(other.title) is one of those that drop it")
                ],
                help: ["let the other end have it too, with a tag, or leave it out here"], severity: .warning)
        }
    }
}

extension WireEnd {
    /// Whether frames with this tag are anybody's here.
    fileprivate func passes(_ tag: Int) -> Bool { vlans.tagged.contains { $0.value.contains(tag) } }
}

/// The ends of all wires on which there are VLANs.
private struct WireEnds {
    private(set) var all: [Wire] = []
    private var numbers: [Int: Int] = [:]

    init(_ network: Network) {
        for host in network.topology.hosts {
            let name = host.name.value
            let vlans = host.vlansByName
            for bridge in host.bridges where bridge.filtersVLANs {
                for port in bridge.ports where vlans[port.value] == nil {
                    let vlans = bridge.vlans(ofPort: port.value)
                    add(
                        WireEnd(
                            title: "\(name)'s port \"\(port.value)\"", span: vlans.span ?? port.span, vlans: vlans,
                            isPort: true), on: .init(host: name, interface: port.value), network)
                }
            }
            addInterfaces(host.vlans, of: name, nil, title: "\(name)'s", network)
            let filtering = Set(host.bridges.filter(\.filtersVLANs).map(\.name.value))
            for container in host.containers { add(container, of: name, filtering, network) }
        }
    }

    /// - Parameter filtering: the host's bridges that tell VLANs apart.
    private mutating func add(
        _ container: Container, of name: String, _ filtering: Set<String>, _ network: Network
    ) {
        let own = container.name.value
        let title = "container \"\(network.names.plain(host: name, container: own))\""
        for interface in container.interfaces {
            guard case .bridge(let bridge) = interface.attachment, filtering.contains(bridge.value) else { continue }
            let place = InterfaceName(host: name, container: own, interface: interface.name.value)
            add(
                WireEnd(
                    title: "the port of \(title)", span: interface.vlans.span ?? interface.name.span,
                    vlans: interface.vlans, isPort: true), on: place, network)
            // The container itself is the other end, whatever it has.
            if !container.vlans.contains(where: { $0.link.value == interface.name.value }) {
                add(
                    WireEnd(title: title, span: interface.name.span, vlans: .none, isPort: false), on: place, network)
            }
        }
        addInterfaces(container.vlans, of: name, own, title: "\(title)'s", network)
    }

    /// Adds what an interface's VLAN interfaces take, as one end.
    private mutating func addInterfaces(
        _ vlans: [VLANInterface], of host: String, _ container: String?, title: String, _ network: Network
    ) {
        let byLink = Dictionary(grouping: vlans, by: \.link.value)
        var told: Set<String> = []
        for link in vlans.map(\.link.value) where told.insert(link).inserted {
            let own = byLink[link] ?? []
            let tagged = own.map { Located($0.id.value...$0.id.value, at: $0.id.span) }
            add(
                WireEnd(
                    title: "\(title) \"\(link)\"", span: own[0].link.span,
                    vlans: PortVLANs(untagged: nil, tagged: tagged), isPort: false),
                on: .init(host: host, container: container, interface: link), network)
        }
    }

    private mutating func add(_ end: WireEnd, on interface: InterfaceName, _ network: Network) {
        guard let wire = network.segments.wire(of: interface) else { return }
        let number = numbers[wire] ?? all.count
        if number == all.count { all.append(Wire()) }
        numbers[wire] = number
        all[number].ends.append(end)
    }
}

/// T0417: ports of a host's bridges that are in no VLAN, addresses of bridges' own that are in none, and who is in a VLAN alone.
private func silentPorts(of host: Host, in network: Network) -> [Diagnostic] {
    let bridges = host.bridgesByName.filter(\.value.filtersVLANs)
    var found: [Diagnostic] = []
    for bridge in host.bridges where bridges[bridge.name.value] != nil {
        if let address = bridge.addresses.first, bridge.vlans.isEmpty {
            found.append(
                Diagnostic(
                    .vlanLeadsNowhere,
                    "\(title(of: bridge, on: host)) tells VLANs apart, and its own address is in none",
                    at: .init(address.span, "nobody reaches it"),
                    help: ["write \"vlan\" at the bridge, or give the address to a VLAN interface of the bridge"],
                    severity: .error))
        }
        for port in bridge.ports where bridge.vlans(ofPort: port.value).isEmpty {
            found.append(inNoVLAN("port \"\(port.value)\"", port.span, bridge, on: host))
        }
    }
    for container in host.containers {
        for interface in container.interfaces {
            guard case .bridge(let name) = interface.attachment, let bridge = bridges[name.value] else { continue }
            let own = network.names.plain(host: host.name.value, container: container.name.value)
            if interface.vlans.isEmpty {
                found.append(inNoVLAN("container \"\(own)\"", interface.name.span, bridge, on: host))
            } else if let vlan = interface.vlans.untagged,
                let segment = network.segments.index(
                    of: .init(host: host.name.value, container: container.name.value, interface: interface.name.value)),
                network.segments.all[segment].members.count == 1, network.segments.all[segment].carriers.count == 1
            {
                found.append(
                    Diagnostic(
                        .vlanLeadsNowhere,
                        "container \"\(own)\" is alone in VLAN \(vlan.value) of \(title(of: bridge, on: host))",
                        at: .init(vlan.span, "no other port passes it"), and: [.init(bridge.name.span, "the bridge")],
                        help: ["give the VLAN to another port too, or put the container into another VLAN"],
                        severity: .warning))
            }
        }
    }
    return found
}

private func title(of bridge: Bridge, on host: Host) -> String {
    "\(host.name.value)'s bridge \"\(bridge.name.value)\""
}

private func inNoVLAN(_ what: String, _ span: Span, _ bridge: Bridge, on host: Host) -> Diagnostic {
    Diagnostic(
        .vlanLeadsNowhere, "\(what) is in no VLAN of \(title(of: bridge, on: host))",
        at: .init(span, "all its frames are dropped"), help: ["write \"vlan\" or \"tagged\" there"],
        severity: .warning)
}
