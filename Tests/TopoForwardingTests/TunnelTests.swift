import Testing
import TopoDiagnostics
import TopoForwarding
import TopoModel
import TopoPlan

@Suite struct TunnelTests {
    @Test func gretapOverALAN() throws {
        let hosts = try overlayHosts(mtu: 1462) { number, host in
            try host.gretap(from: "172.16.1.\(number)", to: "172.16.1.\(3 - number)")
        }
        let path = try predict(network(hosts)).path("host1/c1", "10.0.0.12")
        #expect(path.reaches)
        #expect(path.way.isEmpty)
        #expect(path.mtu?.size == 1462)
        let tunnel = try #require(path.encapsulations.first)
        #expect(tunnel.carrier == .gretap(key: nil))
        #expect(tunnel.overhead == 38)
        #expect(tunnel.destination == (try IPAddress("172.16.1.2")))
        #expect(
            tunnel.outer.hops.flatMap(\.link) == [
                .lan("internal", from: reference("host1", "eth0"), to: reference("host2", "eth0"))
            ])
    }

    @Test func keysMustMatch() throws {
        let hosts = try overlayHosts { number, host in
            try host.gretap(from: "172.16.1.\(number)", to: "172.16.1.\(3 - number)", key: UInt32(number))
        }
        let path = try predict(network(hosts)).path("host1/c1", "10.0.0.12")
        // Nobody is joined to host1's segment.
        #expect(path.ending.reason == .neighbourUnanswered(try IPAddress("10.0.0.12"), interface: "eth0"))
    }

    /// Each host lists its two tunnels in an order of its own: what joins them is the key.
    @Test func theKeyTellsTwoTunnelsOfTwoHostsApart() throws {
        let hosts = try (1...2).map { number in
            var host = HostBuilder("host\(number)", at: number * 1000)
            try host.nic("eth0", lan: "internal", "172.16.1.\(number)/24")
            for key in number == 1 ? [1, 2] : [2, 1] {
                try host.gretap(
                    "tun\(key)", from: "172.16.1.\(number)", to: "172.16.1.\(3 - number)", key: UInt32(key), mtu: 1458,
                    bridge: "br\(key)")
                try host.bridge("br\(key)", mtu: 1458)
                try host.bridged("c\(key)", "10.0.\(key).\(number)/24", bridge: "br\(key)", mtu: 1458)
            }
            return host
        }
        let prediction = predict(network(hosts))
        for key in 1...2 {
            let path = try prediction.path("host1/c\(key)", "10.0.\(key).2")
            #expect(path.reaches)
            #expect(path.encapsulations.map(\.carrier) == [.gretap(key: UInt32(key))])
            #expect(path.encapsulations.map(\.overhead) == [42])
        }
    }

    @Test func multicastVXLANJoinsOneLAN() throws {
        let hosts = try overlayHosts(3) { _, host in try host.tunnel("vxlan0", multicast("239.1.1.42")) }
        let path = try predict(network(hosts)).path("host1/c1", "10.0.0.13")
        #expect(path.reaches)
        #expect(path.encapsulations.map(\.overhead) == [50])
        #expect(path.mtu?.size == 1450)
    }

    @Test func groupsIdentifiersAndLANsKeepVXLANsApart() throws {
        let others = try overlayHosts(2) { number, host in
            try host.tunnel("vxlan0", multicast(number == 1 ? "239.1.1.42" : "239.1.1.43"))
        }
        #expect(try !predict(network(others)).path("host1/c1", "10.0.0.12").reaches)
        let identifiers = try overlayHosts(2) { number, host in
            try host.tunnel("vxlan0", multicast("239.1.1.42", vni: UInt32(number)))
        }
        #expect(try !predict(network(identifiers)).path("host1/c1", "10.0.0.12").reaches)
    }

    /// A group on another LAN is another group: two VXLANs of one number are joined where their devices are. Here the hosts
    /// have a second way, by NICs that are ports of the bridges, which would make a loop.
    @Test func oneGroupOnTwoLANsJoinsNothing() throws {
        let hosts = try (1...2).map { number in
            var host = HostBuilder("host\(number)", at: number * 1000)
            try host.nic("eth0", lan: "lan\(number)", "172.16.\(number).10/24")
            try host.nic("eth1", lan: "both", bridge: "br0")
            try host.tunnel("vxlan0", multicast("239.1.1.42"))
            try host.bridge(ports: ["eth1"], mtu: 1450)
            try host.bridged("c\(number)", "10.0.0.1\(number)/24", mtu: 1450)
            return host
        }
        let path = try predict(network(hosts)).path("host1/c1", "10.0.0.12")
        #expect(path.reaches && path.encapsulations.isEmpty)
    }

    @Test func multicastDoesNotCrossARouter() throws {
        var hosts = try (1...2).map { number in
            var host = HostBuilder("host\(number)", at: number * 1000)
            try host.nic("eth0", lan: "lan\(number)", "172.16.\(number).10/24")
            try host.tunnel("vxlan0", multicast("239.1.1.42"), ttl: 8)
            try host.bridge(mtu: 1450)
            try host.bridged("c\(number)", "10.0.0.1\(number)/24", mtu: 1450)
            try host.route("0.0.0.0/0", via: "172.16.\(number).1")
            return host
        }
        var router = HostBuilder("router", at: 9000)
        router.forwards()
        try router.nic("eth0", lan: "lan1", "172.16.1.1/24")
        try router.nic("eth1", lan: "lan2", "172.16.2.1/24")
        hosts.append(router)
        #expect(try !predict(network(hosts)).path("host1/c1", "10.0.0.12").reaches)
        #expect(try predict(network(hosts)).path("host1", "172.16.2.10").reaches)
    }

    @Test func multicastAcrossSubnetsOfOneLANNeedsARouteForTheAnswers() throws {
        let hosts = try overlayHosts(2, subnet: { "172.16.\($0).1/24" }) { _, host in
            try host.tunnel("vxlan0", multicast("239.1.1.42"))
        }
        let path = try predict(network(hosts)).path("host1/c1", "10.0.0.12")
        guard case .underlayFails(_, .noRoute, _) = path.ending.reason else {
            Issue.record("\(path.ending.reason)")
            return
        }
    }

    @Test func unicastVXLANDoesNotPassOnFromOneEndToAnother() throws {
        // A star: host2 knows both others, they know only host2.
        let hosts = try overlayHosts(3) { number, host in
            let remotes = number == 2 ? try unicast("172.16.1.1", "172.16.1.3") : try unicast("172.16.1.2")
            try host.tunnel("vxlan0", remotes)
        }
        let prediction = predict(network(hosts))
        #expect(try prediction.path("host1/c1", "10.0.0.12").reaches)
        #expect(try prediction.path("host2/c2", "10.0.0.13").reaches)
        #expect(
            try prediction.path("host1/c1", "10.0.0.13").ending.reason
                == .noLayer2Path(IPAddress("10.0.0.13"), interface: "eth0"))
    }

    @Test func unicastVXLANFullMesh() throws {
        let hosts = try overlayHosts(4) { number, host in
            let remotes = try (1...4).filter { $0 != number }.map {
                Setting(try IPAddress("172.16.1.\($0)"), .derived(""))
            }
            try host.tunnel("vxlan0", .vxlan(vni: 7, flood: .remotes(remotes), port: 4789))
        }
        let prediction = predict(network(hosts))
        for from in 1...4 {
            for to in 1...4 where to != from {
                #expect(try prediction.path("host\(from)/c\(from)", "10.0.0.1\(to)").reaches)
            }
        }
    }

    @Test func gretapOverARoutedUnderlay() throws {
        let path = try predict(network(try tunnelOverRouter())).path("host1/c1", "10.0.0.12")
        #expect(path.reaches)
        #expect(path.way.isEmpty)
        let tunnel = try #require(path.encapsulations.first)
        #expect(tunnel.outer.routers == [node("router")])
        #expect(path.mtu?.size == 1462)
    }

    @Test func aTunnelFailsWithItsUnderlay() throws {
        let path = try predict(network(try tunnelOverRouter(forwards: false))).path("host1/c1", "10.0.0.12")
        #expect(
            path.ending.reason
                == .underlayFails(
                    tunnel: reference("host1", "tun0"), .notForwarding(.ipv4), at: node("router")))
    }

    /// The answer's outer packets start with the TTL of the far end. Where they are lost nobody learns the far MAC, so that
    /// the request is lost too.
    @Test(arguments: [(64, 1, "host2"), (1, 64, "host1")])
    func eachEndsOuterPacketsHaveItsOwnTTL(near: Int, far: Int, lost: String) throws {
        let path = try predict(network(try tunnelOverRouter(ttl: near, farTTL: far))).path("host1/c1", "10.0.0.12")
        #expect(
            path.there.ending.reason
                == .underlayFails(tunnel: reference(lost, "tun0"), .timeToLiveExceeded, at: node("router")))
    }

    @Test func aTraceThroughAGretapNeedsATTLOfItsOwn() throws {
        // traceroute's first probe has TTL 1, and its outer packet has too: the underlay's router drops it.
        let probe = check({ .trace($0, $1, hops: []) }, "host1/c1", "host2/c2")
        #expect(predict(network(try tunnelOverRouter(), checks: [probe])).diagnostics.map(\.code) == [.checkCannotHold])
        #expect(predict(network(try tunnelOverRouter(ttl: 64), checks: [probe])).diagnostics.isEmpty)
    }

    @Test func aTunnelInAnother() throws {
        // A VXLAN between the addresses that the hosts have on the gretap's bridge.
        let hosts = try (1...2).map { number in
            var host = HostBuilder("host\(number)", at: number * 1000)
            try host.nic("eth0", lan: "internal", "172.16.1.\(number)/24")
            try host.gretap(from: "172.16.1.\(number)", to: "172.16.1.\(3 - number)")
            try host.tunnel("vxlan0", unicast("192.168.0.\(3 - number)"), dev: "br0", mtu: 1412, bridge: "br1")
            try host.bridge("br0", "192.168.0.\(number)/24", mtu: 1462)
            try host.bridge("br1", mtu: 1412)
            try host.bridged("c\(number)", "10.0.0.1\(number)/24", bridge: "br1", mtu: 1412)
            return host
        }
        let path = try predict(network(hosts)).path("host1/c1", "10.0.0.12")
        #expect(path.reaches)
        #expect(path.mtu?.size == 1412)
        let outer = try #require(path.encapsulations.first)
        let innermost = outer.outer.hops.flatMap(\.link).compactMap { step in
            if case .tunnel(let encapsulation) = step { encapsulation.overhead } else { nil }
        }
        #expect(innermost == [38])
    }

    /// Each of two tunnels has its ends on the other. What is found of the second while the first is followed holds only
    /// there, and isn't remembered.
    @Test func whyTwoTunnelsInEachOtherFailIsSaidOfTheOneThatIsAskedFor() throws {
        let hosts = try (1...2).map { number in
            var host = HostBuilder("host\(number)", at: number * 1000)
            for (tunnel, own, other) in [("tun0", "10.0.0", "10.1.0"), ("tun1", "10.1.0", "10.0.0")] {
                try host.gretap(tunnel, from: "\(other).\(number)", to: "\(other).\(3 - number)", bridge: nil)
                try host.address("\(own).\(number)/24", on: tunnel)
            }
            return host
        }
        let prediction = predict(network(hosts))
        var finder = Pathfinder(prediction)
        for address in ["10.0.0.2", "10.1.0.2", "10.0.0.2"] {
            let alone = try prediction.path("host1", address)
            let after = finder.path(from: 0, to: try IPAddress(address))
            #expect(!alone.reaches && after.ending == alone.ending)
        }
    }

    @Test func aTunnelThroughItselfEnds() throws {
        // The far end's address is on the bridge that the tunnel is a port of.
        let hosts = try (1...2).map { number in
            var host = HostBuilder("host\(number)", at: number * 1000)
            try host.gretap(from: "10.0.0.\(number)", to: "10.0.0.\(3 - number)")
            try host.bridge("br0", "10.0.0.\(number)/24")
            try host.bridged("c\(number)", "10.0.0.1\(number)/24")
            return host
        }
        let path = try predict(network(hosts)).path("host1/c1", "10.0.0.12")
        #expect(!path.reaches)
        #expect(path.words.contains("would run through itself"))
    }
}
