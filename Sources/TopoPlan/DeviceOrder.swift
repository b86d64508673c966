internal import TopoModel
import TopoNetwork

/// In which order a host's tunnels, bridges and VLAN interfaces are made: a bridge after its ports, a VLAN interface after its link,
/// and a tunnel after the interface that carries it; else tunnels before bridges, and VLAN interfaces last, each in the order of the file.
struct DeviceOrder {
    /// A tunnel, bridge or VLAN interface.
    enum Device {
        case tunnel(Tunnel)
        case bridge(Bridge)
        case vlan(VLANInterface)
    }

    private let host: Host
    private let underlay: Underlay
    private let devices: [String: Device]
    private var order: [Device] = []
    /// Those that are in the order, or wait for what they are made on: a ring of these is cut where it closes.
    private var seen: Set<String> = []

    init(host: Host, underlay: Underlay) {
        self.host = host
        self.underlay = underlay
        devices = Dictionary(
            host.tunnels.map { ($0.name.value, .tunnel($0)) } + host.bridges.map { ($0.name.value, .bridge($0)) }
                + host.vlans.map { ($0.name.value, .vlan($0)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The order.
    mutating func all() -> [Device] {
        for tunnel in host.tunnels { add(tunnel) }
        for bridge in host.bridges { add(bridge) }
        for vlan in host.vlans { add(vlan) }
        return order
    }

    private mutating func add(_ tunnel: Tunnel) {
        guard seen.insert(tunnel.name.value).inserted else { return }
        if let carrier = underlay.ends(of: tunnel, on: host).dev { add(named: carrier.value) }
        order.append(.tunnel(tunnel))
    }

    private mutating func add(_ bridge: Bridge) {
        guard seen.insert(bridge.name.value).inserted else { return }
        for port in bridge.ports { add(named: port.value) }
        order.append(.bridge(bridge))
    }

    private mutating func add(_ vlan: VLANInterface) {
        guard seen.insert(vlan.name.value).inserted else { return }
        add(named: vlan.link.value)
        order.append(.vlan(vlan))
    }

    private mutating func add(named name: String) {
        switch devices[name] {
        case .tunnel(let tunnel): add(tunnel)
        case .bridge(let bridge): add(bridge)
        case .vlan(let vlan): add(vlan)
        case nil: break
        }
    }
}
