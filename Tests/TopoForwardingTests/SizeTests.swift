import Testing
import TopoForwarding
import TopoModel
import TopoPlan

@Suite struct SizeTests {
    @Test func aRouterReportsWhatIsTooBig() throws {
        var (host1, host2) = try routedHosts()
        host2.container("c5")
        try host2.veth("c5", "eth0", "10.2.0.10/30", host: "10.2.0.9/30", mtu: 1400)
        try host2.route("0.0.0.0/0", via: "10.2.0.9", in: "c5")
        let prediction = predict(network(host1, host2))
        let path = try prediction.path("host1/c1", "10.2.0.10")
        #expect(path.mtu?.size == 1400)
        #expect(path.mtu?.beyond == .reported(by: node("host2")))
        #expect(path.mtu?.interface == reference("host2", "v-c5-eth0"))
        #expect(try prediction.path("host1/c1", "10.2.0.10", size: 1400).reaches)
        let larger = try prediction.path("host1/c1", "10.2.0.10", size: 1401)
        #expect(larger.ending.reason == .tooBig(mtu: 1400, isReported: true))
        #expect(larger.ending.node == node("host2"))
        // The sender's own interface refuses.
        #expect(try prediction.path("host2/c5", "10.1.0.11").mtu?.beyond == .refused)
    }

    @Test func aBridgeDropsSilently() throws {
        // host1's containers send 1500, host2's port takes 1450.
        var host = HostBuilder("host1")
        try host.bridge()
        try host.bridged("a", "10.0.0.1/24")
        try host.bridged("b", "10.0.0.2/24", mtu: 1450)
        let plan = network(host)
        let path = try predict(plan).path("host1/a", "10.0.0.2")
        #expect(path.mtu?.size == 1450)
        #expect(path.mtu?.beyond == .vanishes)
        // Without br_netfilter there is room for a VLAN's tag.
        let bare = KernelAssumptions(bridgesFilterIP: false)
        #expect(try predict(plan, assuming: bare).path("host1/a", "10.0.0.2").mtu?.size == 1454)
        #expect(
            try predict(plan).path("host1/a", "10.0.0.2", size: 1478).ending.reason
                == .tooBig(mtu: 1450, isReported: false))
    }

    /// The answer comes back by another way than the request's, over a port of a bridge that takes less.
    @Test func anAnswerThatABridgeDropsIsLostAtThePort() throws {
        var host = HostBuilder("host1")
        host.forwards()
        for number in 0...2 { try host.bridge("br\(number)", "10.0.\(number).1/24") }
        host.container("a")
        try host.veth("a", "eth0", "10.0.0.2/24", bridge: "br0", mtu: 1450)
        try host.veth("a", "eth1", "10.0.1.2/24", bridge: "br1")
        try host.route("0.0.0.0/0", via: "10.0.1.1", in: "a")
        try host.route("10.0.1.2/32", via: "10.0.0.2")
        try host.bridged("b", "10.0.2.2/24", gateway: "10.0.2.1", bridge: "br2")
        let path = try predict(network(host)).path("host1/a", "10.0.2.2", size: 1478)
        // What the host itself sends out by the bridge passes no `br_netfilter`: a VLAN's tag has room.
        #expect(path.ending.reason == .tooBig(mtu: 1454, isReported: false))
        #expect(path.refusing == reference("host1", "v-a-eth0") && path.there.isDelivered)
    }

    @Test func gretapOverASmallerUnderlayLosesSilently() throws {
        // The tunnel believes in 1500 of underlay; the router's second LAN takes 1400.
        var hosts = Array(try tunnelOverRouter().dropLast())
        var router = HostBuilder("router", at: 9000)
        router.forwards()
        try router.nic("eth0", lan: "lan1", "172.16.1.1/24")
        try router.nic("eth1", lan: "lan2", "172.16.2.1/24", mtu: 1400)
        hosts.append(router)
        let path = try predict(network(hosts)).path("host1/c1", "10.0.0.12")
        #expect(path.mtu?.size == 1362)
        #expect(path.mtu?.beyond == .vanishes)
    }

    @Test func outerVXLANPacketsAreFragmentedOnTheWay() throws {
        var hosts = try (1...2).map { number in
            var host = HostBuilder("host\(number)", at: number * 1000)
            try host.nic("eth0", lan: "lan\(number)", "172.16.\(number).10/24", mtu: number == 2 ? 1400 : 1500)
            try host.tunnel("vxlan0", unicast("172.16.\(3 - number).10"))
            try host.bridge(mtu: 1450)
            try host.bridged("c\(number)", "10.0.0.1\(number)/24", mtu: 1450)
            try host.route("0.0.0.0/0", via: "172.16.\(number).1")
            return host
        }
        var router = HostBuilder("router", at: 9000)
        router.forwards()
        try router.nic("eth0", lan: "lan1", "172.16.1.1/24")
        try router.nic("eth1", lan: "lan2", "172.16.2.1/24", mtu: 1400)
        hosts.append(router)
        let prediction = predict(network(hosts))
        // The router breaks host1's outer packets, and host2 its own, since the answer may be broken.
        #expect(try prediction.path("host1/c1", "10.0.0.12").mtu?.size == 1450)
        // host2 answers for its own MTU where the packet may not.
        #expect(try prediction.path("host2/c2", "10.0.0.11").mtu?.size == 1350)
        #expect(try prediction.path("host2/c2", "10.0.0.11").mtu?.beyond == .reported(by: node("host2")))
    }

    @Test func aVXLANTooLargeForItsHostReports() throws {
        let hosts = try overlayHosts(mtu: 1500) { number, host in
            try host.tunnel("vxlan0", unicast("172.16.1.\(3 - number)"), mtu: 1500)
        }
        let path = try predict(network(hosts)).path("host1/c1", "10.0.0.12")
        #expect(path.mtu?.size == 1450)
        #expect(path.mtu?.beyond == .reported(by: node("host1")))
    }

    @Test func theAnswerMayBeFragmentedByRouters() throws {
        // The request goes out by 1500 everywhere; the answer's router has an interface of 1400 on the same wire.
        var a = HostBuilder("a")
        try a.nic("eth0", lan: "one", "10.1.0.1/24")
        try a.route("0.0.0.0/0", via: "10.1.0.2")
        var r = HostBuilder("r", at: 2000)
        r.forwards()
        try r.nic("eth0", lan: "one", "10.1.0.2/24")
        try r.nic("eth1", lan: "two", "10.2.0.2/24")
        var b = HostBuilder("b", at: 3000)
        try b.nic("eth0", lan: "two", "10.2.0.1/24", mtu: 1497)
        try b.route("0.0.0.0/0", via: "10.2.0.2")
        // b takes frames of 4 bytes more than its MTU, and answers in pieces.
        #expect(try predict(network(a, r, b)).path("a", "10.2.0.1").mtu?.size == 1500)
    }
}
