import TopoCheck
import TopoDiagnostics
import TopoModel

/// Builds topologies in code; every written value gets a place of its own, in the order in which it is made.
final class Sketch {
    private var texts: [String] = []

    /// A value with the next place, remembered by its text.
    func at<Value>(_ value: Value, _ text: String? = nil) -> Located<Value> {
        texts.append(text ?? "\(value)")
        return Located(value, at: Span(texts.count - 1, texts.count))
    }

    /// An interface address, as written.
    func address(_ text: String) -> Located<InterfaceAddress> {
        guard let address = try? InterfaceAddress(text) else { preconditionFailure(text) }
        return at(address, text)
    }

    /// An address, as written.
    func ip(_ text: String) -> IPAddress {
        guard let address = try? IPAddress(text) else { preconditionFailure(text) }
        return address
    }

    /// A LAN with these subnets.
    func lan(_ name: String, _ subnets: String...) -> LAN {
        LAN(name: at(name), subnets: subnets.map { at(address($0).value.prefix, $0) })
    }

    /// A NIC.
    func nic(_ name: String, _ lan: String?, _ addresses: String..., mac: UInt64? = nil, mtu: Int? = nil) -> NIC {
        NIC(
            name: at(name), lan: lan.map { at($0) }, addresses: addresses.map { address($0) },
            mac: mac.map { at(MACAddress(bits: $0)) }, mtu: mtu.map { at($0) })
    }

    /// A bridge.
    func bridge(
        _ name: String, _ addresses: String..., ports: [String] = [], managedBy: Bridge.Manager? = nil,
        stp: Bool? = nil, mac: UInt64? = nil
    ) -> Bridge {
        Bridge(
            name: at(name), addresses: addresses.map { address($0) }, ports: ports.map { at($0) },
            managedBy: managedBy.map { at($0) }, stp: stp.map { at($0) }, mac: mac.map { at(MACAddress(bits: $0)) })
    }

    /// A gretap tunnel to a host.
    func gre(_ name: String, to host: String, key: UInt32? = nil, local: String? = nil) -> Tunnel {
        Tunnel(
            name: at(name), kind: .gretap(remote: end(host), key: key.map { at($0) }),
            local: local.map { at(ip($0), $0) })
    }

    /// A gretap tunnel to an address, which this host has.
    func gre(_ name: String, to address: String, of host: String?, local: String? = nil) -> Tunnel {
        let end = TunnelEnd(span: at(address).span, host: host, address: ip(address))
        return Tunnel(name: at(name), kind: .gretap(remote: end, key: nil), local: local.map { at(ip($0), $0) })
    }

    /// A VXLAN to hosts.
    func vxlan(_ name: String, _ vni: UInt32, to hosts: String..., port: UInt16? = nil) -> Tunnel {
        Tunnel(
            name: at(name),
            kind: .vxlan(vni: at(vni), flood: .remotes(hosts.map { end($0) }), port: port.map { at($0) }))
    }

    /// A VXLAN that floods through a group.
    func vxlan(_ name: String, _ vni: UInt32, group: String, dev: String, port: UInt16? = nil) -> Tunnel {
        Tunnel(
            name: at(name),
            kind: .vxlan(vni: at(vni), flood: .group(at(ip(group), group)), port: port.map { at($0) }), dev: at(dev))
    }

    private func end(_ host: String) -> TunnelEnd { TunnelEnd(span: at(host).span, host: host, address: nil) }

    /// A route to a next hop.
    func route(_ destination: String, via: String) -> Route {
        let hop = ip(via)
        let everything = Prefix(containing: IPAddress(hop.family, bits: 0), length: 0)
        let prefix = destination == "default" ? everything : address(destination).value.prefix
        return Route(to: at(prefix, destination), action: .via(NextHop(span: at(hop, via).span, address: hop)))
    }

    /// A route that refuses its destination.
    func refusal(_ destination: String) -> Route {
        let prefix = at(address(destination).value.prefix, destination)
        return Route(to: prefix, action: .unreachable(prefix.span))
    }

    /// A container on a bridge.
    func container(
        _ name: String, on bridge: String, _ addresses: String..., gateway: String? = nil, mac: UInt64? = nil,
        mtu: Int? = nil, runtime: Runtime = .netns
    ) -> Container {
        container(
            name, on: bridge, addresses: addresses,
            gateway: gateway.map { .routers([NextHop(span: at(ip($0), $0).span, address: ip($0))]) } ?? .derived,
            mac: mac, mtu: mtu, runtime: runtime)
    }

    /// The same with a list of addresses, and any choice of a gateway.
    func container(
        _ name: String, on bridge: String, addresses: [String], gateway: @autoclosure () -> GatewayChoice = .derived,
        mac: UInt64? = nil,
        mtu: Int? = nil, runtime: Runtime = .netns
    ) -> Container {
        let name = at(name)
        return Container(
            name: name, runtime: runtime,
            interfaces: [
                ContainerInterface(
                    name: Located("eth0", at: name.span), attachment: .bridge(at(bridge)),
                    addresses: addresses.map { address($0) }, mac: mac.map { at(MACAddress(bits: $0)) },
                    mtu: mtu.map { at($0) })
            ], gateway: gateway())
    }

    /// A container with a point-to-point link.
    func link(_ name: String, _ host: String, _ container: String) -> Container {
        let name = at(name)
        let link = PointToPointLink(host: address(host), container: address(container))
        return Container(
            name: name, runtime: .netns,
            interfaces: [ContainerInterface(name: Located("eth0", at: name.span), attachment: .pointToPoint([link]))])
    }

    /// A container with an interface on each of two bridges.
    func router(
        _ name: String, on first: (String, String), _ second: (String, String), forwarding: Bool?,
        routes: [Route] = []
    ) -> Container {
        let interfaces = [first, second].enumerated().map { index, place in
            ContainerInterface(
                name: at("eth\(index)"), attachment: .bridge(at(place.0)), addresses: [address(place.1)])
        }
        return Container(
            name: at(name), runtime: .netns, interfaces: interfaces, routes: routes,
            forwarding: forwarding.map { at($0) })
    }

    /// A host.
    func host(
        _ name: String, forwarding: Bool? = nil, nics: [NIC] = [], tunnels: [Tunnel] = [], bridges: [Bridge] = [],
        routes: [Route] = [], containers: [Container] = []
    ) -> Host {
        Host(
            name: at(name), forwarding: forwarding.map { at($0) }, nics: nics, bridges: bridges, tunnels: tunnels,
            routes: routes, containers: containers)
    }

    /// A topology.
    func topology(
        _ lans: [LAN] = [], _ hosts: [Host], checks: [Check] = [], isComplete: Bool = true
    ) -> Topology {
        Topology(
            name: at("test"), runtime: .netns, lans: lans, hosts: hosts, checks: checks, isComplete: isComplete)
    }

    /// A ping between containers that must be answered.
    func ping(_ from: (String, String), _ to: (String, String)) -> Check {
        func endpoint(_ name: (String, String)) -> Endpoint {
            Endpoint(host: name.0, container: name.1, span: at(name.1).span)
        }
        return Check(.ping(endpoint(from), endpoint(to)), at: at("ping").span)
    }

    /// The codes of the errors that `check` finds.
    func errors(_ topology: Topology) -> [DiagnosticCode] {
        check(topology).filter { $0.severity == .error }.map(\.code)
    }

    /// The errors that `check` finds: for each, its code, what is written at its place, and what is written at the others.
    /// Warnings are left out: a sketch that shows one mistake is seldom a whole network.
    func findings(_ topology: Topology) -> [String] {
        check(topology).filter { $0.severity == .error }.map { found in
            ([found.primary] + found.secondary).reduce(into: found.code.rawValue) { $0 += " " + texts[$1.span.start] }
        }
    }
}
