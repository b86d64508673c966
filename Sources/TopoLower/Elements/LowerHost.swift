import TopoDiagnostics
import TopoModel

/// A host whose interfaces are read, and whose routes and tunnels wait until all addresses are known.
struct HostDraft {
    let outline: HostOutline
    let nics: [NIC]
    let bridges: [Bridge]
    let tunnels: [TunnelDraft]
    let vlans: [VLANInterface]
    let loopback: [Located<InterfaceAddress>]
    let containers: [ContainerDraft]
}

extension Lowering {
    /// A host's interfaces and their addresses.
    mutating func draft(_ host: HostOutline) -> HostDraft {
        let before = findings.count
        checkLinks(
            host.fields.read(HostKeys.links, &findings) ?? [], between: .container, isBroken: host.names.isBroken
        ) { host.names.container($0) != nil }
        let nics = host.nics.compactMap { nic($0, of: host) }
        let bridges = host.bridges.compactMap { bridge($0, of: host) }
        addSharedPorts(of: bridges)
        let tunnels = host.tunnels.compactMap { draft(tunnel: $0, of: host) }
        let vlans = host.vlans.compactMap { vlan($0, of: host) }
        let loopback = host.fields.read(HostKeys.loopback, &findings) ?? []
        addresses.reserve(host.containers.count + 1)
        let containers = host.containers.compactMap { draft($0, of: host) }
        let links = containers.flatMap(\.interfaces).flatMap(\.hostAddresses)
        let own =
            nics.flatMap(\.addresses) + bridges.flatMap(\.addresses) + tunnels.flatMap(\.addresses)
            + vlans.flatMap(\.addresses)
        addresses.add(
            own + links + loopback, of: NodeName(host: host.name),
            isBroken: host.names.isBroken || findings.count > before)
        addTwoClients(containers, of: host)
        return HostDraft(
            outline: host, nics: nics, bridges: bridges, tunnels: tunnels, vlans: vlans, loopback: loopback,
            containers: containers)
    }

    /// Says, once, that a host has containers of LXD and of Incus: a bridge that is managed would be of either.
    private mutating func addTwoClients(_ containers: [ContainerDraft], of host: HostOutline) {
        guard let lxd = containers.first(where: { $0.runtime == .lxd }),
            let incus = containers.first(where: { $0.runtime == .incus })
        else { return }
        let (first, second) = lxd.name.span < incus.name.span ? (lxd, incus) : (incus, lxd)
        addConflict(
            "\(host.name) has containers of LXD and of Incus", at: second.name.span,
            "runs in \(second.runtime.rawValue)", and: first.name.span, "runs in \(first.runtime.rawValue)",
            help: "use one of the two for all its containers: a host can run LXD or Incus, and Docker beside it")
    }

    /// Says which ends of links between elements of a kind are none. Sound links have been written out.
    mutating func checkLinks(
        _ links: [Pair<Located<String>>], between kind: ElementKind, isBroken: Bool, isKnown: (String) -> Bool
    ) {
        guard !isBroken else { return }
        let (form, example) = kind == .host ? ("HOST:INTERFACE", "r1:eth1") : ("CONTAINER:INTERFACE", "c1:eth1")
        for end in links.flatMap({ [$0.first, $0.second] }) {
            if let node = LinkEnd(end.value)?.node, isKnown(node) { continue }
            findings.add(
                .invalidValue, "\"\(end.value)\" is no end of a link", at: end.span, "expected \(form)",
                help: ["write \(example)"])
        }
    }

    /// A host with its tunnels and routes.
    mutating func host(_ draft: HostDraft) -> Host {
        let host = draft.outline
        let gateway = gateway(of: host.fields, HostKeys.gateway, NodeName(host: host.name))
        let devices = Routed(node: NodeName(host: host.name), names: host.names, interfaces: nil)
        let found = Host(
            name: host.names.host, forwarding: host.fields.read(HostKeys.forwarding, &findings), nics: draft.nics,
            bridges: draft.bridges, tunnels: draft.tunnels.compactMap { tunnel($0, of: host) },
            vlans: draft.vlans, loopback: draft.loopback,
            // The way to the gateway may be one of the routes.
            routes: routes(host.fields.read(HostKeys.routes, &findings) ?? [], of: devices) + gateway.routes,
            nat: (host.fields.read(HostKeys.nat, &findings) ?? []).compactMap { natRule($0, of: host.names) },
            publish: (host.fields.read(HostKeys.publish, &findings) ?? []).compactMap {
                publishedPort($0, of: host.names)
            },
            ssh: sshAccess(of: host.fields, host: host.name),
            containers: draft.containers.map { container($0, of: host) },
            description: host.fields.read(HostKeys.description, &findings))
        addUselessDocker(host.fields.keySpan(HostKeys.docker), of: host.fields.subject, [found])
        return found
    }

    /// Says that `docker:` stands where nothing is Docker's.
    mutating func addUselessDocker(_ place: Span?, of subject: Subject, _ hosts: [Host]) {
        let isUsed = hosts.contains { $0.containers.contains { $0.runtime == .docker } }
        guard let place, findings.count == 0, isWhole, !isUsed, forcedRuntime == nil else { return }
        addConflict(
            "\(subject) has \"docker\", but no Docker container", at: place, "is for Docker containers", and: nil,
            help: "leave docker: out, or write runtime: docker")
    }
}

extension ContainerInterface {
    /// The addresses that the host has because of this interface.
    fileprivate var hostAddresses: [Located<InterfaceAddress>] {
        switch attachment {
        case .bridge: []
        case .pointToPoint(let links): links.map(\.host)
        }
    }
}
