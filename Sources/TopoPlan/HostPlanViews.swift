public import TopoModel
public import TopoNetwork

/// A host's objects by kind, in the order of the plan.
extension HostPlan {
    /// Its NICs.
    public var nics: [PlannedNIC] {
        objects.compactMap { if case .nic(let nic) = $0.object { nic } else { nil } }
    }

    /// Its bridges.
    public var bridges: [PlannedBridge] {
        objects.compactMap { if case .bridge(let bridge) = $0.object { bridge } else { nil } }
    }

    /// Its tunnels.
    public var tunnels: [PlannedTunnel] {
        objects.compactMap { if case .tunnel(let tunnel) = $0.object { tunnel } else { nil } }
    }

    /// The VLAN interfaces of one of its namespaces.
    public func vlans(of namespace: Namespace) -> [PlannedVLAN] {
        settings(of: namespace).compactMap { if case .vlan(let vlan) = $0 { vlan } else { nil } }
    }

    /// The VLANs of a NIC, tunnel or VLAN interface that is a port of a bridge which tells them apart.
    public func portVLANs(of interface: String) -> PlannedPortVLANs {
        guard let place = index.ports[interface], case .port(let port) = objects[place].object else { return .none }
        return port.vlans
    }

    /// The MTU of an interface that can be a VLAN interface's link, in bytes.
    public func mtu(of interface: String, in namespace: Namespace) -> Int? {
        if case .container(let name) = namespace {
            return veths(of: name).first { $0.interface == interface }?.mtu.value
        }
        guard let place = index.devices[interface] else { return nil }
        switch objects[place].object {
        case .nic(let nic): return nic.mtu.value
        case .bridge(let bridge): return bridge.mtu.value
        case .tunnel(let tunnel): return tunnel.mtu.value
        case .vlan, .port, .veth, .address, .route, .announcement, .container, .forwarding, .nat: return nil
        }
    }

    /// The addresses of containers that it answers for, on whichever interface.
    public var announcements: [PlannedAnnouncement] { announcements(of: .host) }

    /// Those of a container that it answers for.
    public func announcements(of container: String) -> [PlannedAnnouncement] {
        announcements(of: .container(container))
    }

    private func announcements(of namespace: Namespace) -> [PlannedAnnouncement] {
        settings(of: namespace).compactMap { if case .announcement(let found) = $0 { found } else { nil } }
    }

    /// What it does to the addresses of packets that it forwards; nil where nothing.
    public var nat: NAT? {
        found(index.own).lazy.compactMap { if case .nat(let nat) = $0 { nat } else { nil } }.first
    }

    /// The addresses of its loopback interface, or of a container's.
    public func loopback(of namespace: Namespace) -> [InterfaceAddress] {
        addresses(of: InterfaceName.loopback, in: namespace)
    }

    /// Its containers.
    public var containers: [PlannedContainer] {
        objects.compactMap { if case .container(let container) = $0.object { container } else { nil } }
    }

    /// The veth pairs of its containers.
    public var veths: [PlannedVeth] {
        objects.compactMap { if case .veth(let veth) = $0.object { veth } else { nil } }
    }

    /// The container of this name.
    public func container(_ name: String) -> PlannedContainer? {
        found(index.containers[name]).lazy.compactMap { object in
            if case .container(let container) = object { container } else { nil }
        }.first
    }

    /// The veth pairs of a container.
    public func veths(of container: String) -> [PlannedVeth] { veths(index.containers[container]) }

    /// The veth pairs whose ends in the host are ports of a bridge.
    public func veths(on bridge: String) -> [PlannedVeth] { veths(index.links[bridge]) }

    /// The addresses of an interface in one of its namespaces.
    public func addresses(of interface: String, in namespace: Namespace) -> [InterfaceAddress] {
        switch namespace {
        case .host: addresses(index.addresses[interface]).map(\.address)
        case .container: addresses(of: namespace).filter { $0.interface == interface }.map(\.address)
        }
    }

    /// The addresses of a namespace.
    public func addresses(of namespace: Namespace) -> [PlannedAddress] {
        switch namespace {
        case .host: addresses(index.addresses.values.joined().sorted())
        case .container(let name): addresses(index.containers[name])
        }
    }

    /// The routes of a namespace.
    public func routes(of namespace: Namespace) -> [PlannedRoute] {
        settings(of: namespace).compactMap { if case .route(let route) = $0 { route } else { nil } }
    }

    /// What the forwarding of a namespace is set to; none where it is not touched.
    public func forwarding(of namespace: Namespace) -> [PlannedForwarding] {
        settings(of: namespace).compactMap { if case .forwarding(let forwarding) = $0 { forwarding } else { nil } }
    }

    private func settings(of namespace: Namespace) -> [KernelObject] {
        switch namespace {
        case .host: found(index.own)
        case .container(let name): found(index.containers[name])
        }
    }

    private func addresses(_ places: [Int]?) -> [PlannedAddress] {
        found(places).compactMap { if case .address(let address) = $0 { address } else { nil } }
    }

    private func veths(_ places: [Int]?) -> [PlannedVeth] {
        found(places).compactMap { if case .veth(let veth) = $0 { veth } else { nil } }
    }

    private func found(_ places: [Int]?) -> [KernelObject] { (places ?? []).map { objects[$0].object } }
}
