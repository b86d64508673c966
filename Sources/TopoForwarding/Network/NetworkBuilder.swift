import TopoDiagnostics
import TopoModel
import TopoNetwork
import TopoPlan

/// Indexes a plan: reads every object once, in order, then joins what is joined.
struct NetworkBuilder {
    private let plan: Plan
    private var nodes: [NetworkNode] = []
    private var interfaces: [NetworkInterface] = []
    private var lans: [NetworkLAN]
    private var tunnels: [NetworkTunnel] = []
    private var owners: [IPAddress: [Network.Owner]] = [:]
    private var announcers: [IPAddress: [Int]] = [:]
    private let lanNumbers: [String: Int]

    init(_ plan: Plan) {
        self.plan = plan
        lans = plan.lans.map { NetworkLAN(name: $0.name, mtu: $0.mtu.value, isPromiscuous: $0.isPromiscuous) }
        lanNumbers = Dictionary(
            plan.lans.indices.map { (plan.lans[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The indexed network.
    func network() -> Network {
        var builder = self
        for host in plan.hosts { builder.add(host) }
        for lan in plan.lans {
            guard let router = lan.outsideHost else { continue }
            builder.add(router)
            builder.nodes[builder.nodes.count - 1].outside = lan.outside
        }
        var plugs = Set(builder.interfaces.indices.filter { builder.interfaces[$0].master != nil })
        for interface in builder.interfaces where interface.master != nil {
            if case .vlan(let link, _) = interface.wire { plugs.insert(link) }
        }
        for number in plugs.sorted() {
            if case .lan(let lan) = builder.interfaces[number].wire { builder.lans[lan].bridgedPlugs.append(number) }
        }
        builder.dropUnreadyAddresses()
        var joins = LinkJoins(interfaces: builder.interfaces, lans: builder.lans.count)
        var matching = TunnelMatching(
            nodes: builder.nodes, interfaces: builder.interfaces, owners: builder.owners, tunnels: builder.tunnels)
        matching.join(&joins)
        return Network(
            nodes: builder.nodes, interfaces: builder.interfaces, lans: builder.lans, tunnels: matching.tunnels,
            groups: matching.groups, owners: builder.owners, announcers: builder.announcers, domains: joins.domains())
    }

    /// Takes the IPv6 addresses from interfaces without a carrier: duplicate address detection does not begin there
    /// (`addrconf_dad_begin`), and nobody is answered by an address that is tentative (RFC 4862, 5.4). Their subnets
    /// stay in the tables. A bridge has a carrier where one of its ports has.
    private mutating func dropUnreadyAddresses() {
        var isReady = interfaces.map { $0.wire.hasCarrier }
        // A VLAN interface has its link's, and may be a port itself.
        for _ in 0..<2 {
            for (number, interface) in interfaces.enumerated() {
                if case .vlan(let link, _) = interface.wire, isReady[link] { isReady[number] = true }
            }
            for (number, interface) in interfaces.enumerated() where isReady[number] {
                if let master = interface.master { isReady[master] = true }
            }
        }
        for number in interfaces.indices where !isReady[number] {
            let unready = interfaces[number].addresses.filter { $0.address.family == .ipv6 }
            guard !unready.isEmpty else { continue }
            interfaces[number].addresses.removeAll { $0.address.family == .ipv6 }
            for address in unready { owners[address.address]?.removeAll { $0.interface == number } }
        }
    }

    /// What is known of a host while its objects are read.
    private struct HostNames {
        let node: Int
        var interfaces: [String: Int] = [:]
        var containers: [String: (node: Int, interfaces: [String: Int])] = [:]
        var masters: [(interface: Int, bridge: String)] = []
    }

    private mutating func add(_ host: HostPlan) {
        nodes.append(NetworkNode(name: NodeName(host: host.name), origin: host.objects.first?.origin))
        var names = HostNames(node: nodes.count - 1)
        for planned in host.objects { add(planned, &names) }
        for (interface, bridge) in names.masters {
            guard interfaces[interface].master == nil, let master = names.interfaces[bridge] else { continue }
            interfaces[interface].master = master
            if interfaces[master].vlans == nil { interfaces[interface].vlans = nil }
            if case .veth = interfaces[interface].wire { continue }
            interfaces[master].ports.append(interface)
        }
    }

    private mutating func add(_ planned: PlannedObject, _ names: inout HostNames) {
        switch planned.object {
        case .forwarding(let forwarding): set(forwarding, planned, names)
        case .nic(let nic):
            let lan = nic.lan.flatMap { lanNumbers[$0] }
            let number = add(
                nic.name, to: names.node, mtu: nic.mtu, mac: nic.mac?.value, wire: lan.map { .lan($0) } ?? .none,
                from: planned.origin)
            names.interfaces[nic.name] = number
            if let bridge = nic.bridge { names.masters.append((number, bridge)) }
        case .bridge(let bridge):
            let number = add(
                bridge.name, to: names.node, mtu: bridge.mtu, mac: bridge.mac.value, wire: .bridge, from: planned.origin
            )
            interfaces[number].stp = bridge.stp
            if bridge.filtersVLANs { interfaces[number].vlans = bridge.vlans }
            interfaces[number].isMacvlan = bridge.macvlanParent != nil
            names.interfaces[bridge.name] = number
        case .tunnel(let tunnel): add(tunnel, planned, &names)
        case .port(let port):
            guard let number = names.interfaces[port.interface] else { return }
            names.masters.append((number, port.bridge))
            interfaces[number].vlans = port.vlans
        case .vlan(let vlan): add(vlan, planned, &names)
        case .container(let container): _ = self.container(container.name, planned.origin, &names)
        case .veth(let veth): add(veth, planned, &names)
        case .address(let address):
            if let number = interface(address.interface, in: planned.namespace, names)
                ?? loopback(for: address, planned, &names)
            {
                add(address.address, to: number, from: planned.origin)
            }
        case .route(let route): add(route, planned, names)
        case .announcement(let found):
            guard let number = names.interfaces[found.interface] else { return }
            announcers[found.address, default: []].append(number)
        case .nat(let nat): nodes[names.node].nat = nat
        }
    }

    private mutating func add(
        _ name: String, to node: Int, mtu: Setting<Int>, mac: MACAddress?, wire: NetworkInterface.Wire,
        from origin: Span
    ) -> Int {
        var mtuOrigin = origin
        if case .written(let span) = mtu.source { mtuOrigin = span }
        interfaces.append(
            NetworkInterface(
                node: node, name: name, mtu: mtu.value, mac: mac, mtuOrigin: mtuOrigin, origin: origin, wire: wire))
        nodes[node].interfaces.append(interfaces.count - 1)
        return interfaces.count - 1
    }

    private mutating func container(_ name: String, _ origin: Span, _ names: inout HostNames) -> Int {
        if let known = names.containers[name] { return known.node }
        let host = nodes[names.node].name.host
        nodes.append(NetworkNode(name: NodeName(host: host, container: name), origin: origin))
        names.containers[name] = (nodes.count - 1, [:])
        return nodes.count - 1
    }

    private mutating func add(_ veth: PlannedVeth, _ planned: PlannedObject, _ names: inout HostNames) {
        let node = container(veth.container, planned.origin, &names)
        let near = add(
            veth.hostInterface, to: names.node, mtu: veth.mtu, mac: veth.hostMAC.value, wire: .none,
            from: planned.origin)
        let far = add(
            veth.interface, to: node, mtu: veth.mtu, mac: veth.mac.value, wire: .veth(near), from: planned.origin)
        interfaces[near].wire = .veth(far)
        names.interfaces[veth.hostInterface] = near
        names.containers[veth.container]?.interfaces[veth.interface] = far
        interfaces[near].vlans = veth.vlans
        if let bridge = veth.bridge { names.masters.append((near, bridge)) }
    }

    private mutating func add(_ vlan: PlannedVLAN, _ planned: PlannedObject, _ names: inout HostNames) {
        guard let node = node(of: planned.namespace, names),
            let link = interface(vlan.link, in: planned.namespace, names)
        else { return }
        let number = add(
            vlan.name, to: node, mtu: vlan.mtu, mac: vlan.mac?.value ?? interfaces[link].mac,
            wire: .vlan(link: link, id: vlan.id), from: planned.origin)
        switch planned.namespace {
        case .host: names.interfaces[vlan.name] = number
        case .container(let container): names.containers[container]?.interfaces[vlan.name] = number
        }
        if let bridge = vlan.bridge { names.masters.append((number, bridge)) }
    }

    private mutating func add(_ tunnel: PlannedTunnel, _ planned: PlannedObject, _ names: inout HostNames) {
        let number = add(
            tunnel.name, to: names.node, mtu: tunnel.mtu, mac: tunnel.mac.value, wire: .tunnel(tunnels.count),
            from: planned.origin)
        names.interfaces[tunnel.name] = number
        if let bridge = tunnel.bridge { names.masters.append((number, bridge)) }
        // The device may be a bridge that is made later: `TunnelMatching` looks it up.
        tunnels.append(NetworkTunnel(interface: number, device: nil, plan: tunnel, local: tunnel.local?.value))
    }

    /// The loopback interface of a node, from its first address on: every namespace has one, and only its addresses count.
    private mutating func loopback(
        for address: PlannedAddress, _ planned: PlannedObject, _ names: inout HostNames
    ) -> Int? {
        guard address.interface == InterfaceName.loopback, let node = node(of: planned.namespace, names) else {
            return nil
        }
        let mtu = SegmentMTUs.Bound.loopback
        let number = add(
            address.interface, to: node, mtu: Setting(mtu.value, .derived(mtu.reason)), mac: nil,
            wire: .loopback, from: planned.origin)
        switch planned.namespace {
        case .host: names.interfaces[address.interface] = number
        case .container(let container): names.containers[container]?.interfaces[address.interface] = number
        }
        return number
    }

    private func interface(_ name: String, in namespace: Namespace, _ names: HostNames) -> Int? {
        switch namespace {
        case .host: names.interfaces[name]
        case .container(let container): names.containers[container]?.interfaces[name]
        }
    }

    private func node(of namespace: Namespace, _ names: HostNames) -> Int? {
        switch namespace {
        case .host: names.node
        case .container(let container): names.containers[container]?.node
        }
    }

    private mutating func set(_ forwarding: PlannedForwarding, _ planned: PlannedObject, _ names: HostNames) {
        guard let node = node(of: planned.namespace, names) else { return }
        nodes[node].forwardingOrigin = planned.origin
        let others = nodes[node].forwards.filter { !forwarding.families.contains($0) }
        nodes[node].forwards = others + (forwarding.isEnabled ? forwarding.families : [])
    }

    private mutating func add(_ address: InterfaceAddress, to interface: Int, from origin: Span) {
        let node = interfaces[interface].node
        interfaces[interface].addresses.append(address)
        owners[address.address, default: []].append(.init(node: node, interface: interface))
        nodes[node].routes.connect(address, on: InterfaceID(interface), origin: origin)
    }

    private mutating func add(_ route: PlannedRoute, _ planned: PlannedObject, _ names: HostNames) {
        guard let node = node(of: planned.namespace, names) else { return }
        let action: TableRoute.Action
        switch route.action {
        case .via(let hop, let name):
            let named = name.flatMap { interface($0, in: planned.namespace, names) }
            action = via(hop.value, named, isOnLink: route.isOnLink, in: node)
        case .multipath(let hops):
            let all = hops.map { hop in
                via(
                    hop.address.value, hop.interface.flatMap { interface($0, in: planned.namespace, names) },
                    isOnLink: route.isOnLink, in: node)
            }
            guard let found = RoutingTable.multipath(all) else { return }
            action = found
        case .dev(let name):
            guard let number = interface(name, in: planned.namespace, names) else { return }
            action = .onLink(InterfaceID(number), source: nil)
        case .unreachable: action = .unreachable
        case .blackhole: action = .blackhole
        }
        nodes[node].routes.replace(route.destination, action, metric: route.metric, origin: planned.origin)
    }

    /// A next hop must be a neighbour by the routes that are there already, and nobody's own address.
    private func via(_ hop: IPAddress, _ named: Int?, isOnLink: Bool, in node: Int) -> TableRoute.Action {
        let isOwn = owners[hop]?.contains { $0.node == node && (!hop.isIPv6LinkLocal || $0.interface == named) }
        if isOwn ?? false { return .invalid(hop) }
        return nodes[node].routes.action(via: hop, on: named.map { InterfaceID($0) }, isOnLink: isOnLink)
    }
}
