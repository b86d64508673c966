import Testing
import TopoModel
import TopoNetwork

/// From which addresses, by which interfaces and between which ends the packets of tunnels go.
@Suite struct UnderlayWayTests {
    /// A host that has a tunnel, since nobody asks for an underlay where there is none.
    private func host(
        _ name: String, _ nics: [NIC], _ routes: [Route] = [], _ tunnels: [Tunnel]? = nil, bridges: [Bridge] = []
    ) throws -> Host {
        let usual = [try gretap("t", to: end("b", "192.0.2.1"))]
        return Host(name: at(name), nics: nics, bridges: bridges, tunnels: tunnels ?? usual, routes: routes)
    }

    @Test func theSourceIsTheInterfacesAddressOfTheNextHopsSubnet() throws {
        let one = Underlay(of: topology([try host("a", [try nic(0, "10.1.0.1/24", "10.2.0.1/24")])], lans: [1500]))
        #expect(one.source(on: "a", towards: try IPAddress("10.2.0.9"))?.address.description == "10.2.0.1/24")
        #expect(one.source(on: "a", towards: try IPAddress("10.1.0.9"))?.address.description == "10.1.0.1/24")
    }

    @Test func aLinkLocalAddressIsTheSourceForLinkLocalOnesAlone() throws {
        let routes = [try route("fd00:2::/64", via: "fe80::9", dev: "eth0")]
        let one = Underlay(
            of: topology([try host("a", [try nic(0, "fe80::1/64", "fd00::1/64")], routes)], lans: [1500]))
        #expect(one.source(on: "a", towards: try IPAddress("fd00:2::9"))?.address.description == "fd00::1/64")
    }

    @Test func aWayLeadsOverSeveralHosts() throws {
        let hosts = [
            try host("a", [try nic(0, "10.0.0.1/24")], [try route("10.1.0.0/24", via: "10.0.0.2")]),
            try host("r", [try nic(0, "10.0.0.2/24"), try nic(1, "10.1.0.2/24")]),
            try host("b", [try nic(1, "10.1.0.3/24")]),
        ]
        let way = Underlay(of: topology(hosts, lans: [1500, 1500])).ways(from: "a", to: try IPAddress("10.1.0.3"))
        #expect(way == [.init(host: "a", interface: "eth0"), .init(host: "r", interface: "eth1")])
    }

    /// By each of several next hops; where the ways meet again it is followed once.
    @Test func ofSeveralWaysEachIsFollowed() throws {
        let several = Route(
            to: at(try Prefix("10.9.0.0/24")),
            action: .multipath(
                try ["10.0.0.2", "10.1.0.2"].map { NextHop(span: at($0).span, address: try IPAddress($0)) }))
        let hosts = [
            try host("a", [try nic(0, "10.0.0.1/24"), try nic(1, "10.1.0.1/24")], [several]),
            try host("r", [try nic(0, "10.0.0.2/24"), try nic(2, "10.9.0.2/24")]),
            try host("s", [try nic(1, "10.1.0.2/24"), try nic(3, "10.9.0.3/24")]),
            try host("b", [try nic(2, "10.9.0.9/24")]),
        ]
        let ways = Underlay(of: topology(hosts, lans: [1500, 1500, 1500, 1500])).ways(
            from: "a", to: try IPAddress("10.9.0.9"))
        #expect(
            ways.map { "\($0.host) \($0.interface)" } == ["a eth0", "a eth1", "r eth2", "s eth3"])
    }

    @Test func twoHostsDoNotMeetByLinkLocalAddresses() throws {
        func one(_ name: String, _ number: Int, to far: String) throws -> Host {
            try host(
                name, [try nic(number, "fe80::\(number)/64"), try nic(3, "10.0.0.\(number)/24")], [],
                [try gretap("t", to: end(far))])
        }
        let hosts = [try one("a", 1, to: "b"), try one("b", 2, to: "a")]
        let found = Underlay(of: topology(hosts, lans: [1500, 1500, 1500, 1500])).addresses(
            of: hosts[0].tunnels[0], on: hosts[0])
        #expect("\(found.local.map { "\($0)" } ?? "") > \(found.remotes[0].address)" == "10.0.0.1 > 10.0.0.2")
    }

    /// An end is where the other sends to, although its own packets leave by another interface.
    @Test func anEndIsTheAddressThatTheOtherNames() throws {
        func local(_ far: String?) throws -> String? {
            let hosts = [
                try host(
                    "a", [try nic(0, "10.1.0.1/24"), try nic(1, "10.2.0.1/24")], [],
                    [try gretap("t", to: end("b", "10.2.0.2"))]),
                try host(
                    "b", [try nic(1, "10.2.0.2/24", "10.3.0.2/24")], [],
                    [try gretap("t", to: end("a", "10.1.0.1"), local: far)]),
            ]
            return Underlay(of: topology(hosts, lans: [1500, 1500])).addresses(of: hosts[0].tunnels[0], on: hosts[0])
                .local.map { "\($0)" }
        }
        #expect(try local(nil) == "10.1.0.1")
        #expect(try local("10.2.0.2") == "10.1.0.1")
        // That one is another tunnel's end.
        #expect(try local("10.3.0.2") == "10.2.0.1")
    }
}
