import TopoNetwork

extension Plan {
    /// The plan of what is made on the hosts: where macvlan interfaces of a NIC or VLAN interface take a bridge's place there is no
    /// bridge, and what would be the bridge's is its. What joins what is the same in both.
    public var asMade: Plan {
        guard hosts.contains(where: \.hasMacvlan) else { return self }
        return Plan(
            name: name, title: title, description: description, runtime: runtime, bridgeTools: bridgeTools, lans: lans,
            hosts: hosts.map(\.asMade), checks: checks, expectations: expectations, leftOut: leftOut)
    }
}

extension HostPlan {
    /// Whether macvlan interfaces take a bridge's place.
    public var hasMacvlan: Bool { bridges.contains { $0.macvlanParent != nil } }

    fileprivate var asMade: HostPlan {
        var parents: [String: String] = [:]
        for bridge in bridges { parents[bridge.name] = bridge.macvlanParent }
        guard !parents.isEmpty else { return self }
        let tagged = Set(vlans(of: .host).map(\.name))
        return HostPlan(
            name: name, description: description, ssh: ssh,
            objects: objects.compactMap { object in
                object.made(parents) { tagged.contains($0) ? .vlan($0) : .nic($0) }
            })
    }
}

extension PlannedObject {
    /// The object where bridges are replaced by their NICs and VLAN interfaces; nil for those bridges.
    fileprivate func made(_ parents: [String: String], _ subject: (String) -> Subject) -> PlannedObject? {
        let device = { (name: String) in parents[name] ?? name }
        switch object {
        case .bridge(let bridge): return parents[bridge.name] == nil ? self : nil
        case .port(let port): return parents[port.bridge] == nil ? self : nil
        case .nic(let nic):
            guard nic.bridge.flatMap({ parents[$0] }) != nil else { return self }
            return with(.nic(.init(name: nic.name, lan: nic.lan, bridge: nil, mac: nic.mac, mtu: nic.mtu)))
        case .tunnel(let tunnel): return with(.tunnel(tunnel.over(device)))
        case .vlan(let vlan):
            guard namespace == .host else { return self }
            return with(.vlan(vlan.over(device, in: vlan.bridge.flatMap { parents[$0] == nil ? $0 : nil })))
        case .address(let address):
            guard namespace == .host else { return self }
            let object = KernelObject.address(.init(interface: device(address.interface), address: address.address))
            guard let parent = parents[address.interface] else { return self }
            return PlannedObject(object, in: namespace, for: subject(parent), from: origin)
        case .route(let route): return namespace == .host ? with(.route(route.by(device))) : self
        case .veth(let veth): return veth.bridge.flatMap { parents[$0] }.map { with(.veth(veth.of($0))) } ?? self
        case .announcement(let found):
            return with(.announcement(.init(address: found.address, interface: device(found.interface))))
        case .nat(let nat): return with(.nat(nat.by(device)))
        case .forwarding, .container: return self
        }
    }

    private func with(_ object: KernelObject) -> PlannedObject {
        PlannedObject(object, in: namespace, for: subject, from: origin)
    }
}

extension PlannedVeth {
    fileprivate func of(_ parent: String) -> PlannedVeth {
        PlannedVeth(
            container: container, interface: interface, hostInterface: hostInterface, mac: mac, hostMAC: hostMAC,
            mtu: mtu, bridge: bridge, vlans: vlans, macvlanParent: parent)
    }
}

extension PlannedTunnel {
    fileprivate func over(_ device: (String) -> String) -> PlannedTunnel {
        PlannedTunnel(
            name: name, kind: kind, local: local, dev: dev.map { Setting(device($0.value), $0.source) }, ttl: ttl,
            mac: mac, mtu: mtu, bridge: bridge, partOf: partOf)
    }
}

extension PlannedRoute {
    fileprivate func by(_ device: (String) -> String) -> PlannedRoute {
        let action: Action =
            switch self.action {
            case .via(let hop, let interface): .via(hop, interface: interface.map(device))
            case .multipath(let hops):
                .multipath(hops.map { .init($0.address, interface: $0.interface.map(device)) })
            case .dev(let name): .dev(device(name))
            case .unreachable, .blackhole: self.action
            }
        return PlannedRoute(destination: destination, action: action, metric: metric, isOnLink: isOnLink)
    }
}
