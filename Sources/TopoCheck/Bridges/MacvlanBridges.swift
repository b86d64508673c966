import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Finds bridges in whose place there are to be macvlan interfaces of a NIC or VLAN interface, and that are more than these can be: T0409;
/// and those where the host has an address, which its own containers then do not reach: T0410, a warning, unless a check says so.
func findUnsuitableMacvlans(in network: Network, _ findings: inout Findings) {
    for host in network.topology.hosts where host.containers.contains(where: { $0.docker == .macvlan }) {
        let (byBridge, parents) = (host.containersByBridge, host.macvlanParents)
        for bridge in host.bridges {
            let members = byBridge[bridge.name.value] ?? []
            let macvlans = members.filter { $0.docker == .macvlan }
            guard let first = macvlans.first else { continue }
            if let refusal = refusal(of: bridge, on: host, parents[bridge.name.value], members, first) {
                findings.add(refusal)
                continue
            }
            var isTold = false
            for container in macvlans {
                guard let found = hostAsGateway(of: container, behind: bridge, on: host, network) else { continue }
                findings.add(found)
                isTold = true
            }
            guard !isTold, let address = bridge.addresses.first, !isStated(host, apartFrom: macvlans, network) else {
                continue
            }
            findings.add(apart(host, from: macvlans, at: address))
        }
    }
}

/// What a bridge has that macvlan interfaces of a NIC cannot take the place of.
private func refusal(
    of bridge: Bridge, on host: Host, _ parent: String?, _ members: [Container], _ first: Container
) -> Diagnostic? {
    let name = bridge.name.value
    if let other = members.first(where: { $0.docker != .macvlan }) {
        return Diagnostic(
            .notInDocker,
            "container \"\(other.name.value)\" is not a macvlan interface, but \"\(first.name.value)\" on its bridge is one",
            at: .init(other.name.span, "by a bridge"), and: [.init(first.name.span, "by macvlan")],
            notes: ["an interface with macvlan interfaces is a port of no bridge"],
            help: ["put \"\(other.name.value)\" elsewhere, or write \"docker: native\" for \(host.name.value)"])
    }
    guard parent != nil else {
        let place = bridge.ports.last?.span ?? bridge.name.span
        return Diagnostic(
            .notInDocker,
            "macvlan interfaces are one NIC's or VLAN interface's, and bridge \"\(name)\" has not one as its only port",
            at: .init(place, bridge.ports.isEmpty ? "it has no port" : "beside another, or something else"),
            help: [
                "write \"docker: native\" for \(host.name.value), or leave the bridge one NIC or VLAN interface as its port"
            ])
    }
    let extras: [(span: Span?, what: String)] = [
        (bridge.managedBy.flatMap { $0.value == .topoc ? nil : $0.span }, "somebody else makes it"),
        (bridge.stp.flatMap { $0.value ? $0.span : nil }, "a spanning tree is a bridge's"),
        (bridge.mac?.span, "the NIC keeps its own MAC"),
    ]
    for case (let span?, let what) in extras {
        return Diagnostic(
            .notInDocker, "bridge \"\(name)\" is not made: its containers are macvlan interfaces of its NIC",
            at: .init(span, what), help: ["take this out, or write \"docker: native\" for \(host.name.value)"])
    }
    return nil
}

/// That a container's gateway is the one host that it does not reach.
private func hostAsGateway(
    of container: Container, behind bridge: Bridge, on host: Host, _ network: Network
) -> Diagnostic? {
    guard let gateway = network.gateways.gateway(of: container, on: host, .ipv4),
        let own = bridge.addresses.first(where: { $0.value.address == gateway })
    else { return nil }
    return Diagnostic(
        .notInDocker, "the gateway of \"\(container.name.value)\" is its own host, which it cannot reach over macvlan",
        at: .init(container.name.span, "its gateway is \(gateway)"),
        and: [.init(own.span, "\(host.name.value)'s address")],
        help: ["give it another router's address with gateway:, or write \"docker: native\" for \(host.name.value)"])
}

/// Whether a `no-ping` check says of one of these containers that it and its host are apart, which then goes for all of them.
private func isStated(_ host: Host, apartFrom containers: [Container], _ network: Network) -> Bool {
    let name = host.name.value
    let nodes = Set(containers.compactMap { network.node(host: name, container: $0.name.value) })
    guard let own = network.node(host: name, container: nil) else { return false }
    return network.pairsKeptApart.contains { one, other in
        one == own && nodes.contains(other) || other == own && nodes.contains(one)
    }
}

private func apart(_ host: Host, from containers: [Container], at address: Located<InterfaceAddress>) -> Diagnostic {
    let names = containers.prefix(3).map { "\"\($0.name.value)\"" }.joined(separator: ", ")
    let more = containers.count > 3 ? " and \(containers.count - 3) more" : ""
    return Diagnostic(
        .hostApart, "\(host.name.value) and its own containers cannot reach each other over macvlan",
        at: .init(address.span, "reachable from other hosts, but not from \(names)\(more)"),
        notes: ["frames from a macvlan interface leave through the NIC, and those for the NIC itself do not come back"],
        help: ["write \"docker: native\" for \(host.name.value) if they are to reach each other"])
}
