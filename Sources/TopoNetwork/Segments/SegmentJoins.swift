public import TopoModel

/// The union-find behind `Segments`: elements are the LANs, then the interfaces, in the order of the file.
struct SegmentJoins {
    /// The interfaces, in the order of the file.
    private(set) var members: [Segment.Member] = []
    /// The ends of tunnels that are joined, each two once.
    private(set) var tunnelJoins: [TunnelJoin] = []
    private var parents: [Int]
    private var elements: [InterfaceName: Int] = [:]

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
        elements.reserveCapacity(count)
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

    /// Joins an element to an interface, where that is known.
    mutating func join(_ element: Int, to interface: InterfaceName) {
        if let other = elements[interface] { join(element, other) }
    }

    /// The element of an interface.
    func element(of interface: InterfaceName) -> Int? { elements[interface] }

    private mutating func add(_ host: Host, lans: [String: Int]) {
        let name = host.name.value
        let forwards = host.forwarding?.value ?? false
        for nic in host.nics {
            let element = add(
                .init(
                    interface: InterfaceName(host: name, interface: nic.name.value), kind: .nic,
                    addresses: nic.addresses, forwards: forwards, span: nic.name.span))
            if let lan = nic.lan, let index = lans[lan.value] { join(element, index) }
        }
        for tunnel in host.tunnels {
            add(
                .init(
                    interface: InterfaceName(host: name, interface: tunnel.name.value), kind: .tunnel, addresses: [],
                    forwards: forwards, span: tunnel.name.span))
        }
        for bridge in host.bridges {
            let element = add(
                .init(
                    interface: InterfaceName(host: name, interface: bridge.name.value), kind: .bridge,
                    addresses: bridge.addresses, forwards: forwards, span: bridge.name.span))
            for port in bridge.ports { join(element, to: InterfaceName(host: name, interface: port.value)) }
        }
        for container in host.containers { add(container, of: name, hostForwards: forwards) }
    }

    private mutating func add(_ container: Container, of host: String, hostForwards: Bool) {
        for interface in container.interfaces {
            let name = InterfaceName(host: host, container: container.name.value, interface: interface.name.value)
            let forwards = container.forwarding?.value ?? false
            switch interface.attachment {
            case .bridge(let bridge):
                let element = add(
                    .init(
                        interface: name, kind: .container, addresses: interface.allAddresses, forwards: forwards,
                        span: interface.name.span))
                join(element, to: InterfaceName(host: host, interface: bridge.value))
            case .pointToPoint(let links):
                let element = add(
                    .init(
                        interface: name, kind: .pointToPointContainer, addresses: interface.allAddresses,
                        forwards: forwards, span: interface.name.span))
                let far = add(
                    .init(
                        interface: .pointToPointHost(of: name), kind: .pointToPointHost,
                        addresses: links.map(\.host), forwards: hostForwards, span: interface.name.span))
                join(element, far)
            }
        }
    }

    @discardableResult
    private mutating func add(_ member: Segment.Member) -> Int {
        let element = parents.count
        parents.append(element)
        members.append(member)
        elements[member.interface] = element
        return element
    }
}

extension InterfaceName {
    /// The name by which segments know the host's end of a container's point-to-point link.
    public static func pointToPointHost(of container: InterfaceName) -> InterfaceName {
        InterfaceName(host: container.host, interface: "\(container.container ?? ""):\(container.interface)")
    }
}
