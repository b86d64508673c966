import Testing
import TopoDiagnostics
import TopoForwarding
import TopoModel
import TopoPlan

/// Rules of Linux that decide who answers: seen in the lab with `Tests/Fixtures/Kernel`.
@Suite struct KernelRuleTests {
    private func answers(_ prediction: Prediction, _ source: String, _ address: String) throws -> Bool {
        try prediction.path(source, address).reaches
    }

    /// A container with an interface on each of two bridges, which does not forward, and one behind the second.
    @Test func aNodeAnswersForAllItsAddressesOnEveryInterface() throws {
        var host = HostBuilder("host1")
        try host.bridge("br0", "10.1.0.1/24")
        try host.bridge("br1")
        host.container("m")
        try host.veth("m", "eth0", "10.1.0.11/24", bridge: "br0")
        try host.veth("m", "eth1", "10.2.0.11/24", "fd02::11/64", bridge: "br1")
        host.container("o")
        try host.veth("o", "eth0", "10.2.0.13/24", "fd02::13/64", bridge: "br1")
        try host.route("10.1.0.0/24", via: "10.2.0.11", in: "o")
        let prediction = predict(network(host))
        #expect(try answers(prediction, "host1/o", "10.1.0.11"))
        #expect(try prediction.path("host1/o", "10.1.0.1").ending.reason == .notForwarding(.ipv4))
    }

    @Test func anIPv6AddressWithoutACarrierIsNobodys() throws {
        for hasPort in [false, true] {
            var host = HostBuilder("host1")
            host.forwards([.ipv4, .ipv6])
            try host.bridge("br0", "10.1.0.1/24", "fd01::1/64")
            try host.bridge("lo0", "192.0.2.1/32", "fd09::1/64")
            try host.nic("eth9", lan: nil, "192.0.2.2/32", "fd08::1/64", bridge: hasPort ? "lo0" : nil)
            host.container("a")
            try host.veth("a", "eth0", "10.1.0.11/24", "fd01::11/64", bridge: "br0")
            try host.route("0.0.0.0/0", via: "10.1.0.1", in: "a")
            try host.route("::/0", via: "fd01::1", in: "a")
            let prediction = predict(network(host))
            for address in ["10.1.0.1", "fd01::1", "192.0.2.1", "192.0.2.2"] {
                #expect(try answers(prediction, "host1/a", address), "\(address)")
            }
            // A NIC on no LAN has no carrier, and gives a bridge none.
            #expect(try !answers(prediction, "host1/a", "fd09::1"))
            #expect(try !answers(prediction, "host1/a", "fd08::1"))
            #expect(try !answers(prediction, "host1", "fd09::1"))
        }
    }

    @Test func aBridgeHasTheCarrierOfItsPorts() throws {
        var host = HostBuilder("host1")
        host.forwards([.ipv6])
        try host.bridge("br0", "fd01::1/64")
        try host.nic("eth0", lan: "internal", bridge: "br1")
        try host.bridge("br1", "fd02::1/64", ports: ["eth0"])
        host.container("a")
        try host.veth("a", "eth0", "fd01::11/64", bridge: "br0")
        try host.route("::/0", via: "fd01::1", in: "a")
        let prediction = predict(network(host))
        #expect(try answers(prediction, "host1/a", "fd01::1"))
        #expect(try answers(prediction, "host1/a", "fd02::1"))
    }

    /// Two links with `fe80::/64`; a router that has one link-local address on both.
    @Test func linkLocalAddressesBelongToTheirLink() throws {
        var host = HostBuilder("host1")
        host.forwards([.ipv6])
        try host.bridge("br0", "fe80::1/64", "fd01::1/64")
        try host.bridge("br1", "fe80::1/64", "fd02::1/64")
        host.container("a")
        try host.veth("a", "eth0", "fe80::11/64", "fd01::11/64", bridge: "br0")
        try host.route("::/0", .via(Setting(IPAddress("fe80::1"), .derived("a test")), interface: "eth0"), in: "a")
        host.container("b")
        try host.veth("b", "eth0", "fe80::12/64", bridge: "br1")
        try host.veth("b", "eth1", "fd02::12/64", bridge: "br1")
        try host.route("::/0", via: "fe80::1", in: "b")
        let prediction = predict(network(host))
        let path = try prediction.path("host1/a", "fe80::1")
        #expect(path.reaches && path.zone == "eth0" && path.target == "fe80::1%eth0" && path.routers.isEmpty)
        #expect(path.mtu?.size == 1500)
        #expect(try prediction.path("host1", "fe80::12").zone == "br1")
        #expect(try answers(prediction, "host1", "fe80::12"))
        #expect(try !answers(prediction, "host1/a", "fe80::12"))
        #expect(try !answers(prediction, "host1/b", "fe80::11"))
        // A route by it: from the global address, since a link-local one is for nobody beyond the link.
        let far = try prediction.path("host1/a", "fd02::1")
        let own = try IPAddress("fd01::11")
        #expect(far.reaches && far.sourceAddress == own && far.zone == nil)
        let refused = try IPAddress("fe80::1")
        #expect(try prediction.path("host1/b", "fd01::11").ending.reason == .invalidNextHop(refused))
    }

    @Test func pairsAreAskedByGlobalAddressesAlone() throws {
        var host = HostBuilder("host1")
        try host.bridge()
        for (name, number) in [("a", 1), ("b", 2)] {
            host.container(name)
            try host.veth(name, "eth0", "fe80::1\(number)/64", "fd01::1\(number)/64", bridge: "br0")
        }
        host.container("c")
        try host.veth("c", "eth0", "fe80::13/64", bridge: "br0")
        let expectations = predict(network(host)).expectations
        #expect(Set(expectations.map { "\($0.address)" }) == ["fd01::11", "fd01::12"])
        #expect(expectations.count == 2)
    }

    @Test func vxlansAreToldApartByTheFamilyOfTheUnderlay() throws {
        let hosts = try (1...2).map { number in
            var host = HostBuilder("host\(number)", at: number * 1000)
            try host.nic("eth0", lan: "internal", "172.16.1.\(number)/24", "fd10::\(number)/64")
            try host.tunnel("vx4", unicast("172.16.1.\(3 - number)"), bridge: "br4")
            try host.tunnel("vx6", unicast("fd10::\(3 - number)"), bridge: "br6")
            for name in ["4", "6"] {
                try host.bridge("br\(name)", mtu: 1430)
                try host.bridged("c\(name)", "10.\(name).0.\(number)/24", bridge: "br\(name)", mtu: 1430)
            }
            return host
        }
        let prediction = predict(network(hosts))
        for (name, overhead) in [("4", 50), ("6", 70)] {
            let path = try prediction.path("host1/c\(name)", "10.\(name).0.2")
            #expect(path.reaches && path.encapsulations.map(\.overhead) == [overhead])
        }
    }

    /// Each host has a tunnel, a bridge with an address on it, a tunnel to that address, and so on.
    @Test(arguments: [
        (1, 2, true), (2, 2, true), (3, 2, false), (3, 4, true), (4, 4, true), (5, 4, false), (2, 1, false),
    ])
    func tunnelsInTunnels(count: Int, levels: Int, isAnswered: Bool) throws {
        let hosts = try (1...2).map { number in
            var host = HostBuilder("host\(number)", at: number * 1000)
            try host.nic("eth0", lan: "internal", "10.0.0.\(number)/24")
            for level in 1...count {
                let far = "10.\(level - 1).0.\(3 - number)"
                try host.tunnel(
                    "vx\(level)", unicast(far, vni: UInt32(level)), dev: nil, mtu: 1500 - 50 * level,
                    bridge: "br\(level)")
                try host.bridge("br\(level)", "10.\(level).0.\(number)/24", mtu: 1500 - 50 * level)
            }
            return host
        }
        let prediction = predict(network(hosts), assuming: .init(tunnelLevels: levels))
        let path = try prediction.path("host1", "10.\(count).0.2")
        #expect(path.reaches == isAnswered)
        if !isAnswered {
            #expect(path.words.contains("vx\(count) runs through others"))
            // What the tunnels below carry arrives.
            #expect(try answers(prediction, "host1", "10.\(count - 1).0.2"))
        }
    }

    /// A way over LANs of MTU 600, 300 and 68.
    @Test func aPingComesInPiecesWhereItsSenderLearnsTheMTU() throws {
        var hosts = (1...3).map { HostBuilder("host\($0)", at: $0 * 1000) }
        try hosts[0].nic("eth0", lan: "a", "10.0.1.1/24", mtu: 600)
        try hosts[0].route("0.0.0.0/0", via: "10.0.1.2")
        hosts[1].forwards()
        try hosts[1].nic("eth0", lan: "a", "10.0.1.2/24", mtu: 600)
        try hosts[1].nic("eth1", lan: "b", "10.0.2.1/24", mtu: 68)
        try hosts[2].nic("eth0", lan: "b", "10.0.2.2/24", mtu: 68)
        try hosts[2].route("0.0.0.0/0", via: "10.0.2.1")
        let check = check({ .ping($0, $1) }, "host1", "host3")
        let prediction = predict(network(hosts, checks: [check]))
        #expect(prediction.diagnostics.isEmpty)
        guard case .reaches(let hops, let mtu) = try #require(prediction.expectations.first).result else {
            Issue.record("it is predicted to fail")
            return
        }
        #expect(hops.map(\.name) == ["host2"] && mtu == 68)
        let whole = try prediction.path("host1", "10.0.2.2")
        #expect(!whole.reaches && whole.telling == .reported(by: node("host2")) && whole.mtu?.size == 68)
        var finder = Pathfinder(prediction)
        #expect(finder.path(from: 0, to: 2, .ipv4)?.reaches == true)
    }

    /// A LAN's own MTU drops without a word: no piece gets through, since nobody learns to make any.
    @Test func aPingThatVanishesStaysLost() throws {
        var hosts = (1...2).map { HostBuilder("host\($0)", at: $0 * 1000) }
        for number in 0..<2 { try hosts[number].nic("eth0", lan: "a", "10.0.1.\(number + 1)/24", mtu: 600) }
        let check = check({ .ping($0, $1) }, "host1", "host2")
        let prediction = predict(network(hosts, mtu: 70, checks: [check]))
        #expect(prediction.diagnostics.map(\.code) == [.checkCannotHold])
    }

    /// As `ip route get` says on Linux, whichever address is given last: 3 is the label of `::/96`, and 4 that of `::ffff:0:0/96`.
    @Test(
        arguments: [
            ("::9:9", ["fd00::1", "::9:1", "2001:db8::1"], "::9:1"),
            ("fd01::9", ["fd00::1", "::9:1", "2001:db8::1"], "fd00::1"),
            ("2001:db8:1::9", ["fd00::1", "::9:1", "2001:db8::1"], "2001:db8::1"),
            ("9000::9", ["fd00::1", "::9:1"], "fd00::1"),
            ("9000::9", ["fd00::1", "4000::1"], "4000::1"), ("::ffff:9.9.9.9", ["4000::1", "::9:1"], "::9:1"),
        ])
    func sourcesByTheLabelsOfLinux(destination: String, addresses: [String], source: String) throws {
        for order in [addresses, addresses.reversed()] {
            var host = HostBuilder("host1")
            try host.bridge()
            host.container("a")
            try host.veth("a", "eth0", bridge: "br0")
            for address in order { try host.address("\(address)/112", on: "eth0", in: "a") }
            try host.route("::/0", .dev("eth0"), in: "a")
            #expect(try predict(network(host)).path("host1/a", destination).sourceAddress == IPAddress(source))
        }
    }

    @Test func ipv6FromAMappedAddressIsDropped() throws {
        var host = HostBuilder("host1")
        try host.bridge("br0", "::ffff:10.0.0.1/120")
        try host.bridged("a", "::ffff:10.0.0.11/120")
        let ending = try predict(network(host)).path("host1/a", "::ffff:10.0.0.1").ending
        let source = try IPAddress("::ffff:10.0.0.11")
        #expect(ending.reason == .mappedSource(source) && ending.node == node("host1"))
    }
}
