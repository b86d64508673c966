import TopoDiagnostics
import TopoModel

func at<Value: Hashable & Sendable>(_ value: Value) -> Located<Value> { Located(value, at: Span(0, 0)) }

/// A topology of these hosts, with LANs of these MTUs: "lan0" and so on.
func topology(_ hosts: [Host], lans: [Int] = []) -> Topology {
    let all = lans.enumerated().map { LAN(name: at("lan\($0)"), mtu: at($1)) }
    return Topology(name: at("net"), runtime: .netns, lans: all, hosts: hosts)
}

/// A NIC "eth0" and so on, on the LAN of its number.
func nic(_ number: Int, _ addresses: String...) throws -> NIC {
    NIC(
        name: at("eth\(number)"), lan: at("lan\(number)"), addresses: try addresses.map { at(try InterfaceAddress($0)) }
    )
}

/// A bridge "br0" and so on.
func bridge(_ number: Int, _ addresses: String..., ports: [String] = []) throws -> Bridge {
    Bridge(
        name: at("br\(number)"), addresses: try addresses.map { at(try InterfaceAddress($0)) },
        ports: ports.map { at($0) })
}

/// A route by a neighbour.
func route(_ to: String, via: String, dev: String? = nil, metric: UInt32? = nil) throws -> Route {
    Route(
        to: at(try Prefix(to)),
        action: .via(NextHop(span: Span(0, 0), address: try IPAddress(via), device: dev.map { at($0) })),
        metric: metric.map { at($0) })
}

/// A container with an interface for each list of addresses: "eth0" on "br0" and so on.
func container(
    _ name: String, _ addresses: [String]..., gateway: GatewayChoice = .derived, routes: [Route] = [],
    forwards: Bool? = nil
) throws -> Container {
    Container(
        name: at(name), runtime: .netns,
        interfaces: try addresses.enumerated().map { number, all in
            ContainerInterface(
                name: at("eth\(number)"), attachment: .bridge(at("br\(number)")),
                addresses: try all.map { at(try InterfaceAddress($0)) })
        }, gateway: gateway, routes: routes, forwarding: forwards.map { at($0) })
}

/// A far end at an address of a host.
func end(_ host: String, _ address: String? = nil) throws -> TunnelEnd {
    TunnelEnd(span: Span(0, 0), host: host, address: try address.map { try IPAddress($0) })
}

/// A gretap tunnel.
func gretap(
    _ name: String, to remote: TunnelEnd, local: String? = nil, key: UInt32? = nil
) throws -> Tunnel {
    Tunnel(
        name: at(name), kind: .gretap(remote: remote, key: key.map { at($0) }),
        local: try local.map { at(try IPAddress($0)) })
}

/// A VXLAN of identifier 7.
func vxlan(_ name: String, _ flood: VXLANFlood, dev: String? = nil, mtu: Int? = nil) -> Tunnel {
    Tunnel(
        name: at(name), kind: .vxlan(vni: at(7), flood: flood, port: nil), dev: dev.map { at($0) },
        mtu: mtu.map { at($0) })
}
