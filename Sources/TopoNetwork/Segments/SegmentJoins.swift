import TopoDiagnostics
public import TopoModel

/// The union-find behind `Segments`: elements are the LANs, then the interfaces, in the order of the file.
struct SegmentJoins {
    /// The interfaces, in the order of the file.
    private(set) var members: [Segment.Member] = []
    /// The ends of tunnels that are joined, each two once.
    private(set) var tunnelJoins: [TunnelJoin] = []
    private var parents: [Int]
    /// Where VLANs' tags are put on and taken off.
    private var crossings: [TaggedDomains.Crossing] = []
    /// The bridges that tell VLANs apart.
    private var filtering: Set<Int> = []
    /// The elements of NICs, tunnels and bridges.
    private var elements: [InterfaceName: Int] = [:]
    private var nodes = 0

    /// Joins what LANs, bridges and veth pairs join.
    init(of topology: Topology) {
        parents = Array(topology.lans.indices)
        var lans: [String: Int] = [:]
        for (index, lan) in topology.lans.enumerated() { lans[lan.name.value] = index }
        let count = topology.hosts.reduce(parents.count) { count, host in
            count + host.nics.count + host.tunnels.count + host.bridges.count + host.vlans.count + host.containers.count
        }
        parents.reserveCapacity(count)
        members.reserveCapacity(count)
        for host in topology.hosts { add(host, lans: lans) }
    }

    /// The element that stands for all those joined to `element`.
    mutating func root(of element: Int) -> Int {
        let root = wire(of: element)
        var next = element
        while parents[next] != root { (next, parents[next]) = (parents[next], root) }
        return root
    }

    /// The same without a change: what passes an element's frames on as they are.
    func wire(of element: Int) -> Int {
        var root = element
        while parents[root] != root { root = parents[root] }
        return root
    }

    /// The broadcast domains of tagged frames, so far; nil where there are no VLANs.
    var tagged: TaggedDomains? {
        crossings.isEmpty
            ? nil
            : TaggedDomains(count: parents.count, crossings: crossings, filtering: filtering, wire: wire)
    }

    /// Makes two elements one; the lower stands for both, so that the order of the file is kept.
    mutating func join(_ one: Int, _ other: Int) {
        let (left, right) = (root(of: one), root(of: other))
        parents[max(left, right)] = min(left, right)
    }

    /// Joins two tunnels' ends, and remembers it.
    mutating func join(tunnel one: Int, to other: Int, _ kind: TunnelJoin.Kind) {
        join(one, other)
        let first = members.count - parents.count
        tunnelJoins.append(
            TunnelJoin(one: members[first + one].interface, other: members[first + other].interface, kind: kind))
    }

    /// The element of a NIC, tunnel or bridge.
    func element(of interface: InterfaceName) -> Int? { elements[interface] }

    private mutating func add(_ host: Host, lans: [String: Int]) {
        let name = host.name.value
        let forwards = host.forwarding?.value ?? false
        var devices: [String: Int] = [:]
        func add(
            _ device: String, _ kind: Segment.Member.Kind, _ addresses: [Located<InterfaceAddress>], _ span: Span
        ) -> Int {
            let interface = InterfaceName(host: name, interface: device)
            let element = self.add(
                .init(
                    interface: interface, kind: kind, addresses: addresses, forwards: forwards, span: span, node: nodes)
            )
            elements[interface] = element
            devices[device] = element
            return element
        }
        for nic in host.nics {
            let element = add(nic.name.value, .nic, nic.addresses, nic.name.span)
            if let lan = nic.lan, let index = lans[lan.value] { join(element, index) }
        }
        for tunnel in host.tunnels { _ = add(tunnel.name.value, .tunnel, tunnel.addresses, tunnel.name.span) }
        for bridge in host.bridges {
            let element = add(bridge.name.value, .bridge, bridge.addresses, bridge.name.span)
            if bridge.filtersVLANs {
                filtering.insert(element)
                cross(element, bridge.vlans, into: element)
            }
            for port in bridge.ports {
                // A VLAN interface may be one, and is known below.
                guard let number = devices[port.value] else { continue }
                plug(number, into: element, bridge, bridge.vlans(ofPort: port.value))
            }
        }
        let plugged = host.vlans.isEmpty ? [:] : bridgesOfPorts(host)
        for vlan in host.vlans {
            let element = add(vlan.name.value, .vlan, vlan.addresses, vlan.name.span)
            if let link = devices[vlan.link.value] {
                crossings.append(.init(.init(element), .init(link, vlan.id.value)))
            }
            guard let bridge = plugged[vlan.name.value], let master = devices[bridge.name.value] else { continue }
            plug(element, into: master, bridge, bridge.vlans(ofPort: vlan.name.value))
        }
        if let first = host.loopback.first { _ = add(InterfaceName.loopback, .loopback, host.loopback, first.span) }
        let bridges = host.bridgesByName
        let number = nodes
        for container in host.containers {
            nodes += 1
            self.add(container, of: (name, forwards, number), devices, bridges)
        }
        nodes += 1
    }

    private func bridgesOfPorts(_ host: Host) -> [String: Bridge] {
        let ports = host.bridges.flatMap { bridge in bridge.ports.map { ($0.value, bridge) } }
        return Dictionary(ports, uniquingKeysWith: { first, _ in first })
    }

    /// Makes an interface a port of a bridge.
    private mutating func plug(_ port: Int, into element: Int, _ bridge: Bridge, _ vlans: PortVLANs) {
        if bridge.filtersVLANs { cross(port, vlans, into: element) } else { join(element, port) }
    }

    /// Joins what passes a port of a bridge that tells VLANs apart, or its own side.
    private mutating func cross(_ port: Int, _ vlans: PortVLANs, into bridge: Int) {
        if let own = vlans.untagged { crossings.append(.init(.init(port), .init(bridge, own.value))) }
        for tag in vlans.tags where port != bridge { crossings.append(.init(.init(port, tag), .init(bridge, tag))) }
    }

    private mutating func add(
        _ container: Container, of host: (name: String, forwards: Bool, number: Int), _ devices: [String: Int],
        _ bridges: [String: Bridge]
    ) {
        var own: [String: Int] = [:]
        for interface in container.interfaces {
            let name = InterfaceName(host: host.name, container: container.name.value, interface: interface.name.value)
            let forwards = container.forwarding?.value ?? false
            own[interface.name.value] = parents.count
            switch interface.attachment {
            case .bridge(let bridge):
                let element = add(
                    .init(
                        interface: name, kind: .container, addresses: interface.allAddresses, forwards: forwards,
                        span: interface.name.span, node: nodes))
                if let number = devices[bridge.value], let bridge = bridges[bridge.value] {
                    plug(element, into: number, bridge, interface.vlans)
                }
            case .pointToPoint(let links):
                let element = add(
                    .init(
                        interface: name, kind: .pointToPointContainer, addresses: interface.allAddresses,
                        forwards: forwards, span: interface.name.span, node: nodes))
                let far = add(
                    .init(
                        interface: .pointToPointHost(of: name), kind: .pointToPointHost,
                        addresses: links.map(\.host), forwards: host.forwards, span: interface.name.span,
                        node: host.number))
                join(element, far)
            }
        }
        for vlan in container.vlans {
            let name = InterfaceName(host: host.name, container: container.name.value, interface: vlan.name.value)
            let element = add(
                .init(
                    interface: name, kind: .vlan, addresses: vlan.addresses,
                    forwards: container.forwarding?.value ?? false, span: vlan.name.span, node: nodes))
            if let link = own[vlan.link.value] { crossings.append(.init(.init(element), .init(link, vlan.id.value))) }
        }
        guard let first = container.loopback.first else { return }
        let loopback = InterfaceName(
            host: host.name, container: container.name.value, interface: InterfaceName.loopback)
        _ = add(
            .init(
                interface: loopback, kind: .loopback, addresses: container.loopback,
                forwards: container.forwarding?.value ?? false, span: first.span, node: nodes))
    }

    private mutating func add(_ member: Segment.Member) -> Int {
        let element = parents.count
        parents.append(element)
        members.append(member)
        return element
    }
}

extension InterfaceName {
    /// The name by which segments know the host's end of a container's point-to-point link.
    public static func pointToPointHost(of container: InterfaceName) -> InterfaceName {
        InterfaceName(host: container.host, interface: "\(container.container ?? ""):\(container.interface)")
    }
}
