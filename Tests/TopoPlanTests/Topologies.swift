import TopoDiagnostics
import TopoModel

/// A value without a place that matters.
func at<Value: Hashable & Sendable>(_ value: Value) -> Located<Value> { Located(value, at: Span(0, 0)) }

func address(_ text: String) throws -> Located<InterfaceAddress> { at(try InterfaceAddress(text)) }

func bridged(_ name: String, _ bridge: String, _ text: String, forwarding: Bool? = nil) throws -> Container {
    Container(
        name: at(name), runtime: .netns,
        interfaces: [.init(name: at("eth0"), attachment: .bridge(at(bridge)), addresses: [try address(text)])],
        forwarding: forwarding.map(at))
}

func pointToPoint(_ name: String, _ host: String, _ container: String) throws -> Container {
    let link = PointToPointLink(host: try address(host), container: try address(container))
    return Container(
        name: at(name), runtime: .netns, interfaces: [.init(name: at("eth0"), attachment: .pointToPoint([link]))])
}

func defaultRoute(via hop: String) throws -> Route {
    Route(
        to: at(try Prefix("0.0.0.0/0")),
        action: .via(NextHop(span: Span(0, 0), address: try IPAddress(hop))))
}

/// Two routers on a LAN: a bridge with two containers, and two point-to-point links.
func routed() throws -> Topology {
    let host1 = Host(
        name: at("host1"), forwarding: at(true),
        nics: [NIC(name: at("eth0"), lan: at("internal"), addresses: [try address("172.16.1.1/24")])],
        bridges: [Bridge(name: at("lxdbr0"), addresses: [try address("10.1.0.1/24")])],
        routes: [try defaultRoute(via: "172.16.1.2")],
        containers: [try bridged("c1", "lxdbr0", "10.1.0.11/24"), try bridged("c2", "lxdbr0", "10.1.0.12/24")])
    let host2 = Host(
        name: at("host2"), forwarding: at(true),
        nics: [NIC(name: at("eth0"), lan: at("internal"), addresses: [try address("172.16.1.2/24")])],
        routes: [try defaultRoute(via: "172.16.1.1")],
        containers: [
            try pointToPoint("c3", "10.2.0.1/30", "10.2.0.2/30"), try pointToPoint("c4", "10.2.0.5/30", "10.2.0.6/30"),
        ])
    return Topology(name: at("routed"), runtime: .netns, lans: [LAN(name: at("internal"))], hosts: [host1, host2])
}

/// Two hosts whose bridges are joined by a tunnel made by `kind`, over a LAN with this MTU, with these addresses on it.
func tunnelled(
    mtu: Int? = nil, underlay: [[String]] = [["172.16.1.1/24"], ["172.16.1.2/24"]], kind: (String) -> Tunnel.Kind
) throws -> Topology {
    let hosts = try [("host1", "1", "host2"), ("host2", "2", "host1")].enumerated().map { index, names in
        let (name, number, other) = names
        return Host(
            name: at(name),
            nics: [NIC(name: at("eth0"), lan: at("internal"), addresses: try underlay[index].map { try address($0) })],
            bridges: [Bridge(name: at("br0"), ports: [at("tun0")])],
            tunnels: [Tunnel(name: at("tun0"), kind: kind(other), dev: at("eth0"))],
            containers: [try bridged("c\(number)", "br0", "10.0.0.1\(number)/24")])
    }
    return Topology(
        name: at("tunnelled"), runtime: .netns, lans: [LAN(name: at("internal"), mtu: mtu.map(at))], hosts: hosts)
}

/// Two hosts whose bridges are joined by a gretap tunnel, on two LANs with a router between.
func routedUnderlay(west: Int, east: Int) throws -> Topology {
    func outer(_ name: String, _ number: Int, _ lan: String, _ subnet: Int, _ far: (String, Int)) throws -> Host {
        Host(
            name: at(name),
            nics: [
                NIC(name: at("eth0"), lan: at(lan), addresses: [try address("172.16.\(subnet).\(number)/24")])
            ],
            bridges: [Bridge(name: at("br0"), ports: [at("tun0")])],
            tunnels: [Tunnel(name: at("tun0"), kind: .gretap(remote: end(far.0), key: nil))],
            routes: [
                Route(
                    to: at(try Prefix("172.16.\(far.1).0/24")),
                    action: .via(NextHop(span: Span(0, 0), address: try IPAddress("172.16.\(subnet).254"))))
            ],
            containers: [try bridged("c\(number)", "br0", "10.0.0.1\(number)/24")])
    }
    let router = Host(
        name: at("router"), forwarding: at(true),
        nics: [
            NIC(name: at("eth0"), lan: at("west"), addresses: [try address("172.16.1.254/24")]),
            NIC(name: at("eth1"), lan: at("east"), addresses: [try address("172.16.2.254/24")]),
        ])
    return Topology(
        name: at("routed-underlay"), runtime: .netns,
        lans: [LAN(name: at("west"), mtu: at(west)), LAN(name: at("east"), mtu: at(east))],
        hosts: [
            try outer("host1", 1, "west", 1, ("host3", 2)), router, try outer("host3", 2, "east", 2, ("host1", 1)),
        ])
}

/// A far end named by its host.
func end(_ host: String) -> TunnelEnd { TunnelEnd(span: Span(0, 0), host: host, address: nil) }

/// Two hosts whose NICs are ports of bridges, which carry a VXLAN between two other bridges.
func overBridges(withDevice: Bool = true) throws -> Topology {
    let hosts = try (1...2).map { number in
        Host(
            name: at("host\(number)"), nics: [NIC(name: at("eth0"), lan: at("internal"))],
            bridges: [
                Bridge(name: at("over"), ports: [at("vx0")]),
                Bridge(name: at("br0"), addresses: [try address("172.16.1.\(number)/24")], ports: [at("eth0")]),
            ],
            tunnels: [
                withDevice
                    ? Tunnel(
                        name: at("vx0"),
                        kind: .vxlan(vni: at(7), flood: .group(at(try IPAddress("239.1.1.7"))), port: nil),
                        dev: at("br0"))
                    : Tunnel(
                        name: at("vx0"),
                        kind: .vxlan(vni: at(7), flood: .remotes([end("host\(3 - number)")]), port: nil))
            ])
    }
    return Topology(name: at("over"), runtime: .netns, lans: [LAN(name: at("internal"))], hosts: hosts)
}
