import Testing
import TopoDiagnostics
import TopoForwarding
import TopoModel
import TopoPlan

@Suite struct RoutedTests {
    @Test func goesByBothRoutersAndBack() throws {
        let (host1, host2) = try routedHosts()
        let path = try predict(network(host1, host2)).path("host1/c1", "10.2.0.2")
        #expect(path.reaches)
        #expect(path.way == ["host1", "host2"])
        #expect(path.wayBack == ["host2", "host1"])
        #expect(path.sourceAddress == (try IPAddress("10.1.0.11")))
        #expect(path.there.hops.map(\.ttl) == [64, 63, 62, 62])
        #expect(
            path.there.hops.map(\.nextHop) == (try ["10.1.0.1", "172.16.1.2", "10.2.0.2"].map(IPAddress.init)) + [nil])
        #expect(path.mtu?.size == 1500)
        #expect(path.mtu?.beyond == .refused)
    }

    @Test func staysOnTheBridge() throws {
        let (host1, host2) = try routedHosts()
        let path = try predict(network(host1, host2)).path("host1/c1", "10.1.0.12")
        #expect(path.reaches)
        #expect(path.way.isEmpty)
        #expect(
            path.steps == [
                .veth(from: reference("host1/c1", "eth0"), to: reference("host1", "v-c1-eth0")),
                .bridge(reference("host1", "lxdbr0"), from: "v-c1-eth0", to: "v-c2-eth0"),
                .veth(from: reference("host1", "v-c2-eth0"), to: reference("host1/c2", "eth0")),
            ])
    }

    @Test func defaultRoutesThatPointAtEachOtherLoop() throws {
        let (host1, host2) = try routedHosts()
        let prediction = predict(network(host1, host2))
        let path = try prediction.path("host1/c1", "8.8.8.8")
        #expect(path.ending.reason == .forwardingLoop([node("host1"), node("host2")]))
        // A router's own packets that come back to it are dropped as forged.
        let own = try prediction.path("host1", "8.8.8.8")
        #expect(own.ending.reason == .ownSource(try IPAddress("172.16.1.1")))
        #expect(own.ending.node == node("host1"))
    }

    @Test func unreachableAndBlackholeRoutesEndTheWay() throws {
        for (action, reason) in try [
            (PlannedRoute.Action.unreachable, StopReason.unreachableRoute(Prefix("10.0.0.0/8"))),
            (.blackhole, .blackholeRoute(Prefix("10.0.0.0/8"))),
        ] {
            var (host1, host2) = try routedHosts()
            try host2.route("10.0.0.0/8", action)
            let place = host2.last
            let prediction = predict(network(host1, host2))
            let path = try prediction.path("host1/c1", "10.2.0.99")
            #expect(path.ending == Ending.expected(reason, "host2", place))
            // The longer prefix still wins.
            #expect(try !prediction.path("host1/c1", "10.2.0.2").reaches)
            #expect(try prediction.path("host1/c1", "10.2.0.2").there.isDelivered)
            try host2.route("10.1.0.0/24", via: "172.16.1.1")
            #expect(try predict(network(host1, host2)).path("host1/c1", "10.2.0.2").reaches)
        }
    }

    @Test func missingForwardingThereAndBack() throws {
        var router = HostBuilder("host1")
        try router.bridge("br0", "10.1.0.1/24")
        try router.bridge("br1", "10.2.0.1/24")
        try router.bridged("a", "10.1.0.2/24", gateway: "10.1.0.1")
        try router.bridged("b", "10.2.0.2/24", gateway: "10.2.0.1", bridge: "br1")
        let path = try predict(network(router)).path("host1/a", "10.2.0.2")
        #expect(path.ending.reason == .notForwarding(.ipv4))
        #expect(path.ending.node == node("host1"))
        // The router's own addresses answer all the same, on whichever interface they are.
        #expect(try predict(network(router)).path("host1/a", "10.2.0.1").reaches)
        router.forwards([.ipv4], false)
        #expect(try predict(network(router)).path("host1/a", "10.2.0.2").ending.origin == router.last)
        router.forwards([.ipv6])
        #expect(try !predict(network(router)).path("host1/a", "10.2.0.2").reaches)
        router.forwards([.ipv4])
        #expect(try predict(network(router)).path("host1/a", "10.2.0.2").reaches)
    }

    @Test func missingRouteBack() throws {
        var router = HostBuilder("host1")
        router.forwards()
        try router.bridge("br0", "10.1.0.1/24")
        try router.bridge("br1", "10.2.0.1/24")
        try router.bridged("a", "10.1.0.2/24", gateway: "10.1.0.1")
        try router.bridged("b", "10.2.0.2/24", bridge: "br1")
        let path = try predict(network(router)).path("host1/a", "10.2.0.2")
        #expect(path.there.isDelivered)
        #expect(!path.reaches)
        #expect(path.ending.reason == .noRoute(try IPAddress("10.1.0.2")))
        #expect(path.words == "no way back: host1/b has no route to 10.1.0.2")
        #expect(
            try predict(network(router)).path("host1/b", "10.1.0.2").ending.reason == .noRoute(IPAddress("10.1.0.2")))
    }

    @Test func nextHopsThatNobodyHasOrThatAreNotOnLink() throws {
        var host = HostBuilder("host1")
        try host.bridge("br0", "10.1.0.1/24")
        try host.bridged("a", "10.1.0.2/24", gateway: "10.1.0.9")
        try host.bridged("b", "10.1.0.3/24", gateway: "10.9.0.1")
        try host.bridged("c", "10.1.0.4/24", gateway: "10.1.0.4")
        let prediction = predict(network(host))
        #expect(
            try prediction.path("host1/a", "8.8.8.8").ending.reason
                == .neighbourUnanswered(IPAddress("10.1.0.9"), interface: "eth0"))
        #expect(try prediction.path("host1/b", "8.8.8.8").ending.reason == .invalidNextHop(IPAddress("10.9.0.1")))
        #expect(try prediction.path("host1/c", "8.8.8.8").ending.reason == .invalidNextHop(IPAddress("10.1.0.4")))
    }

    @Test func containerAsRouterBetweenTwoBridges() throws {
        var host = HostBuilder("host1")
        try host.bridge("br0")
        try host.bridge("br1")
        host.container("r")
        try host.veth("r", "eth0", "10.1.0.1/24", bridge: "br0")
        try host.veth("r", "eth1", "10.2.0.1/24", bridge: "br1")
        host.forwards(in: "r")
        try host.bridged("a", "10.1.0.2/24", gateway: "10.1.0.1")
        try host.bridged("b", "10.2.0.2/24", gateway: "10.2.0.1", bridge: "br1")
        let path = try predict(network(host)).path("host1/a", "10.2.0.2")
        #expect(path.reaches)
        #expect(path.way == ["host1/r"])
        #expect(path.there.hops[1].inInterface == "eth0")
        #expect(path.there.hops[1].outInterface == "eth1")
    }

    /// Scripts make routes with `ip route replace`: of the same destination and metric the last one stays.
    @Test func lowestMetricThenLastWins() throws {
        var (host1, host2) = try routedHosts()
        try host1.route("10.2.0.0/30", via: "172.16.1.77", metric: 50)
        try host1.route("10.2.0.0/30", via: "172.16.1.78", metric: 20)
        try host1.route("10.2.0.0/30", via: "172.16.1.2", metric: 20)
        #expect(try predict(network(host1, host2)).path("host1/c1", "10.2.0.2").reaches)
        try host1.route("10.2.0.0/30", via: "172.16.1.79", metric: 20)
        #expect(try !predict(network(host1, host2)).path("host1/c1", "10.2.0.2").reaches)
    }

    @Test func slash31Works() throws {
        var host = HostBuilder("host1")
        host.forwards()
        try host.pointToPoint("a", "10.2.0.0/31", "10.2.0.1/31")
        try host.pointToPoint("b", "10.2.0.2/31", "10.2.0.3/31")
        let path = try predict(network(host)).path("host1/a", "10.2.0.3")
        #expect(path.reaches)
        #expect(path.way == ["host1"])
    }

    @Test func reversePathFilterIsAnAssumption() throws {
        var a = HostBuilder("a")
        try a.nic("eth0", lan: "one", "10.1.0.1/24")
        try a.nic("eth1", lan: "two", "10.2.0.1/24")
        try a.route("10.9.0.0/24", via: "10.1.0.2")
        var b = HostBuilder("b", at: 5000)
        try b.nic("eth0", lan: "one", "10.1.0.2/24")
        try b.nic("eth1", lan: "two", "10.2.0.2/24")
        try b.nic("eth2", lan: nil, "10.9.0.1/24")
        try b.route("10.1.0.1/32", via: "10.2.0.1")
        let plan = network(a, b)
        #expect(try predict(plan).path("a", "10.9.0.1").reaches)
        let strict = predict(plan, assuming: .init(reversePathFilter: .strict))
        #expect(try strict.path("a", "10.9.0.1").ending.reason == .reversePathFiltered(IPAddress("10.1.0.1")))
        let loose = predict(plan, assuming: .init(reversePathFilter: .loose))
        #expect(try loose.path("a", "10.9.0.1").reaches)
    }

    /// `fib_validate_source` takes a route that refuses for none.
    @Test(arguments: [PlannedRoute.Action.blackhole, .unreachable])
    func aRouteThatRefusesIsNoWayBackForALooseFilter(action: PlannedRoute.Action) throws {
        var a = HostBuilder("a")
        try a.nic("eth0", lan: "one", "10.1.0.1/24")
        try a.nic("eth1", lan: "two", "10.2.0.1/24")
        try a.route("10.9.0.0/24", via: "10.1.0.2")
        var b = HostBuilder("b", at: 5000)
        try b.nic("eth0", lan: "one", "10.1.0.2/24")
        try b.nic("eth2", lan: nil, "10.9.0.1/24")
        try b.route("10.1.0.1/32", action)
        let path = try predict(network(a, b), assuming: .init(reversePathFilter: .loose)).path("a", "10.9.0.1")
        #expect(path.there.ending.reason == .reversePathFiltered(try IPAddress("10.1.0.1")))
        #expect(path.there.ending.node == node("b"))
    }
}
