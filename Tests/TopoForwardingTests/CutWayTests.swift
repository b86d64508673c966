import Testing
import TopoForwarding
import TopoModel
import TopoPlan

/// A packet that is too large is followed to where it is stopped, and no further.
@Suite struct CutWayTests {
    @Test func theSendersOwnKernelRefuses() throws {
        let (host1, host2) = try routedHosts()
        let path = try predict(network(host1, host2)).path("host1/c1", "10.2.0.2", size: 9000)
        #expect(path.there.hops.map(\.node) == [node("host1/c1")])
        #expect(path.there.ending.reason == .tooBig(mtu: 1500, isReported: true))
        #expect(path.back == nil)
        #expect(path.telling == .refused)
        #expect(path.mtu?.size == 1500)
    }

    @Test func aRouterStopsWhatItsNextLinkDoesNotTake() throws {
        var (host1, host2) = try routedHosts()
        host2.container("c5")
        try host2.veth("c5", "eth0", "10.2.0.10/30", host: "10.2.0.9/30", mtu: 1400)
        try host2.route("0.0.0.0/0", via: "10.2.0.9", in: "c5")
        let path = try predict(network(host1, host2)).path("host1/c1", "10.2.0.10", size: 1401)
        #expect(path.there.hops.map(\.node) == [node("host1/c1"), node("host1"), node("host2")])
        #expect(path.there.hops.last?.outInterface == nil)
        #expect(path.telling == .reported(by: node("host2")))
        #expect(path.refusing == reference("host2", "v-c5-eth0"))
        #expect(path.ending == path.there.ending)
    }

    @Test func aBridgePortEndsIt() throws {
        var host = HostBuilder("host1")
        try host.bridge()
        try host.bridged("a", "10.0.0.1/24")
        try host.bridged("b", "10.0.0.2/24", mtu: 1450)
        let path = try predict(network(host)).path("host1/a", "10.0.0.2", size: 1478)
        #expect(path.there.hops.map(\.node) == [node("host1/a"), node("host1")])
        #expect(path.there.hops.first?.link.count == 2, "the veth pair and the bridge")
        #expect(path.telling == .vanishes)
        #expect(!path.reaches)
    }

    /// The outer packet of a gretap gets as far as the router whose next LAN is too small.
    @Test func anOuterPacketIsFollowedToItsEnd() throws {
        var hosts = Array(try tunnelOverRouter().dropLast())
        var router = HostBuilder("router", at: 9000)
        router.forwards()
        try router.nic("eth0", lan: "lan1", "172.16.1.1/24")
        try router.nic("eth1", lan: "lan2", "172.16.2.1/24", mtu: 1400)
        hosts.append(router)
        let path = try predict(network(hosts)).path("host1/c1", "10.0.0.12", size: 1400)
        #expect(path.ending.reason == .tooBig(mtu: 1362, isReported: false))
        #expect(path.ending.node == node("host1"))
        let tunnel = try #require(path.encapsulations.first)
        #expect(tunnel.outer.hops.map(\.node) == [node("host1"), node("router")])
        #expect(tunnel.outer.ending.reason == .tooBig(mtu: 1400, isReported: false))
        #expect(path.telling == .vanishes)
    }

    @Test func whatIsNotTooLargeIsNotCut() throws {
        let (host1, host2) = try routedHosts()
        let path = try predict(network(host1, host2)).path("host1/c1", "10.2.0.2", size: 1500)
        #expect(path.reaches)
        #expect(path.telling == nil)
        #expect(path.there.hops.count == 4)
    }
}
