import TopoDiagnostics
public import TopoModel

/// The union-find behind `Segments`: elements are the LANs, then the interfaces, in the order of the file.
struct SegmentJoins {
    /// The interfaces, in the order of the file.
    private(set) var members: [Segment.Member] = []
    /// The ends of tunnels that are joined, each two once.
    private(set) var tunnelJoins: [TunnelJoin] = []
    private var parents: [Int]
    /// The elements of NICs, tunnels and bridges.
    private var elements: [InterfaceName: Int] = [:]
    private var nodes = 0

    /// Joins what LANs, bridges and veth pairs join.
    init(of topology: Topology) {
        parents = Array(topology.lans.indices)
        var lans: [String: Int] = [:]
        for (index, lan) in topology.lans.enumerated() { lans[lan.name.value] = index }
        let count = topology.hosts.reduce(parents.count) { count, host in
            count + host.nics.count + host.tunnels.count + host.bridges.count + host.containers.count
        }
        parents.reserveCapacity(count)
        members.reserveCapacity(count)
        for host in topology.hosts { add(host, lans: lans) }
    }

    /// The element that stands for all those joined to `element`.
    mutating func root(of element: Int) -> Int {
        var root = element
        while parents[root] != root { root = parents[root] }
        var next = element
        while parents[next] != root { (next, parents[next]) = (parents[next], root) }
        return root
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
            for port in bridge.ports { if let port = devices[port.value] { join(element, port) } }
        }
        if let first = host.loopback.first { _ = add(InterfaceName.loopback, .loopback, host.loopback, first.span) }
        let number = nodes
        for container in host.containers {
            nodes += 1
            self.add(container, of: (name, forwards, number), devices)
        }
        nodes += 1
    }

    private mutating func add(
        _ container: Container, of host: (name: String, forwards: Bool, number: Int), _ devices: [String: Int]
    ) {
        for interface in container.interfaces {
            let name = InterfaceName(host: host.name, container: container.name.value, interface: interface.name.value)
            let forwards = container.forwarding?.value ?? false
            switch interface.attachment {
            case .bridge(let bridge):
                let element = add(
                    .init(
                        interface: name, kind: .container, addresses: interface.allAddresses, forwards: forwards,
                        span: interface.name.span, node: nodes))
                if let bridge = devices[bridge.value] { join(element, bridge) }
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
