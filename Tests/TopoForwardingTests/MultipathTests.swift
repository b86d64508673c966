import Testing
import TopoDiagnostics
import TopoForwarding
import TopoModel
import TopoPlan

/// Routes by several routers, of which each packet takes one: what is said holds for each of them. Seen in the lab with
/// `Tests/Fixtures/Kernel/equal-ways.topo`.
@Suite struct MultipathTests {
    /// What a test changes in the square of h1 and h2 with the routers ra and rb between them.
    private struct Changes {
        /// Whether rb forwards.
        var isOpen = true
        /// The MTU of rb's NICs, and of the hosts' there.
        var mtu = 1500
        /// Where rb sends what is for h2's bridge.
        var beyond = "10.0.4.2"
        /// By which routers h2 answers.
        var back = ["10.0.2.9", "10.0.4.9"]
        /// Whether h1 and h2 have a VXLAN between their loopback addresses.
        var hasTunnel = false
        var checks: [Check] = []
    }

    private func hop(_ router: String, on interface: String) throws -> PlannedRoute.Hop {
        .init(Setting(try IPAddress(router), .derived("a test")), interface: interface)
    }

    private func network(_ changes: Changes) throws -> Plan {
        func host(_ number: Int, _ lans: (String, String), routers: [String]) throws -> HostBuilder {
            var host = HostBuilder("h\(number)", at: number * 10_000)
            host.forwards()
            try host.address("10.255.0.\(number)/32", on: "lo")
            let (left, right) = number == 1 ? (1, 3) : (2, 4)
            try host.nic("eth0", lan: lans.0, "10.0.\(left).\(number)/24")
            try host.nic("eth1", lan: lans.1, "10.0.\(right).\(number)/24", mtu: changes.mtu)
            try host.bridge("br0", "10.\(number).0.1/24")
            let far = 3 - number
            let hops = try routers.map { try hop($0, on: $0.hasSuffix(".\(left).9") ? "eth0" : "eth1") }
            let action: PlannedRoute.Action =
                hops.count > 1 ? .multipath(hops) : .via(hops[0].address, interface: hops[0].interface)
            for to in ["10.255.0.\(far)/32", "10.\(far).0.0/24"] { try host.route(to, action) }
            try host.bridged("p\(number)", "10.\(number).0.11/24", gateway: "10.\(number).0.1")
            if changes.hasTunnel {
                try host.tunnel(
                    "vx", unicast("10.255.0.\(far)"), local: "10.255.0.\(number)", dev: nil, mtu: 1450, bridge: "over")
                try host.bridge("over", ports: ["vx"], mtu: 1450)
                try host.bridged("c\(number)", "10.5.0.\(number)/24", bridge: "over", mtu: 1450)
            }
            return host
        }
        func router(_ name: String, _ place: Int, _ numbers: (Int, Int), _ lans: (String, String)) throws -> HostBuilder
        {
            let isSecond = name == "rb"
            var router = HostBuilder(name, at: place)
            if !isSecond || changes.isOpen { router.forwards() }
            let mtu = isSecond ? changes.mtu : 1500
            try router.nic("eth0", lan: lans.0, "10.0.\(numbers.0).9/24", mtu: mtu)
            try router.nic("eth1", lan: lans.1, "10.0.\(numbers.1).9/24", mtu: mtu)
            let beyond = isSecond ? changes.beyond : "10.0.2.2"
            for (to, via) in [
                ("10.255.0.1/32", "10.0.\(numbers.0).1"), ("10.255.0.2/32", beyond),
                ("10.1.0.0/24", "10.0.\(numbers.0).1"), ("10.2.0.0/24", beyond),
            ] {
                try router.route(to, via: via)
            }
            return router
        }
        return TopoForwardingTests.network(
            try host(1, ("a1", "b1"), routers: ["10.0.1.9", "10.0.3.9"]),
            try router("ra", 30_000, (1, 2), ("a1", "a2")),
            try router("rb", 40_000, (3, 4), ("b1", "b2")), try host(2, ("a2", "b2"), routers: changes.back),
            checks: changes.checks)
    }

    private func prediction(
        _ change: (inout Changes) throws -> Void = { _ in }, assuming: KernelAssumptions = .init()
    ) throws -> Prediction {
        var changes = Changes()
        try change(&changes)
        return predict(try network(changes), assuming: assuming)
    }

    private func ways(_ path: Path) -> [String] {
        ([path] + path.others).map { "\($0.way.joined(separator: " ")) | \($0.wayBack.joined(separator: " "))" }
            .sorted()
    }

    @Test func everyWayThereAndBackIsFollowed() throws {
        let path = try prediction().path("h1/p1", "10.2.0.11")
        #expect(path.reaches)
        #expect(
            ways(path) == [
                "h1 ra h2 | h2 ra h1", "h1 ra h2 | h2 rb h1", "h1 rb h2 | h2 ra h1", "h1 rb h2 | h2 rb h1",
            ])
    }

    @Test func aRouteByOneRouterHasOneWay() throws {
        let path = try prediction { $0.back = ["10.0.4.9"] }.path("h2/p2", "10.1.0.11")
        #expect(ways(path) == ["h2 rb h1 | h1 ra h2", "h2 rb h1 | h1 rb h2"])
        #expect(try prediction().path("h1/p1", "10.1.0.1").others == [])
    }

    @Test func whatOneOfTheWaysLosesIsLost() throws {
        let path = try prediction { $0.isOpen = false }.path("h1/p1", "10.2.0.11")
        #expect(!path.reaches && path.ending.node == node("rb") && path.ending.reason == .notForwarding(.ipv4))
        #expect(path.others.contains { $0.reaches })
    }

    @Test func theWayWithTheSmallestPacketsCounts() throws {
        let path = try prediction { $0.mtu = 1400 }.path("h1/p1", "10.2.0.11", size: 1400)
        #expect(path.reaches && path.mtu?.size == 1400)
        #expect(path.others.contains { $0.mtu?.size == 1500 })
        #expect(try !prediction { $0.mtu = 1400 }.path("h1/p1", "10.2.0.11", size: 1401).reaches)
    }

    /// A router that sends packets back gets the same ones again: the kernel's choice depends on their addresses alone.
    @Test func aNodeSendsAllPacketsOfOneHeaderByOneWay() throws {
        let path = try prediction { $0.beyond = "10.0.3.1" }.path("h1/p1", "10.2.0.11")
        #expect(path.ending.reason == .forwardingLoop([node("h1"), node("rb")]))
        #expect(path.others.contains { $0.reaches })
    }

    /// Either router is the way back (`fib_info_nh_uses_dev`).
    @Test(arguments: [KernelAssumptions.ReversePathFilter.strict, .loose])
    func aFilterTakesEachRouterForTheWayBack(filter: KernelAssumptions.ReversePathFilter) throws {
        let assumptions = KernelAssumptions(reversePathFilter: filter)
        #expect(try prediction(assuming: assumptions).path("h1/p1", "10.2.0.11").reaches)
        let oneWay = try prediction({ $0.back = ["10.0.4.9"] }, assuming: assumptions).path("h1/p1", "10.2.0.11")
        #expect(oneWay.reaches == (filter == .loose))
    }

    @Test func aCheckHoldsOnEachWay() throws {
        let kinds: [(Endpoint, Endpoint) -> Check.Kind] = [
            { .ping($0, $1) }, { .noPing($0, $1) }, { .mtu($0, $1, size: Located(1500, at: Span(30, 34))) },
            { .trace($0, $1, hops: ["h1", "ra", "h2"].map { Located($0, at: Span(30, 32)) }) },
        ]
        func messages(_ number: Int, _ change: (inout Changes) -> Void = { _ in }) throws -> [String] {
            try prediction {
                change(&$0)
                $0.checks = [check(kinds[number], "h1/p1", "h2/p2")]
            }.diagnostics.map(\.message)
        }
        #expect(try messages(0) == [])
        #expect(try messages(0) { $0.isOpen = false } == ["check cannot hold: \"h1/p1\" does not reach \"h2/p2\""])
        // Of what must not pass, one way is too many.
        #expect(try messages(1) { $0.isOpen = false } == ["check cannot hold: \"h1/p1\" reaches \"h2/p2\""])
        #expect(try messages(2) == [])
        #expect(
            try messages(2) { $0.mtu = 1400 } == [
                "check cannot hold: from \"h1/p1\" to \"h2/p2\" packets of up to 1400 bytes pass"
            ])
        #expect(try messages(3) == ["check cannot hold: packets from \"h1/p1\" to \"h2/p2\" go by h1, rb, h2"])
    }

    /// Which way a packet takes at run time is not known.
    @Test func nothingIsExpectedUnaskedWhereSomeWaysAreLost() throws {
        func expectations(_ change: (inout Changes) -> Void) throws -> [TopoPlan.Expectation] {
            try prediction(change).expectations.filter { $0.source == node("h1/p1") && $0.target == node("h2/p2") }
        }
        let all = try expectations { _ in }
        #expect(all.map(\.isToReach) == [true] && all[0].tellsOfLarger)
        let some = try expectations { $0.isOpen = false }
        #expect(some == [])
        let unequal = try expectations { $0.mtu = 1400 }
        #expect(unequal.map(\.isToReach) == [true] && !unequal[0].tellsOfLarger)
    }

    @Test func aTunnelsOuterPacketsTakeEachWayToo() throws {
        let path = try prediction {
            $0.hasTunnel = true
            $0.mtu = 1400
        }.path("h1/c1", "10.5.0.2")
        let tunnel = try #require(path.encapsulations.first)
        #expect(([tunnel.outer] + tunnel.others).map(\.routers) == [[node("rb")], [node("ra")]])
        #expect(path.reaches && path.mtu?.size == 1350 && path.others == [])
        let lost = try prediction {
            $0.hasTunnel = true
            $0.isOpen = false
        }.path("h1/c1", "10.5.0.2")
        guard case .underlayFails(_, .notForwarding(.ipv4), at: node("rb")) = lost.ending.reason else {
            Issue.record("\(lost.words)")
            return
        }
    }

    @Test func aCheckOnALANIsOfEachOuterWay() throws {
        let kind: (Endpoint, Endpoint) -> Check.Kind = {
            .encapsulated(
                $0, $1, on: Located("a1", at: Span(30, 32)), as: Located(TunnelType.vxlan, at: Span(34, 36)))
        }
        let found = try prediction {
            $0.hasTunnel = true
            $0.checks = [check(kind, "h1/c1", "h2/c2")]
        }.diagnostics
        #expect(
            found.map(\.message) == ["check cannot hold: packets from \"h1/c1\" to \"h2/c2\" do not cross \"a1\""])
    }
}
