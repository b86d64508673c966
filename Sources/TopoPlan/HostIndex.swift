/// The places of a host's objects in its plan, by whose they are, so that nobody looks through the whole list for a part.
struct HostIndex: Sendable, Hashable {
    /// A container's objects, its links to the host and what announces its addresses too.
    private(set) var containers: [String: [Int]] = [:]
    /// The addresses of the host's own interfaces.
    private(set) var addresses: [String: [Int]] = [:]
    /// The links of containers that are ports of a bridge.
    private(set) var links: [String: [Int]] = [:]
    /// The host's NICs, bridges, tunnels and VLAN interfaces.
    private(set) var devices: [String: Int] = [:]
    /// What makes an interface a port of a bridge.
    private(set) var ports: [String: Int] = [:]
    /// The host's own forwarding, VLAN interfaces and routes.
    private(set) var own: [Int] = []

    init(_ objects: [PlannedObject]) {
        for (place, planned) in objects.enumerated() {
            switch (planned.namespace, planned.object) {
            case (_, .veth(let veth)):
                containers[veth.container, default: []].append(place)
                if let bridge = veth.bridge { links[bridge, default: []].append(place) }
            case (_, .container(let container)): containers[container.name, default: []].append(place)
            case (.container(let name), _): containers[name, default: []].append(place)
            case (.host, .address(let address)): addresses[address.interface, default: []].append(place)
            case (.host, .forwarding), (.host, .route), (_, .nat): own.append(place)
            case (.host, .announcement):
                own.append(place)
                if case .container(let name) = planned.subject { containers[name, default: []].append(place) }
            case (.host, .vlan(let vlan)):
                own.append(place)
                devices[vlan.name] = place
            case (.host, .nic(let nic)): devices[nic.name] = place
            case (.host, .bridge(let bridge)): devices[bridge.name] = place
            case (.host, .tunnel(let tunnel)): devices[tunnel.name] = place
            case (.host, .port(let port)): ports[port.interface] = place
            }
        }
    }
}
