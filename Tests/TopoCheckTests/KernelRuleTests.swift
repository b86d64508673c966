import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel
import TopoNetwork

/// Findings that follow from what the kernel does with a node's routes and tunnels.
@Suite struct KernelRuleTests {
    private func found(_ topology: Topology, _ code: DiagnosticCode) -> [Diagnostic] {
        check(topology).filter { $0.code == code }
    }

    private func route(
        _ sketch: Sketch, _ to: String, via: String? = nil, dev: String? = nil, metric: UInt32? = nil
    ) -> Route {
        let prefix = sketch.at(sketch.address(to).value.prefix, to)
        let device = dev.map { sketch.at($0) }
        let hop = via.map { NextHop(span: sketch.at($0).span, address: sketch.ip($0), device: device) }
        return Route(
            to: prefix, action: hop.map { .via($0) } ?? device.map { .dev($0) } ?? .unreachable(prefix.span),
            metric: metric.map { sketch.at($0) })
    }

    /// Three hosts on a LAN, the first with routes.
    private func lan(
        forwarding: Bool = true, addresses: [String] = ["10.0.0.1/24", "fd00::1/64"],
        nics: (Sketch) -> [NIC] = { _ in [] },
        _ routes: (Sketch) -> [Route]
    ) -> (Sketch, Topology) {
        let sketch = Sketch()
        var eth0 = sketch.nic("eth0", "lan")
        eth0 = NIC(name: eth0.name, lan: eth0.lan, addresses: addresses.map { sketch.address($0) })
        var hosts = [sketch.host("host1", nics: [eth0] + nics(sketch), routes: routes(sketch))]
        for number in 2...3 {
            hosts.append(
                sketch.host(
                    "host\(number)", forwarding: forwarding,
                    nics: [sketch.nic("eth0", "lan", "10.0.0.\(number)/24", "fd00::\(number)/64")]))
        }
        return (sketch, sketch.topology([sketch.lan("lan")], hosts))
    }

    @Test(
        arguments: [
            ("10.9.0.0/24", nil, nil, true), ("10.9.0.0/24", 0, nil, true), ("10.9.0.0/24", 1, nil, false),
            ("fd09::/64", nil, 1024, true), ("fd09::/64", 0, nil, true), ("fd09::/64", 1, 0, false),
            ("fd09::/64", 7, 7, true),
        ] as [(String, UInt32?, UInt32?, Bool)])
    func aRouteTwice(to: String, first: UInt32?, second: UInt32?, isTwice: Bool) {
        let isFour = !to.contains(":")
        let (_, topology) = lan { sketch in
            [
                route(sketch, to, via: isFour ? "10.0.0.2" : "fd00::2", metric: first),
                route(sketch, to, via: isFour ? "10.0.0.3" : "fd00::3", metric: second),
            ]
        }
        let found = found(topology, .routeTwice)
        #expect(found.count == (isTwice ? 1 : 0))
        guard let one = found.first else { return }
        // The second place is pointed at, and the first is beside it.
        #expect(one.severity == .error && one.secondary.count == 1 && one.primary.span > one.secondary[0].span)
    }

    @Test func aWrittenGatewayIsADefaultRoute() {
        for (gateway, metric, count) in [("10.1.0.1", nil, 1), ("10.1.0.1", 5, 0), (nil, nil, 0)]
            as [(String?, UInt32?, Int)]
        {
            let sketch = Sketch()
            let bare = sketch.container("c1", on: "br0", "10.1.0.11/24", gateway: gateway)
            let container = Container(
                name: bare.name, runtime: .netns, interfaces: bare.interfaces, gateway: bare.gateway,
                routes: [route(sketch, "0.0.0.0/0", via: "10.1.0.1", metric: metric)])
            let host = sketch.host(
                "host1", forwarding: true, bridges: [sketch.bridge("br0", "10.1.0.1/24")], containers: [container])
            #expect(found(sketch.topology([], [host]), .routeTwice).count == count)
        }
    }

    @Test func aRouteInThePlaceOfAnOwnSubnet() {
        func severities(forwarding: Bool = true, _ routes: (Sketch) -> [Route]) -> [Diagnostic.Severity] {
            found(lan(forwarding: forwarding, routes).1, .ownSubnetReplaced).map(\.severity)
        }
        #expect(severities { [route($0, "10.0.0.0/24")] } == [.error])
        #expect(severities { [route($0, "10.0.0.0/24", metric: 1)] } == [])
        #expect(severities { [route($0, "10.0.0.0/23")] } == [])
        #expect(severities { [route($0, "fd00::/64")] } == [])
        #expect(severities { [route($0, "fd00::/64", metric: 256)] } == [.error])
        #expect(severities { [route($0, "10.0.0.0/24", dev: "eth0")] } == [])
        #expect(severities { [route($0, "10.0.0.0/24", via: "10.0.0.2")] } == [.warning])
        #expect(severities(forwarding: false) { [route($0, "10.0.0.0/24", via: "10.0.0.2")] } == [.error])
        // Each of the others has a route of its own.
        #expect(
            severities {
                [
                    route($0, "10.0.0.0/24"), route($0, "10.0.0.2/32", dev: "eth0"),
                    route($0, "10.0.0.3/32", dev: "eth0"),
                ]
            } == [.warning])
        #expect(severities { [route($0, "10.0.0.0/24"), route($0, "10.0.0.2/32", dev: "eth0")] } == [.error])
    }

    @Test func aNextHopIsJudgedByTheRoutesBeforeIt() {
        func messages(nics: (Sketch) -> [NIC] = { _ in [] }, _ routes: (Sketch) -> [Route]) -> [String] {
            found(lan(nics: nics, routes).1, .nextHopNotConnected).filter { $0.severity == .error }.map(\.message)
        }
        #expect(
            messages { [route($0, "192.0.2.1/32", dev: "eth0"), route($0, "10.9.0.0/24", via: "192.0.2.1")] } == [])
        #expect(
            messages { [route($0, "10.9.0.0/24", via: "192.0.2.1"), route($0, "192.0.2.1/32", dev: "eth0")] }
                == ["next hop \"192.0.2.1\" is on no subnet of host \"host1\""])
        #expect(
            messages { [route($0, "fd00::3/128", via: "fd00::2"), route($0, "fd07::/64", via: "fd00::3")] }
                == ["next hop \"fd00::3\" is behind another router fd00::2"])
        #expect(
            messages { [route($0, "10.0.0.3/32", via: "10.0.0.2"), route($0, "10.7.0.0/24", via: "10.0.0.3")] } == [])
        #expect(
            messages { [route($0, "fd07::/64", via: "fe80::2")] }
                == ["next hop \"fe80::2\" is link-local, and its route names no interface"])
        #expect(messages { [route($0, "fd07::/64", via: "fe80::2", dev: "eth0")] } == [])
        #expect(
            messages { [route($0, "10.9.0.0/24", via: "10.0.0.1")] }
                == ["next hop \"10.0.0.1\" is host \"host1\"'s own address"])
    }

    @Test func linkLocalSubnetsAreOnEveryLinkOfARouter() {
        let sketch = Sketch()
        let bridges = [
            sketch.bridge("br0", "fe80::1/64", "fd01::1/64"), sketch.bridge("br1", "fe80::1/64", "fd02::1/64"),
        ]
        let host = sketch.host(
            "host1", forwarding: true, bridges: bridges,
            containers: [
                sketch.container("c1", on: "br0", "fd01::11/64", "fe80::11/64", gateway: "fe80::1"),
                sketch.container("c2", on: "br1", "fd02::11/64", "fe80::11/64"),
            ])
        let topology = sketch.topology([], [host])
        #expect(check(topology).isEmpty)
        let gateways = Gateways(Segments(of: topology))
        let found = host.containers.map { gateways.gateways(of: $0, on: host) }
        #expect(found[0].map { "\($0.address) \($0.device ?? "")" } == ["fe80::1 eth0"])
        // What is derived is the global address.
        #expect(found[1].map { "\($0.address) \($0.device ?? "")" } == ["fd02::1 "])
    }

    /// VXLANs in a row: each ends at addresses of the bridge that the one before is a port of.
    private func nested(_ count: Int, nic: Bool = false) -> Topology {
        let sketch = Sketch()
        let hosts = (1...2).map { number in
            let far = 3 - number
            let tunnels = (1...count).map { level in
                Tunnel(
                    name: sketch.at("vx\(level)"),
                    kind: .vxlan(
                        vni: sketch.at(UInt32(level)),
                        flood: .remotes([
                            TunnelEnd(
                                span: sketch.at("r").span, host: "host\(far)",
                                address: sketch.ip("10.\(level - 1).0.\(far)"))
                        ]), port: nil))
            }
            return sketch.host(
                "host\(number)",
                nics: [sketch.nic("eth0", "lan", "10.0.0.\(number)/24")] + (nic ? [sketch.nic("eth1", "other")] : []),
                tunnels: tunnels,
                bridges: (1...count).map { level in
                    sketch.bridge(
                        "br\(level)", "10.\(level).0.\(number)/24",
                        ports: ["vx\(level)"] + (nic && level == 1 ? ["eth1"] : []))
                })
        }
        return sketch.topology([sketch.lan("lan"), sketch.lan("other")], hosts)
    }

    @Test(
        arguments: [(2, []), (3, [.warning]), (4, [.warning, .warning]), (5, [.warning, .warning, .error])]
            as [(Int, [Diagnostic.Severity])])
    func tunnelsInTunnels(count: Int, severities: [Diagnostic.Severity]) {
        let found = found(nested(count), .tunnelsTooDeep).map(\.severity)
        // Once for both ends.
        #expect(found == severities)
    }

    @Test func aTunnelOverABridgeWithANICIsInNoOther() {
        #expect(found(nested(3, nic: true), .tunnelsTooDeep).isEmpty)
    }

    @Test(
        arguments: [
            (["10.99.0.1/24", "172.16.1.1/24"], "172.16.1.1"), (["172.16.1.1/24", "10.99.0.1/24"], nil),
            (["172.16.1.1/24"], nil),
            (["10.99.0.1/24"], nil), (["10.99.0.1/24", "10.98.0.1/24"], nil),
        ] as [([String], String?)])
    func whereAVXLANOfAGroupSendsFrom(addresses: [String], source: String?) {
        let sketch = Sketch()
        let hosts = (1...3).map { number in
            let own = number == 1 ? addresses : ["172.16.1.\(number)/24"]
            let nic = NIC(name: sketch.at("eth0"), lan: sketch.at("lan"), addresses: own.map { sketch.address($0) })
            return sketch.host(
                "host\(number)", nics: [nic], tunnels: [sketch.vxlan("vx", 7, group: "239.1.1.1", dev: "eth0")],
                bridges: [sketch.bridge("br", ports: ["vx"])])
        }
        let underlay = Underlay(of: sketch.topology([sketch.lan("lan")], hosts))
        #expect(underlay.addresses(of: hosts[0].tunnels[0], on: hosts[0]).local == source.map { sketch.ip($0) })
        #expect(underlay.addresses(of: hosts[1].tunnels[0], on: hosts[1]).local == nil)
    }

    @Test func vxlansOfOneNumberAreToldApartByFamily() {
        let sketch = Sketch()
        func end(_ address: String, _ host: String) -> TunnelEnd {
            TunnelEnd(span: sketch.at(address).span, host: host, address: sketch.ip(address))
        }
        let hosts = (1...2).map { number in
            let far = 3 - number
            let tunnels = ["172.16.1.\(far)", "fd10::\(far)"].enumerated().map { index, address in
                Tunnel(
                    name: sketch.at("vx\(index)"),
                    kind: .vxlan(vni: sketch.at(5), flood: .remotes([end(address, "host\(far)")]), port: nil))
            }
            return sketch.host(
                "host\(number)", nics: [sketch.nic("eth0", "lan", "172.16.1.\(number)/24", "fd10::\(number)/64")],
                tunnels: tunnels,
                bridges: [sketch.bridge("br0", ports: ["vx0"]), sketch.bridge("br1", ports: ["vx1"])],
                containers: [
                    sketch.container("a\(number)", on: "br0", "10.4.0.\(number)/24"),
                    sketch.container("b\(number)", on: "br1", "10.6.0.\(number)/24"),
                ])
        }
        let topology = sketch.topology([sketch.lan("lan")], hosts)
        #expect(check(topology).isEmpty)
        let segments = Segments(of: topology)
        func segment(_ host: String, _ container: String) -> Int? {
            segments.index(of: .init(host: host, container: container, interface: "eth0"))
        }
        #expect(segment("host1", "a1") == segment("host2", "a2"))
        #expect(segment("host1", "b1") == segment("host2", "b2"))
        #expect(segment("host1", "a1") != segment("host1", "b1"))
    }
}
