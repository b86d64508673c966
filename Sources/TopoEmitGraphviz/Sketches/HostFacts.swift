internal import TopoModel
internal import TopoNetwork
internal import TopoPlan

/// What the plan says of a host's namespaces and interfaces, found without going through the whole list again.
struct HostFacts {
    private struct Interface: Hashable {
        let namespace: Namespace
        let name: String
    }

    let name: String
    let description: String?
    private(set) var nics: [PlannedNIC]
    private(set) var bridges: [PlannedBridge]
    let tunnels: [PlannedTunnel]
    private(set) var containers: [PlannedContainer]
    private(set) var veths: [PlannedVeth]
    /// The host's own addresses.
    let ownAddresses: Set<IPAddress>

    private var addresses: [Interface: [InterfaceAddress]] = [:]
    private var routes: [Namespace: [PlannedRoute]] = [:]
    private var forwarding: [Namespace: PlannedForwarding] = [:]
    private let nat: NAT?
    private var vethsOfContainer: [String: [PlannedVeth]]
    private var vlans: [Namespace: [PlannedVLAN]] = [:]
    private var vlansByLink: [Interface: [PlannedVLAN]] = [:]
    private var links: [String: String] = [:]
    private var portVLANs: [String: PlannedPortVLANs] = [:]
    /// The addresses of containers that the host answers for, by its interface.
    private let announced: [String: [IPAddress]]
    /// The single addresses at the containers' ends of links, by the host's end.
    private var singles: [String: [InterfaceAddress]] = [:]

    init(_ host: HostPlan) {
        name = host.name
        (description, nat) = (host.description, host.nat)
        (nics, bridges, tunnels) = (host.nics, host.bridges, host.tunnels)
        (containers, veths) = (host.containers, host.veths)
        vethsOfContainer = Dictionary(grouping: veths, by: \.container)
        announced = Dictionary(grouping: host.announcements, by: \.interface).mapValues { $0.map(\.address) }
        for planned in host.objects {
            switch planned.object {
            case .forwarding(let setting): forwarding[planned.namespace] = setting
            case .address(let address):
                addresses[Interface(namespace: planned.namespace, name: address.interface), default: []]
                    .append(address.address)
            case .route(let route): routes[planned.namespace, default: []].append(route)
            case .vlan(let vlan):
                vlans[planned.namespace, default: []].append(vlan)
                vlansByLink[Interface(namespace: planned.namespace, name: vlan.link), default: []].append(vlan)
                if planned.namespace == .host { links[vlan.name] = vlan.link }
            case .port(let port): portVLANs[port.interface] = port.vlans
            case .veth, .nic, .bridge, .tunnel, .container, .announcement, .nat: break
            }
        }
        for veth in veths where veth.bridge == nil {
            let place = Interface(namespace: .container(veth.container), name: veth.interface)
            singles[veth.hostInterface] = addresses[place]?.filter { $0.length == $0.address.family.width }
        }
        ownAddresses = Set(
            host.objects.compactMap { planned in
                guard planned.namespace == .host, case .address(let address) = planned.object else { return nil }
                return address.address.address
            })
    }

    /// True for the router to what is not in the topology.
    var isOutside: Bool { NodeName(host: name).isOutside }

    /// What it is called: its name, or that it is outside.
    func title(_ words: Words) -> String { isOutside ? words.outside : name }

    /// What it is: a router; nothing for what is outside, and for other hosts.
    func kind(_ words: Words) -> String? { isRouter(.host) && !isOutside ? words.router : nil }

    /// What it is where each device is called something; nothing for what is outside.
    func deviceKind(_ words: Words) -> String? { isOutside ? nil : kind(words) ?? words.host }

    /// What a NIC of it is.
    func nicKind(_ words: Words) -> String { isOutside ? words.gateway : "NIC" }

    /// The LAN whose gateway leads outside, in words; for what is outside.
    func behind(_ words: Words) -> [String] { isOutside ? nics.compactMap(\.lan).map(words.behind) : [] }

    /// What a reader of the figure may want to know of the host itself; of what is outside, where it is.
    func facts(_ words: Words) -> [String] {
        if isOutside { return [title(words)] + behind(words) }
        return [name] + forwardingWords(of: .host, words) + routeWords(of: .host)
            + natWords(words)
    }

    /// What the host does to the addresses of packets that it forwards, a line for each rule and each published port.
    func natWords(_ words: Words) -> [String] {
        guard let nat else { return [] }
        let rules = nat.rules.map { rule in
            let from = rule.from.isEmpty ? words.all : rule.from.map { "\($0)" }.joined(separator: ", ")
            let source = rule.address.map { "\($0)" } ?? words.itsAddress
            return "NAT \(rule.out): \(from) → \(source)"
        }
        let ports = nat.ports.map {
            "\($0.in) \($0.transport.rawValue) \($0.port) → \($0.target) \($0.transport.rawValue) \($0.targetPort)"
        }
        return rules + ports
    }

    /// Its interfaces that are parts of networks, each with the network's name.
    var parts: [(interface: String, network: String)] {
        (bridges.map { ($0.name, $0.partOf) } + tunnels.map { ($0.name, $0.partOf) } + nics.map { ($0.name, $0.partOf) }
            + vlans(of: .host).map { ($0.name, $0.partOf) })
            .compactMap { name, network in network.map { (name, $0) } }
    }

    /// The VLAN interfaces of a namespace.
    func vlans(of namespace: Namespace) -> [PlannedVLAN] { vlans[namespace] ?? [] }

    private func vlans(on link: String, in namespace: Namespace) -> [PlannedVLAN] {
        vlansByLink[Interface(namespace: namespace, name: link)] ?? []
    }

    /// The VLAN interfaces of an interface, a line each: `eth0.10 · VLAN 10 · 10.0.10.1/24`.
    func vlanWords(on link: String, in namespace: Namespace = .host) -> [String] {
        vlans(on: link, in: namespace).map { vlan in
            ([vlan.name, "VLAN \(vlan.id)"] + addresses(of: vlan.name, in: namespace).map(\.description))
                .joined(separator: " · ")
        }
    }

    /// The addresses of containers that the host answers for on an interface, in a line.
    func announcedWords(on interface: String, _ words: Words) -> [String] {
        (announced[interface].map { [words.answers(for: ContainerGroup.range($0.map(\.description)))] } ?? [])
            + vlans(on: interface, in: .host).flatMap { announcedWords(on: $0.name, words) }
    }

    /// The subnet that an address is drawn in: its own, or for the host's end of a link to a single address that one.
    func subnet(of address: InterfaceAddress, on interface: String) -> Prefix {
        let end = PlannedAddress(interface: interface, address: address)
        let single = end.isLinkEnd ? singles[interface]?.first { $0.address.family == address.address.family } : nil
        return (single ?? address).prefix
    }

    /// The VLANs of a NIC, tunnel or VLAN interface that is a port of a bridge which tells them apart.
    func vlans(ofPort interface: String) -> PlannedPortVLANs { portVLANs[interface] ?? .none }

    /// Whether an interface of the host, or a VLAN interface of it, has an address.
    func hasAddress(_ interface: String) -> Bool {
        !addresses(of: interface).isEmpty
            || vlans(on: interface, in: .host).contains { !addresses(of: $0.name).isEmpty }
    }

    /// The interface that is drawn for a port of a bridge: a VLAN interface is drawn with its link.
    func box(ofPort interface: String) -> String {
        links[interface] ?? interface
    }

    /// What is drawn for an interface.
    func kind(ofBox interface: String) -> String {
        tunnels.contains { $0.name == interface }
            ? "tunnel" : bridges.contains { $0.name == interface } ? "bridge" : "nic"
    }

    /// The addresses of an interface, in the order of the plan.
    func addresses(of interface: String, in namespace: Namespace = .host) -> [InterfaceAddress] {
        addresses[Interface(namespace: namespace, name: interface)] ?? []
    }

    /// The addresses of a namespace's loopback interface, a line each.
    func loopbackWords(of namespace: Namespace) -> [String] {
        addresses(of: InterfaceName.loopback, in: namespace).map { "\(InterfaceName.loopback) \($0.address)" }
    }

    /// The routes of a namespace, in the order of the plan.
    func routes(of namespace: Namespace) -> [PlannedRoute] { routes[namespace] ?? [] }

    /// Whether a namespace forwards IP packets.
    func isRouter(_ namespace: Namespace) -> Bool { forwarding[namespace]?.isEnabled ?? false }

    /// The veth pairs of a container, in the order of the plan.
    func veths(of container: String) -> [PlannedVeth] { vethsOfContainer[container] ?? [] }

    /// A namespace's forwarding in words, a line or none.
    func forwardingWords(of namespace: Namespace, _ words: Words) -> [String] {
        guard let setting = forwarding[namespace] else { return [] }
        let families = setting.families.map { family in
            switch family {
            case .ipv4: "IPv4"
            case .ipv6: "IPv6"
            }
        }
        let verb = setting.isEnabled ? words.forwards : words.doesNotForward
        return ["\(verb) \(families.joined(separator: " \(words.and) "))"]
    }

    /// A namespace's routes in words, a line each, as `ip route` writes them.
    func routeWords(of namespace: Namespace) -> [String] {
        routes(of: namespace).map { route in
            let destination = route.destination.length == 0 ? "default" : "\(route.destination)"
            let metric = (route.metric.map { " metric \($0)" } ?? "") + (route.isOnLink ? " onlink" : "")
            switch route.action {
            case .via(let router, let interface):
                return "\(destination) via \(router.value)" + (interface.map { " dev \($0)" } ?? "") + metric
            case .multipath(let hops):
                return "\(destination) via " + hops.map { "\($0.address.value)" }.joined(separator: ", ") + metric
            case .dev(let interface): return "\(destination) dev \(interface)\(metric)"
            case .unreachable: return "unreachable \(destination)\(metric)"
            case .blackhole: return "blackhole \(destination)\(metric)"
            }
        }
    }

    /// The host as part of the network that carries tunnels: without containers, and without the bridges that have no
    /// underlay address.
    var underlay: HostFacts {
        var host = self
        host.containers = []
        host.veths = []
        host.vethsOfContainer = [:]
        host.bridges = bridges.filter { bridge in
            hasAddress(bridge.name) && bridge.ports.contains { port in nics.contains { $0.name == port } }
        }
        return host
    }

    /// The host as part of what its tunnels carry: their bridges, with the other ports of these.
    var overlay: HostFacts {
        var host = self
        host.bridges = bridges.filter { bridge in
            bridge.ports.contains { port in tunnels.contains { $0.name == port } }
        }
        let kept = Set(host.bridges.map(\.name))
        host.nics = nics.filter { nic in host.bridges.contains { $0.ports.contains(nic.name) } }
        host.veths = veths.filter { $0.bridge.map(kept.contains) ?? false }
        let joined = Dictionary(grouping: host.veths, by: \.container)
        host.vethsOfContainer = joined
        host.containers = containers.filter { joined[$0.name] != nil }
        return host
    }
}
