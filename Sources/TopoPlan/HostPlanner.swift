internal import TopoDiagnostics
internal import TopoModel
import TopoNetwork

/// Lists what must exist on one host: forwarding, NICs, tunnels, bridges, VLAN interfaces, containers, routes.
///
/// Each kind comes after what it is made on, so that the list can be worked off from its start, and undone from its end.
struct HostPlanner {
    let host: Host
    let topology: Topology
    let mtus: SegmentMTUs
    let underlay: Underlay
    let gateways: Gateways
    /// The runtime that all containers are made with, whatever is written.
    let runtime: Runtime?
    /// Whether bridges that would exist before are to be made too.
    let isForLab: Bool

    private var names: StableNames
    private var objects: [PlannedObject] = []
    private let bridgeOfPort: [String: String]
    private let nicNames: Set<String>
    private let bridgesByName: [String: Bridge]
    private let vlansByLink: [String: [VLANInterface]]
    private let vlanNames: Set<String>
    /// The NICs that have macvlan interfaces in place of a bridge.
    private let macvlanParents: [String: String]
    private var dockerNetworks: DockerNetworks

    init(
        host: Host, topology: Topology, mtus: SegmentMTUs, underlay: Underlay, gateways: Gateways, runtime: Runtime?,
        macvlan: Bool, isForLab: Bool
    ) {
        self.host = host
        self.topology = topology
        self.mtus = mtus
        self.underlay = underlay
        self.gateways = gateways
        self.runtime = runtime
        self.isForLab = isForLab
        dockerNetworks = DockerNetworks(of: host, in: topology, gateways: gateways, mtus: mtus)
        let own =
            host.nics.map(\.name.value) + host.bridges.map(\.name.value) + host.tunnels.map(\.name.value)
            + host.vlans.map(\.name.value)
        names = StableNames(topology: topology.name.value, host: host.name.value, taken: own)
        var bridgeOfPort: [String: String] = [:]
        for bridge in host.bridges {
            for port in bridge.ports { bridgeOfPort[port.value] = bridge.name.value }
        }
        self.bridgeOfPort = bridgeOfPort
        nicNames = Set(host.nics.map(\.name.value))
        bridgesByName = host.bridgesByName
        vlansByLink = Dictionary(grouping: host.vlans, by: \.link.value)
        vlanNames = Set(host.vlans.map(\.name.value))
        macvlanParents = macvlan ? host.macvlanParents : [:]
    }

    /// The host's plan.
    mutating func plan() -> HostPlan {
        if let forwarding = host.forwarding {
            let addresses =
                Underlay.places(of: host).map(\.address.address)
                + host.containers.flatMap(\.addresses).map(\.value.address)
            add(
                .forwarding(.init(families: families(of: addresses), isEnabled: forwarding.value)), for: .forwarding,
                from: forwarding.span)
        }
        add(host.loopback, on: InterfaceName.loopback, in: .host, for: .loopback)
        for nic in host.nics { add(nic) }
        var devices = DeviceOrder(host: host, underlay: underlay)
        for device in devices.all() {
            switch device {
            case .tunnel(let tunnel): add(tunnel)
            case .bridge(let bridge): add(bridge)
            case .vlan(let vlan): add(vlan, in: .host, for: .vlan(vlan.name.value))
            }
        }
        for container in host.containers { add(container) }
        for route in host.routes { add(route, in: .host, for: .routes) }
        let nat = NAT(of: host)
        if let origin = nat.origin { add(.nat(nat), for: .nat, from: origin) }
        return HostPlan(
            name: host.name.value, description: host.description, ssh: host.plannedSSH, objects: objects)
    }

    private mutating func add(
        _ object: KernelObject, in namespace: Namespace = .host, for subject: Subject, from origin: Span
    ) {
        objects.append(PlannedObject(object, in: namespace, for: subject, from: origin))
    }

    private mutating func add(_ nic: NIC) {
        let name = nic.name.value
        let planned = PlannedNIC(
            name: name, lan: nic.lan?.value, bridge: bridgeOfPort[name],
            mac: nic.mac.map { Setting($0.value, .written($0.span)) }, mtu: mtu(name, written: nic.mtu),
            partOf: nic.partOf?.value)
        add(.nic(planned), for: .nic(name), from: nic.name.span)
        add(nic.addresses, on: name, in: .host, for: .nic(name))
    }

    private mutating func add(_ tunnel: Tunnel) {
        let name = tunnel.name.value
        let ends = underlay.ends(of: tunnel, on: host)
        let kind: PlannedTunnel.Kind? =
            switch tunnel.kind {
            case .gretap(_, let key):
                ends.remotes.first.map { .gretap(remote: $0, key: key?.value) }
            case .vxlan(let vni, .group(let group), let port):
                .vxlan(vni: vni.value, flood: .group(group.value), port: port?.value ?? Tunnel.vxlanPort)
            case .vxlan(let vni, .remotes, let port):
                .vxlan(vni: vni.value, flood: .remotes(ends.remotes), port: port?.value ?? Tunnel.vxlanPort)
            }
        guard let kind else { return }
        let planned = PlannedTunnel(
            name: name, kind: kind,
            local: ends.local, dev: ends.dev, ttl: tunnel.ttl?.value, mac: mac(tunnel.mac, [name]),
            mtu: mtu(name, written: tunnel.mtu),
            bridge: bridgeOfPort[name], partOf: tunnel.partOf?.value)
        add(.tunnel(planned), for: .tunnel(name), from: tunnel.name.span)
        add(tunnel.addresses, on: name, in: .host, for: .tunnel(name))
    }

    private mutating func add(_ bridge: Bridge) {
        let name = bridge.name.value
        let planned = PlannedBridge(
            name: name, manager: manager(of: bridge),
            mac: mac(bridge.mac, [name]), mtu: mtu(name, written: bridge.mtu), stp: bridge.stp?.value ?? false,
            filtersVLANs: bridge.filtersVLANs, vlans: ownVLANs(of: bridge), ports: bridge.ports.map(\.value),
            macvlanParent: macvlanParents[name],
            partOf: bridge.partOf?.value)
        add(.bridge(planned), for: .bridge(name), from: bridge.name.span)
        for port in bridge.ports {
            let isVLAN = vlanNames.contains(port.value)
            let kind: PlannedPort.Kind = nicNames.contains(port.value) ? .nic : isVLAN ? .vlan : .tunnel
            let vlans = bridge.filtersVLANs ? PlannedPortVLANs(bridge.vlans(ofPort: port.value)) : .none
            add(
                .port(.init(bridge: name, interface: port.value, kind: kind, vlans: vlans)), for: .bridge(name),
                from: port.span)
        }
        add(bridge.addresses, on: name, in: .host, for: .bridge(name))
    }

    /// The VLANs of a bridge's own side: that of the host without a tag, and those of its VLAN interfaces on the bridge.
    private func ownVLANs(of bridge: Bridge) -> PlannedPortVLANs {
        guard bridge.filtersVLANs else { return .none }
        let ids = (vlansByLink[bridge.name.value] ?? []).map(\.id.value)
        return PlannedPortVLANs(untagged: bridge.vlans.untagged?.value, tagged: ids.map { $0...$0 })
    }

    private mutating func add(_ vlan: VLANInterface, in namespace: Namespace, for subject: Subject) {
        let name = vlan.name.value
        var container: String?
        if case .container(let own) = namespace { container = own }
        let mtu =
            vlan.mtu.map { Setting($0.value, .written($0.span)) }
            ?? Setting(mtus.mtu(of: .init(host: host.name.value, container: container, interface: name)))
        let planned = PlannedVLAN(
            name: name, link: vlan.link.value, id: vlan.id.value,
            mac: vlan.mac.map { Setting($0.value, .written($0.span)) }, mtu: mtu,
            bridge: container == nil ? bridgeOfPort[name] : nil, partOf: vlan.partOf?.value)
        add(.vlan(planned), in: namespace, for: subject, from: vlan.name.span)
        add(vlan.addresses, on: name, in: namespace, for: subject)
    }

    private mutating func add(_ container: Container) {
        let name = container.name.value
        let subject = Subject.container(name)
        let maker = runtime ?? container.runtime
        let image = maker == .netns ? nil : (container.image ?? topology.image)?.value
        add(
            .container(
                .init(
                    name: name, runtime: maker, image: image,
                    command: maker == .docker ? container.command.map(\.value) : [],
                    network: maker == .docker ? dockerNetworks.network(of: container) : nil,
                    isPersistent: container.persist?.value ?? true,
                    description: container.description)),
            for: subject, from: container.name.span)
        add(container.loopback, on: InterfaceName.loopback, in: .container(name), for: subject)
        for interface in container.interfaces { add(interface, of: container) }
        for vlan in container.vlans { add(vlan, in: .container(name), for: subject) }
        if let forwarding = container.forwarding {
            let addresses = container.addresses.map(\.value.address)
            add(
                .forwarding(.init(families: families(of: addresses), isEnabled: forwarding.value)),
                in: .container(name), for: subject, from: forwarding.span)
        }
        for gateway in gateways.gateways(of: container, on: host) {
            let any = Prefix(containing: gateway.address, length: 0)
            let source: Setting<IPAddress>.Source =
                gateway.written.flatMap { $0.name == nil ? .written($0.span) : nil } ?? .derived(gateway.reason)
            add(
                .route(
                    .init(
                        destination: any, action: .via(Setting(gateway.address, source), interface: gateway.device),
                        metric: nil, isOnLink: gateway.isOnLink)),
                in: .container(name), for: subject, from: gateway.written?.span ?? container.name.span)
        }
        for route in container.routes { add(route, in: .container(name), for: subject) }
    }

    private mutating func add(_ interface: ContainerInterface, of container: Container) {
        let (name, inside) = (container.name.value, interface.name.value)
        let outside = names.veth(container: name, interface: inside)
        var bridge: String?
        if case .bridge(let written) = interface.attachment { bridge = written.value }
        let filters = bridge.flatMap { bridgesByName[$0] }?.filtersVLANs ?? false
        let vlans = filters ? PlannedPortVLANs(interface.vlans) : .none
        let segment = Setting(mtus.mtu(of: .init(host: host.name.value, container: name, interface: inside)))
        let mtu = interface.mtu.map { Setting($0.value, .written($0.span)) } ?? segment
        add(
            .veth(
                .init(
                    container: name, interface: inside, hostInterface: outside,
                    mac: mac(interface.mac, [name, inside]),
                    hostMAC: mac(nil, [name, inside, "host"]), mtu: mtu, bridge: bridge, vlans: vlans)),
            for: .container(name), from: interface.name.span)
        add(interface.links.map(\.host), on: outside, in: .host, for: .container(name))
        for link in interface.links where link.isRouted { add(link, by: outside, to: name) }
        add(interface.allAddresses, on: inside, in: .container(name), for: .container(name))
    }

    /// The route to a container's single address, and what announces it.
    private mutating func add(_ link: PointToPointLink, by interface: String, to container: String) {
        let (address, origin) = (link.container.value, link.container.span)
        let route = PlannedRoute(destination: address.prefix, action: .dev(interface), metric: nil)
        add(.route(route), for: .container(container), from: origin)
        guard let announce = link.announce else { return }
        add(
            .announcement(.init(address: address.address, interface: announce.value)), for: .container(container),
            from: announce.span)
    }

    private mutating func add(
        _ addresses: [Located<InterfaceAddress>], on interface: String, in namespace: Namespace, for subject: Subject
    ) {
        for address in addresses {
            add(
                .address(.init(interface: interface, address: address.value)), in: namespace, for: subject,
                from: address.span)
        }
    }

    private mutating func add(_ route: Route, in namespace: Namespace, for subject: Subject) {
        let action: PlannedRoute.Action =
            switch route.action {
            case .via(let hop): .via(setting(hop), interface: hop.device?.value)
            case .multipath(let hops): .multipath(planned(hops, in: namespace))
            case .dev(let interface): .dev(interface.value)
            case .unreachable: .unreachable
            case .blackhole: .blackhole
            }
        add(
            .route(
                .init(
                    destination: route.to.value, action: action, metric: route.metric?.value,
                    isOnLink: route.isOnLink)), in: namespace, for: subject, from: route.to.span)
    }

    private func setting(_ hop: NextHop) -> Setting<IPAddress> {
        Setting(hop.address, hop.name.map { .derived("\($0)'s address") } ?? .written(hop.span))
    }

    /// Next hops, each with its interface, by what the namespace has so far.
    private func planned(_ hops: [NextHop], in namespace: Namespace) -> [PlannedRoute.Hop] {
        var table = PlannedTable(objects, in: namespace)
        return hops.map { hop in
            let interface = table.interface(
                facing: hop.address, named: hop.device?.value, isOnLink: hop.onLink != nil)
            return PlannedRoute.Hop(setting(hop), interface: interface)
        }
    }

    private func manager(of bridge: Bridge) -> Bridge.Manager {
        switch bridge.managedBy?.value ?? .topoc {
        case .topoc: .topoc
        case .lxd: runtime == nil || runtime == .lxd || runtime == .incus ? .lxd : .topoc
        case .existing: isForLab ? .topoc : .existing
        }
    }

    private func mtu(_ interface: String, written: Located<Int>?) -> Setting<Int> {
        written.map { Setting($0.value, .written($0.span)) }
            ?? Setting(mtus.mtu(of: .init(host: host.name.value, interface: interface)))
    }

    private mutating func mac(_ written: Located<MACAddress>?, _ path: [String]) -> Setting<MACAddress> {
        written.map { Setting($0.value, .written($0.span)) }
            ?? Setting(names.mac(path), .derived("a function of its name"))
    }

    private func families(of addresses: [IPAddress]) -> [AddressFamily] {
        let used = AddressFamily.allCases.filter { family in addresses.contains { $0.family == family } }
        return used.isEmpty ? [.ipv4] : used
    }
}

extension Setting<Int> {
    /// The MTU of a segment.
    init(_ bound: SegmentMTUs.Bound) { self.init(bound.value, .derived(bound.reason)) }
}

extension Host {
    /// How it is reached over SSH; nil where nothing is said of it.
    fileprivate var plannedSSH: PlannedSSH? {
        ssh.map { .init(host: $0.host?.value.description ?? name.value, user: $0.user?.value, port: $0.port?.value) }
    }
}
