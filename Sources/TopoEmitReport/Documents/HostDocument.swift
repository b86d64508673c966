internal import TopoJSON
internal import TopoModel
internal import TopoNetwork
internal import TopoPlan

/// A host, with all that is on it.
func hostDocument(_ host: HostPlan) -> JSON {
    var nics: [JSON] = []
    var tunnels: [JSON] = []
    var bridges: [JSON] = []
    var containers: [JSON] = []
    for planned in host.objects {
        switch planned.object {
        case .nic(let nic): nics.append(document(of: nic, host))
        case .tunnel(let tunnel): tunnels.append(document(of: tunnel, host))
        case .bridge(let bridge): bridges.append(document(of: bridge, host))
        case .container(let container): containers.append(document(of: container, host))
        case .forwarding, .vlan, .port, .veth, .address, .route, .announcement, .nat: break
        }
    }
    return .members([
        "name": .string(host.name),
        "description": host.description.map(JSON.string),
        "ssh": host.ssh.map(document),
        "forwarding": host.forwarding(of: .host).last.map(document),
        "loopback": loopback(of: .host, on: host),
        "nics": .array(nics),
        "tunnels": .array(tunnels),
        "bridges": .array(bridges),
        "vlans": vlans(of: .host, on: host),
        "containers": .array(containers),
        "routes": .array(host.routes(of: .host).map(document)),
        "announcements": host.announcements.isEmpty ? nil : .array(host.announcements.map(document)),
        "nat": host.nat.flatMap { $0.rules.isEmpty ? nil : .array($0.rules.map(document)) },
        "publish": host.nat.flatMap { $0.ports.isEmpty ? nil : .array($0.ports.map(document)) },
    ])
}

/// An address of a container that the host answers for.
private func document(of announcement: PlannedAnnouncement) -> JSON {
    .members(["address": .string(announcement.address.description), "interface": .string(announcement.interface)])
}

/// How the host is reached over SSH.
private func document(of ssh: PlannedSSH) -> JSON {
    .members([
        "host": .string(ssh.host),
        "user": ssh.user.map(JSON.string),
        "port": ssh.port.map { .number(Int($0)) },
    ])
}

/// A rule for the source of packets that the host forwards; without `as` they get the interface's own address.
private func document(of rule: NAT.Rule) -> JSON {
    .members([
        "out": .string(rule.out),
        "family": .string(rule.family.rawValue),
        "from": rule.from.isEmpty ? nil : .strings(rule.from.map(\.description)),
        "except": rule.except.isEmpty ? nil : .strings(rule.except.map(\.description)),
        "as": rule.address.map { .string($0.description) },
    ])
}

/// A port that stands for another's.
private func document(of port: NAT.Port) -> JSON {
    .members([
        "in": .string(port.in),
        "addresses": .strings(port.own.map(\.description)),
        "protocol": .string(port.transport.rawValue),
        "port": .number(Int(port.port)),
        "to": .string(port.target.description),
        "to_port": .number(Int(port.targetPort)),
    ])
}

/// A container, with its interfaces and routes.
private func document(of container: PlannedContainer, _ host: HostPlan) -> JSON {
    .members([
        "name": .string(container.name),
        "description": container.description.map(JSON.string),
        "runtime": .string(container.runtime.rawValue),
        "image": container.image.map(JSON.string),
        "command": container.command.isEmpty ? nil : .array(container.command.map(JSON.string)),
        "docker_network": container.network.map { .string($0.name) },
        "persistent": .boolean(container.isPersistent),
        "forwarding": host.forwarding(of: .container(container.name)).last.map(document),
        "loopback": loopback(of: .container(container.name), on: host),
        "interfaces": .array(host.veths(of: container.name).map { document(of: $0, host) }),
        "vlans": vlans(of: .container(container.name), on: host),
        "routes": .array(host.routes(of: .container(container.name)).map(document)),
    ])
}

/// The VLAN interfaces of a namespace; nil where it has none.
private func vlans(of namespace: Namespace, on host: HostPlan) -> JSON? {
    let own = host.vlans(of: namespace)
    return own.isEmpty ? nil : .array(own.map { document(of: $0, in: namespace, host) })
}

/// The addresses of a loopback interface; nil where it has none beyond the kernel's.
private func loopback(of namespace: Namespace, on host: HostPlan) -> JSON? {
    let own = host.loopback(of: namespace)
    return own.isEmpty ? nil : .array(own.map { .string($0.description) })
}

/// IP forwarding of a host or container; a family that is not set is left as it is.
private func document(of forwarding: PlannedForwarding) -> JSON {
    .members([
        "ipv4": forwarding.families.contains(.ipv4) ? .boolean(forwarding.isEnabled) : nil,
        "ipv6": forwarding.families.contains(.ipv6) ? .boolean(forwarding.isEnabled) : nil,
    ])
}

/// The next hops of a route that has several.
private func nexthops(of route: PlannedRoute) -> JSON? {
    guard case .multipath(let hops) = route.action else { return nil }
    return .array(
        hops.map { hop in
            .members(["via": document(of: hop.address), "dev": hop.interface.map(JSON.string)])
        })
}

/// A route; one of `via`, `nexthops`, `dev` and `type` says what becomes of the packets.
private func document(of route: PlannedRoute) -> JSON {
    let (via, dev, type): (JSON?, JSON?, JSON?) =
        switch route.action {
        case .via(let neighbour, let interface): (document(of: neighbour), interface.map(JSON.string), nil)
        case .multipath: (nil, nil, nil)
        case .dev(let interface): (nil, .string(interface), nil)
        case .unreachable: (nil, nil, "unreachable")
        case .blackhole: (nil, nil, "blackhole")
        }
    return .members([
        "to": .string(route.destination.description),
        "via": via,
        "nexthops": nexthops(of: route),
        "dev": dev,
        "type": type,
        "onlink": route.isOnLink ? .boolean(true) : nil,
        "metric": route.metric.map { .number(Int($0)) },
    ])
}
