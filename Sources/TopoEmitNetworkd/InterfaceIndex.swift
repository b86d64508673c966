internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// What of a host's plan is configured along with each of its interfaces.
struct InterfaceIndex {
    private var addresses: [String: [InterfaceAddress]] = [:]
    private var routes: [String: [PlannedRoute]] = [:]
    private var tunnels: [String: [PlannedTunnel]] = [:]
    private var vlans: [String: [PlannedVLAN]] = [:]
    private var portVLANs: [String: PlannedPortVLANs] = [:]

    init(_ host: HostPlan) {
        let planned = host.objects.compactMap { object -> PlannedAddress? in
            if object.namespace == .host, case .address(let address) = object.object { address } else { nil }
        }
        for address in planned { addresses[address.interface, default: []].append(address.address) }
        let made = host.objects.compactMap { object -> PlannedRoute? in
            if object.namespace == .host, case .route(let route) = object.object { route } else { nil }
        }
        let first = planned.first { $0.interface != InterfaceName.loopback }
        let owners = RouteOwners(
            addresses: planned, routes: made, first: first?.interface ?? host.nics.first?.name)
        for route in made {
            if let owner = owners.owner(of: route) { routes[owner, default: []].append(route) }
        }
        for vlan in host.vlans(of: .host) { vlans[vlan.link, default: []].append(vlan) }
        for planned in host.objects {
            if case .port(let port) = planned.object { portVLANs[port.interface] = port.vlans }
        }
        for bridge in host.bridges { portVLANs[bridge.name] = bridge.vlans }
        for tunnel in host.tunnels {
            if case .vxlan = tunnel.kind, let dev = tunnel.dev { tunnels[dev.value, default: []].append(tunnel) }
        }
    }

    /// Its addresses.
    func addresses(of interface: String) -> [InterfaceAddress] { addresses[interface] ?? [] }

    /// The routes that go by it, or by no interface and are kept with it.
    func routes(of interface: String) -> [PlannedRoute] { routes[interface] ?? [] }

    /// The VXLANs over it.
    func tunnels(over interface: String) -> [PlannedTunnel] { tunnels[interface] ?? [] }

    /// The VLAN interfaces of it.
    func vlans(over interface: String) -> [PlannedVLAN] { vlans[interface] ?? [] }

    /// The VLANs that it has as a port, or a bridge's own side.
    func portVLANs(of interface: String) -> PlannedPortVLANs { portVLANs[interface] ?? .none }

    /// Whether there is any of it.
    func has(_ interface: String) -> Bool {
        addresses[interface] != nil || routes[interface] != nil || tunnels[interface] != nil
            || vlans[interface] != nil || !portVLANs(of: interface).isEmpty
    }

    /// Whether it has an IPv6 address.
    func hasIPv6(_ interface: String) -> Bool { addresses(of: interface).contains { $0.address.family == .ipv6 } }
}
