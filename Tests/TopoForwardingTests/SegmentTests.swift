import Testing
import TopoForwarding
import TopoModel
import TopoPlan

@Suite struct SegmentTests {
    @Test func bridgedHostsAreOneSegment() throws {
        let path = try predict(network(try bridgedHosts())).path("host1/c11", "10.0.0.22")
        #expect(path.reaches)
        #expect(path.way.isEmpty)
        #expect(
            path.steps == [
                .veth(from: reference("host1/c11", "eth0"), to: reference("host1", "v-c11-eth0")),
                .bridge(reference("host1", "br0"), from: "v-c11-eth0", to: "eth0"),
                .lan("internal", from: reference("host1", "eth0"), to: reference("host2", "eth0")),
                .bridge(reference("host2", "br0"), from: "eth0", to: "v-c22-eth0"),
                .veth(from: reference("host2", "v-c22-eth0"), to: reference("host2/c22", "eth0")),
            ])
    }

    @Test func ofTwoWhoHaveAnAddressTheOneOnTheAskersHostAnswers() throws {
        let hosts = try (1...2).map { number in
            var host = HostBuilder("host\(number)", at: number * 1000)
            try host.nic(bridge: "br0")
            try host.bridge("br0", "10.0.0.1/24", ports: ["eth0"])
            try host.bridged("c\(number)", "10.0.0.1\(number)/24")
            return host
        }
        let prediction = predict(network(hosts))
        for number in 1...2 {
            let path = try prediction.path("host\(number)/c\(number)", "10.0.0.1")
            #expect(path.there.ending.node == reference("host\(number)", "br0").node)
        }
    }

    @Test func whatIsBehindANICOfALANThatIsNotPromiscuousIsCutOff() throws {
        let prediction = predict(network(try bridgedHosts(), isPromiscuous: false))
        #expect(try prediction.path("host1/c11", "10.0.0.12").reaches)
        let path = try prediction.path("host1/c11", "10.0.0.21")
        #expect(path.ending.reason == .notPromiscuous(lan: "internal", nic: reference("host2", "eth0")))
    }

    @Test func aBridgeWithItsNICsMACIsReachedAllTheSame() throws {
        let mac = try MACAddress("02:00:00:00:00:07")
        var host1 = HostBuilder("host1")
        try host1.nic("eth0", lan: "internal", "10.0.0.1/24")
        var host2 = HostBuilder("host2", at: 5000)
        try host2.nic("eth0", lan: "internal", bridge: "br0", mac: mac)
        try host2.bridge("br0", "10.0.0.2/24", ports: ["eth0"], mac: mac)
        #expect(try predict(network([host1, host2], isPromiscuous: false)).path("host1", "10.0.0.2").reaches)
    }

    @Test func anAddressIsAnsweredForOnAnyInterface() throws {
        var host = HostBuilder("host1")
        try host.nic("eth0", lan: nil, "172.16.1.1/24")
        try host.bridge()
        try host.bridged("a", "10.0.0.1/24")
        try host.route("172.16.1.0/24", .dev("eth0"), in: "a")
        // ARP is answered by the bridge without an address; the answer to the ping has no way.
        let path = try predict(network(host)).path("host1/a", "172.16.1.1")
        #expect(path.there.isDelivered)
        #expect(path.ending.reason == .noRoute(try IPAddress("10.0.0.1")))
        try host.route("10.0.0.0/24", .dev("br0"))
        #expect(try predict(network(host)).path("host1/a", "172.16.1.1").reaches)
    }

    @Test func neighbourDiscoveryAnswersForTheInterfaceOnly() throws {
        var host = HostBuilder("host1")
        try host.nic("eth0", "2001:db8:5::1/64")
        try host.bridge("br0", "2001:db8:1::ff/64")
        try host.bridged("a", "2001:db8:1::1/64")
        try host.route("2001:db8:5::/64", .dev("eth0"), in: "a")
        #expect(
            try predict(network(host)).path("host1/a", "2001:db8:5::1").ending.reason
                == .neighbourUnanswered(IPAddress("2001:db8:5::1"), interface: "eth0"))
        try host.route(
            "2001:db8:5::/64", .via(Setting(IPAddress("2001:db8:1::ff"), .derived("")), interface: nil), in: "a",
            metric: 5)
        #expect(try predict(network(host)).path("host1/a", "2001:db8:5::1").reaches)
    }

    @Test func twoSubnetsOnOneBridgeNeedARouter() throws {
        var host = HostBuilder("host1")
        host.forwards()
        try host.bridge("br0", "10.1.0.1/24", "10.2.0.1/24")
        try host.bridged("a", "10.1.0.2/24", gateway: "10.1.0.1")
        try host.bridged("b", "10.2.0.2/24", gateway: "10.2.0.1")
        let path = try predict(network(host)).path("host1/a", "10.2.0.2")
        #expect(path.reaches)
        #expect(path.way == ["host1"])
    }

    @Test func version6IsRouted() throws {
        var host = HostBuilder("host1")
        try host.bridge("br0", "2001:db8:1::1/64")
        try host.bridge("br1", "2001:db8:2::1/64")
        try host.bridged("a", "2001:db8:1::2/64")
        try host.bridged("b", "2001:db8:2::2/64", bridge: "br1")
        try host.route("::/0", via: "2001:db8:1::1", in: "a")
        try host.route("::/0", via: "2001:db8:2::1", in: "b")
        host.forwards([.ipv4])
        #expect(try predict(network(host)).path("host1/a", "2001:db8:2::2").ending.reason == .notForwarding(.ipv6))
        host.forwards([.ipv6])
        let path = try predict(network(host)).path("host1/a", "2001:db8:2::2")
        #expect(path.reaches)
        #expect(path.way == ["host1"])
        #expect(path.mtu?.size == 1500)
    }

    @Test func aLoopEnds() throws {
        for stp in [false, true] {
            let hosts = try (1...2).map { number in
                var host = HostBuilder("host\(number)", at: number * 1000)
                try host.nic("eth0", lan: "one", bridge: "br0")
                try host.nic("eth1", lan: "two", bridge: "br0")
                try host.bridge(ports: ["eth0", "eth1"], stp: stp && number == 1)
                try host.bridged("c\(number)", "10.0.0.\(number)/24")
                return host
            }
            let path = try predict(network(hosts)).path("host1/c1", "10.0.0.2")
            #expect(path.reaches == stp)
            if !stp { #expect(path.ending.reason == .layer2Loop(interface: "eth0")) }
        }
    }

    @Test func aNodeReachesItself() throws {
        let path = try predict(network(try bridgedHosts())).path("host1/c11", "10.0.0.11")
        #expect(path.reaches)
        #expect(path.steps.isEmpty)
        #expect(
            try predict(network(try bridgedHosts())).path("host1/c11", "10.0.0.99").ending.reason
                == .neighbourUnanswered(IPAddress("10.0.0.99"), interface: "eth0"))
    }

    @Test func unknownNodesHaveNoPath() throws {
        #expect(predict(network(try bridgedHosts())).path(from: node("host9"), to: try IPAddress("10.0.0.1")) == nil)
    }
}
