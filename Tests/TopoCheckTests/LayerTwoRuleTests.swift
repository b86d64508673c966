import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel

@Suite struct LayerTwoRuleTests {
    private static let codes: Set<DiagnosticCode> = [
        .portWithAddress, .tunnelNotUnique, .groupNotPrivate, .tooManyGroups, .tooManyPorts, .loneHost, .unusedName,
        .layer2Loop, .duplicateAddress,
    ]

    private func found(_ topology: Topology) -> [String] {
        check(topology).filter { Self.codes.contains($0.code) }.map { "\($0.code.rawValue) \($0.message)" }
    }

    /// Hosts "h1", "h2", … on one LAN, 172.16.1.1 and so on, each with these tunnels, each tunnel in a bridge of its own.
    private func found(
        _ tunnels: ((Sketch) -> [Tunnel])..., address: (Int) -> String = { "172.16.1.\($0)/24" }
    )
        -> [String]
    {
        let sketch = Sketch()
        let hosts = tunnels.enumerated().map { number, make in
            let own = make(sketch)
            return sketch.host(
                "h\(number + 1)", nics: [sketch.nic("eth0", "lan", address(number + 1))], tunnels: own,
                bridges: own.map { sketch.bridge("br-" + $0.name.value, ports: [$0.name.value]) })
        }
        return found(sketch.topology([sketch.lan("lan")], hosts))
    }

    private func groups(
        _ count: Int, port: (Int) -> UInt16? = { _ in nil }, _ group: @escaping (Int) -> String
    )
        -> ((Sketch) -> [Tunnel])
    {
        let ports = (1...count).map(port)
        return { sketch in
            (1...count).map { sketch.vxlan("v\($0)", UInt32($0), group: group($0), dev: "eth0", port: ports[$0 - 1]) }
        }
    }

    @Test func aPortHasNoAddress() {
        func found(nic: [String], bridge: [String]) -> [String] {
            let sketch = Sketch()
            let hosts = ["h1", "h2"].map { name in
                sketch.host(
                    name,
                    nics: [
                        NIC(
                            name: sketch.at("eth0"), lan: sketch.at("lan"),
                            addresses: name == "h1" ? nic.map { sketch.address($0) } : [])
                    ],
                    bridges: [
                        Bridge(
                            name: sketch.at("br"), addresses: name == "h1" ? bridge.map { sketch.address($0) } : [],
                            ports: [sketch.at("eth0")])
                    ])
            }
            return self.found(sketch.topology([sketch.lan("lan", "10.0.0.0/24")], hosts))
        }
        #expect(found(nic: [], bridge: ["10.0.0.1/24"]) == [])
        let message = "T0403 h1's NIC \"eth0\" is a bridge port and has an address of its own"
        #expect(found(nic: ["10.0.0.1/24"], bridge: []) == [message])
        #expect(found(nic: ["10.0.0.1/24", "10.0.0.2/24"], bridge: ["10.0.0.1/24"]) == [message])
    }

    @Test func aHostTellsGretapTunnelsApartByTheirEndsAndKey() {
        func pair(_ host: String, _ keys: UInt32?...) -> (Sketch) -> [Tunnel] {
            { sketch in keys.enumerated().map { sketch.gre("t\($0.offset)", to: host, key: $0.element) } }
        }
        #expect(found(pair("h2", nil, 0, 1), pair("h1", nil, 0, 1)) == [])
        let message = "T0404 h1's tunnels \"t0\" and \"t1\" are the same to the kernel: both lead to h2"
        #expect(found(pair("h2", nil, nil), pair("h1", nil, nil)) == [message])
        #expect(found(pair("h2", 7, 7), pair("h1", 7, 7)) == [message + " with key 7"])
    }

    @Test func overIPv6NoKeyIsKeyZero() {
        let tunnels: (String) -> (Sketch) -> [Tunnel] = { host in
            { [$0.gre("a", to: host), $0.gre("b", to: host, key: 0)] }
        }
        #expect(
            found(tunnels("h2"), tunnels("h1"), address: { "2001:db8::\($0)/64" })
                == ["T0404 h1's tunnels \"a\" and \"b\" are the same to the kernel: both lead to h2 with key 0"])
    }

    @Test func aHostTellsVXLANsApartByVNIAndPort() {
        #expect(
            found(
                {
                    [$0.vxlan("a", 42, to: "h2"), $0.vxlan("b", 43, to: "h2"), $0.vxlan("c", 42, to: "h2", port: 4790)]
                },
                { [$0.vxlan("a", 42, to: "h1"), $0.vxlan("b", 43, to: "h1"), $0.vxlan("c", 42, to: "h1", port: 4790)] })
                == [])
        #expect(
            found(
                { [$0.vxlan("a", 42, group: "239.1.1.1", dev: "eth0"), $0.vxlan("b", 42, to: "h2", port: 4789)] },
                { [$0.vxlan("a", 42, to: "h1")] })
                == ["T0404 h1's tunnels \"a\" and \"b\" have the same VNI, 42, and the same UDP port"])
    }

    @Test func ofDoubledTunnelsNothingFollows() {
        let sketch = Sketch()
        func host(_ name: String, _ far: String, _ address: String) -> Host {
            sketch.host(
                name, nics: [sketch.nic("eth0", "lan", address)],
                tunnels: [sketch.gre("a", to: far), sketch.gre("b", to: far)],
                bridges: [sketch.bridge("br", ports: ["a", "b"])])
        }
        let hosts = [host("h1", "h2", "172.16.1.1/24"), host("h2", "h1", "172.16.1.2/24")]
        #expect(check(sketch.topology([sketch.lan("lan")], hosts)).map(\.code) == [.tunnelNotUnique])
    }

    @Test func groupsAreForPrivateUse() {
        for group in ["239.0.0.1", "239.255.255.255"] {
            #expect(found(groups(1) { _ in group }, groups(1) { _ in group }) == [])
        }
        for group in ["ff02::1:1", "ff05::42", "ff08::1"] {
            #expect(found(groups(1) { _ in group }, groups(1) { _ in group }) == [])
        }
        for (group, title) in [
            ("238.255.255.255", "not for private use"), ("224.0.0.255", "for routing protocols and the like"),
            ("224.0.1.0", "not for private use"), ("ff0e::1", "not for private use"),
            ("ff01::1", "one that never leaves its interface"),
        ] {
            #expect(
                found(groups(1) { _ in group }, groups(1) { _ in group })
                    == ["T0405 multicast group \(group) is \(title)"])
        }
    }

    @Test func twentyGroupsOnAPort() {
        let all: (Int) -> String = { "239.1.1.\($0)" }
        #expect(found(groups(20, all), groups(20, all)) == [])
        #expect(
            found(groups(22, all), groups(22, all)) == [
                "T0406 h1 would be in more than 20 multicast groups",
                "T0406 h2 would be in more than 20 multicast groups",
            ])
        let port: (Int) -> UInt16? = { $0 <= 20 ? nil : 4790 }
        #expect(found(groups(25, port: port, all), groups(25, port: port, all)) == [])
        #expect(found(groups(40) { _ in "239.1.1.1" }, groups(40) { _ in "239.1.1.1" }) == [])
        #expect(found(groups(40) { "ff05::\($0)" }, groups(40) { "ff05::\($0)" }) == [])
    }

    /// A socket joins a group on a device: the same group on two is two memberships.
    @Test func aGroupOnTwoDevicesIsTwoMemberships() {
        func found(_ count: Int) -> [String] {
            let sketch = Sketch()
            let hosts = (1...2).map { number in
                let tunnels = ["eth0", "eth1"].flatMap { dev in
                    (1...count).map { group in
                        sketch.vxlan(
                            "\(dev)-\(group)", UInt32(dev == "eth0" ? group : 100 + group), group: "239.1.1.\(group)",
                            dev: dev)
                    }
                }
                return sketch.host(
                    "h\(number)",
                    nics: [
                        sketch.nic("eth0", "one", "10.0.0.\(number)/24"),
                        sketch.nic("eth1", "two", "10.0.1.\(number)/24"),
                    ], tunnels: tunnels,
                    bridges: tunnels.map { sketch.bridge("br-" + $0.name.value, ports: [$0.name.value]) })
            }
            return self.found(sketch.topology([sketch.lan("one"), sketch.lan("two")], hosts))
        }
        #expect(found(10) == [])
        #expect(found(11).map { $0.prefix(8) } == ["T0406 h1", "T0406 h2"])
    }

    @Test func aBridgeHas1023Ports() {
        func found(_ count: Int) -> [String] {
            let sketch = Sketch()
            let containers = (1...count).map {
                sketch.container("c\($0)", on: "br", "10.0.\($0 / 250).\($0 % 250 + 1)/16")
            }
            return self.found(
                sketch.topology([], [sketch.host("h1", bridges: [sketch.bridge("br")], containers: containers)]))
        }
        #expect(found(1023) == [])
        #expect(found(1024) == ["T0407 h1's bridge \"br\" has 1024 ports, but can have at most 1023"])
    }

    @Test func aLANJoinsHosts() {
        func found(routes: [String], second: Bool) -> [String] {
            let sketch = Sketch()
            let host = sketch.host(
                "h1", nics: [sketch.nic("eth0", "lan", "172.16.1.1/24")] + (second ? [sketch.nic("eth1", "lan")] : []),
                routes: routes.map { sketch.route("default", via: $0) })
            return self.found(sketch.topology([sketch.lan("lan", "172.16.1.0/24")], [host]))
        }
        #expect(found(routes: [], second: false) == ["T0408 LAN \"lan\" connects only one host"])
        #expect(found(routes: [], second: true) == ["T0408 LAN \"lan\" connects only one host"])
        #expect(found(routes: ["172.16.1.254"], second: false) == [])
    }

    @Test func aBridgeWithAnAddressAloneIsNotUsed() {
        func found(_ manager: Bridge.Manager?) -> [String] {
            let sketch = Sketch()
            return self.found(
                sketch.topology(
                    [], [sketch.host("h1", bridges: [sketch.bridge("br", "10.1.0.1/24", managedBy: manager)])]))
        }
        #expect(found(nil) == ["T0212 h1's bridge \"br\" is not used"])
        #expect(found(.existing) == [])
        #expect(found(.lxd) == [])
    }
}
