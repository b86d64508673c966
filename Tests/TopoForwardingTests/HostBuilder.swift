import TopoDiagnostics
import TopoModel
import TopoPlan

/// Lists a host's kernel objects by hand, each with a place of its own.
struct HostBuilder {
    let name: String
    private(set) var objects: [PlannedObject] = []
    private(set) var plugs: [(lan: String, nic: String)] = []
    /// The place of the object added last.
    private(set) var last = Span(0, 0)
    private var place: Int

    /// A host whose objects' places begin at `place`.
    init(_ name: String, at place: Int = 1000) {
        self.name = name
        self.place = place
    }

    var plan: HostPlan { HostPlan(name: name, description: nil, objects: objects) }

    private mutating func add(_ object: KernelObject, in namespace: Namespace = .host, for subject: Subject) {
        last = Span(place, place + 5)
        place += 10
        objects.append(PlannedObject(object, in: namespace, for: subject, from: last))
    }

    private func setting<Value>(_ value: Value) -> Setting<Value> { Setting(value, .derived("a test")) }

    private func mac(_ text: String) -> MACAddress {
        MACAddress(
            bits: text.utf8.reduce(0x02_0000_0000) { ($0 &* 31 &+ UInt64($1)) & 0xFE_FFFF_FFFF_FFFF | 0x0200_0000_0000 }
        )
    }

    private func namespace(_ container: String?) -> (Namespace, Subject) {
        container.map { (.container($0), .container($0)) } ?? (.host, .routes)
    }

    mutating func forwards(_ families: [AddressFamily] = [.ipv4], _ isOn: Bool = true, in container: String? = nil) {
        let (namespace, subject) = namespace(container)
        add(.forwarding(.init(families: families, isEnabled: isOn)), in: namespace, for: subject)
    }

    mutating func nic(
        _ name: String = "eth0", lan: String? = "internal", _ addresses: String..., bridge: String? = nil,
        mac: MACAddress? = nil, mtu: Int = 1500
    ) throws {
        if let lan { plugs.append((lan, name)) }
        add(
            .nic(.init(name: name, lan: lan, bridge: bridge, mac: mac.map(setting), mtu: setting(mtu))),
            for: .nic(name))
        for text in addresses { try address(text, on: name) }
    }

    mutating func bridge(
        _ name: String = "br0", _ addresses: String..., ports: [String] = [], mac: MACAddress? = nil, mtu: Int = 1500,
        stp: Bool = false
    ) throws {
        add(
            .bridge(
                .init(
                    name: name, manager: .topoc, mac: setting(mac ?? self.mac(self.name + name)), mtu: setting(mtu),
                    stp: stp, ports: ports)),
            for: .bridge(name))
        for port in ports {
            add(.port(.init(bridge: name, interface: port, kind: .nic)), for: .bridge(name))
        }
        for text in addresses { try address(text, on: name) }
    }

    mutating func tunnel(
        _ name: String, _ kind: PlannedTunnel.Kind, local: String? = nil, dev: String? = "eth0", ttl: Int? = nil,
        mtu: Int = 1450, bridge: String? = "br0"
    ) throws {
        let end = try local.map { setting(try IPAddress($0)) }
        add(
            .tunnel(
                .init(
                    name: name, kind: kind, local: end, dev: dev.map(setting), ttl: ttl,
                    mac: setting(mac(self.name + name)), mtu: setting(mtu), bridge: bridge)),
            for: .tunnel(name))
    }

    mutating func gretap(
        _ name: String = "tun0", from local: String, to remote: String, key: UInt32? = nil, ttl: Int? = nil,
        mtu: Int = 1462, bridge: String? = "br0"
    ) throws {
        let end = setting(try IPAddress(remote))
        try tunnel(name, .gretap(remote: end, key: key), local: local, ttl: ttl, mtu: mtu, bridge: bridge)
    }

    /// A container without interfaces.
    mutating func container(_ name: String) {
        add(
            .container(.init(name: name, runtime: .netns, image: nil, isPersistent: true, description: nil)),
            for: .container(name))
    }

    /// A veth pair to a bridge, or to the host itself, whose end then has the address `host`.
    mutating func veth(
        _ container: String, _ interface: String = "eth0", _ addresses: String..., bridge: String? = nil,
        host: String? = nil, mtu: Int = 1500
    ) throws {
        let outside = "v-\(container)-\(interface)"
        add(
            .veth(
                .init(
                    container: container, interface: interface, hostInterface: outside,
                    mac: setting(mac(name + container + interface)), hostMAC: setting(mac(name + outside)),
                    mtu: setting(mtu), bridge: bridge)),
            for: .container(container))
        if let host { try address(host, on: outside) }
        for text in addresses { try address(text, on: interface, in: container) }
    }

    /// A container on a bridge with a default route, where one is given.
    mutating func bridged(
        _ name: String, _ address: String, gateway: String? = nil, bridge: String = "br0", mtu: Int = 1500
    ) throws {
        container(name)
        try veth(name, "eth0", address, bridge: bridge, mtu: mtu)
        if let gateway { try route("0.0.0.0/0", via: gateway, in: name) }
    }

    /// A container on a point-to-point link, its default route the host's end.
    mutating func pointToPoint(_ name: String, _ host: String, _ address: String) throws {
        container(name)
        try veth(name, "eth0", address, host: host)
        let end = try InterfaceAddress(host).address
        try route(end.family == .ipv4 ? "0.0.0.0/0" : "::/0", via: "\(end)", in: name)
    }

    mutating func address(_ text: String, on interface: String, in container: String? = nil) throws {
        let (namespace, subject) = namespace(container)
        add(.address(.init(interface: interface, address: try InterfaceAddress(text))), in: namespace, for: subject)
    }

    mutating func route(_ to: String, via hop: String, in container: String? = nil, metric: UInt32? = nil) throws {
        try route(to, .via(setting(try IPAddress(hop)), interface: nil), in: container, metric: metric)
    }

    mutating func route(
        _ to: String, _ action: PlannedRoute.Action, in container: String? = nil, metric: UInt32? = nil
    ) throws {
        let (namespace, subject) = namespace(container)
        add(
            .route(.init(destination: try Prefix(to), action: action, metric: metric)), in: namespace, for: subject)
    }
}

/// A VXLAN that floods through a group.
func multicast(_ group: String, vni: UInt32 = 42) throws -> PlannedTunnel.Kind {
    .vxlan(vni: vni, flood: .group(try IPAddress(group)), port: 4789)
}

/// A VXLAN that sends a copy to each of these.
func unicast(_ remotes: String..., vni: UInt32 = 42) throws -> PlannedTunnel.Kind {
    .vxlan(vni: vni, flood: .remotes(try remotes.map { Setting(try IPAddress($0), .derived("a test")) }), port: 4789)
}

/// A plan of these hosts; LANs are those that their NICs are plugged to.
func network(
    _ hosts: HostBuilder..., mtu: Int = 1500, isPromiscuous: Bool = true, checks: [Check] = []
) -> Plan {
    network(hosts, mtu: mtu, isPromiscuous: isPromiscuous, checks: checks)
}

func network(_ hosts: [HostBuilder], mtu: Int = 1500, isPromiscuous: Bool = true, checks: [Check] = []) -> Plan {
    var names: [String] = []
    var plugs: [String: [PlannedLAN.Plug]] = [:]
    for host in hosts {
        for plug in host.plugs {
            if plugs[plug.lan] == nil { names.append(plug.lan) }
            plugs[plug.lan, default: []].append(.init(host: host.name, nic: plug.nic))
        }
    }
    let lans = names.map { name in
        PlannedLAN(
            name: name, subnets: [], mtu: Setting(mtu, .derived("a test")), isPromiscuous: isPromiscuous,
            virtualBoxNetwork: nil, plugs: plugs[name] ?? [], description: nil)
    }
    return Plan(
        name: "test", title: "test", description: nil, runtime: .netns, bridgeTools: .iproute2, lans: lans,
        hosts: hosts.map(\.plan), checks: checks)
}
