internal import TopoJSON
internal import TopoModel
internal import TopoPlan

/// A NIC of a host.
func document(of nic: PlannedNIC, _ host: HostPlan) -> JSON {
    .members([
        "name": .string(nic.name),
        "lan": nic.lan.map(JSON.string),
        "bridge": nic.bridge.map(JSON.string),
        "mac": nic.mac.map { document(of: $0) },
        "mtu": document(of: nic.mtu),
        "part_of": nic.partOf.map(JSON.string),
        "addresses": addresses(of: nic.name, host),
    ])
}

/// A bridge of a host.
func document(of bridge: PlannedBridge, _ host: HostPlan) -> JSON {
    .members([
        "name": .string(bridge.name),
        "managed_by": .string(bridge.manager.rawValue),
        "mac": document(of: bridge.mac),
        "mtu": document(of: bridge.mtu),
        "stp": .boolean(bridge.stp),
        "vlan_filtering": bridge.filtersVLANs ? .boolean(true) : nil,
        "vlan": bridge.vlans.untagged.map(JSON.number),
        "ports": .strings(bridge.ports),
        "port_vlans": portVLANs(of: bridge, host),
        "macvlan_parent": bridge.macvlanParent.map(JSON.string),
        "part_of": bridge.partOf.map(JSON.string),
        "addresses": addresses(of: bridge.name, host),
    ])
}

/// A tunnel of a host; `remotes` has one end for a gretap, and none for a VXLAN with a group.
func document(of tunnel: PlannedTunnel, _ host: HostPlan) -> JSON {
    var remotes: [Setting<IPAddress>] = []
    var facts: (type: JSON, key: UInt32?, vni: UInt32?, group: IPAddress?, port: UInt16?)
    switch tunnel.kind {
    case .gretap(let remote, let key):
        remotes = [remote]
        facts = ("gretap", key, nil, nil, nil)
    case .vxlan(let vni, .group(let group), let port): facts = ("vxlan", nil, vni, group, port)
    case .vxlan(let vni, .remotes(let ends), let port):
        remotes = ends
        facts = ("vxlan", nil, vni, nil, port)
    }
    return .members([
        "name": .string(tunnel.name),
        "type": facts.type,
        "local": tunnel.local.map { document(of: $0) },
        "remotes": .array(remotes.map { document(of: $0) }),
        "dev": tunnel.dev.map { document(of: $0) },
        "key": facts.key.map { .number(Int($0)) },
        "vni": facts.vni.map { .number(Int($0)) },
        "group": facts.group.map { .string($0.description) },
        "port": facts.port.map { .number(Int($0)) },
        "ttl": tunnel.ttl.map(JSON.number),
        "mac": document(of: tunnel.mac),
        "mtu": document(of: tunnel.mtu),
        "bridge": tunnel.bridge.map(JSON.string),
        "part_of": tunnel.partOf.map(JSON.string),
        "addresses": addresses(of: tunnel.name, host),
    ])
}

/// An interface of a container: a veth pair, both ends.
func document(of veth: PlannedVeth, _ host: HostPlan) -> JSON {
    .members([
        "name": .string(veth.interface),
        "mac": document(of: veth.mac),
        "mtu": document(of: veth.mtu),
        "addresses": addresses(of: veth.interface, in: .container(veth.container), host),
        "host_interface": .string(veth.hostInterface),
        "host_mac": document(of: veth.hostMAC),
        "host_addresses": addresses(of: veth.hostInterface, host),
        "bridge": veth.bridge.map(JSON.string),
        "vlan": veth.vlans.untagged.map(JSON.number),
        "tagged": tagged(veth.vlans),
    ])
}

/// A VLAN interface of a host or container.
func document(of vlan: PlannedVLAN, in namespace: Namespace, _ host: HostPlan) -> JSON {
    .members([
        "name": .string(vlan.name),
        "link": .string(vlan.link),
        "id": .number(vlan.id),
        "mac": vlan.mac.map { document(of: $0) },
        "mtu": document(of: vlan.mtu),
        "bridge": vlan.bridge.map(JSON.string),
        "part_of": vlan.partOf.map(JSON.string),
        "addresses": addresses(of: vlan.name, in: namespace, host),
    ])
}

/// The VLANs of the ports of a bridge that tells them apart.
private func portVLANs(of bridge: PlannedBridge, _ host: HostPlan) -> JSON? {
    guard bridge.filtersVLANs else { return nil }
    return .array(
        host.objects.compactMap { planned in
            guard case .port(let port) = planned.object, port.bridge == bridge.name else { return nil }
            return .members([
                "port": .string(port.interface), "vlan": port.vlans.untagged.map(JSON.number),
                "tagged": tagged(port.vlans),
            ])
        })
}

private func tagged(_ vlans: PlannedPortVLANs) -> JSON? {
    vlans.tagged.isEmpty ? nil : .strings(vlans.tagged.map(\.vlanWord))
}

private func addresses(of interface: String, in namespace: Namespace = .host, _ host: HostPlan) -> JSON {
    .strings(host.addresses(of: interface, in: namespace).map(\.description))
}
