import Testing
import TopoModel
import TopoNetwork

/// What is behind the gateway of a LAN that nobody of the topology has.
@Suite struct OutsideTests {
    private static func lan(_ name: String, _ subnets: [String], gateways: [String] = []) throws -> LAN {
        LAN(
            name: at(name), subnets: try subnets.map { at(try Prefix($0)) },
            gateways: try gateways.map { at(try IPAddress($0)) })
    }

    private static func outsides(_ lans: [LAN], _ hosts: [Host]) -> [Outside] {
        let topology = Topology(name: at("net"), runtime: .netns, lans: lans, hosts: hosts)
        return Outside.all(of: topology, segments: Segments(of: topology))
    }

    @Test func everyAddressIsBehindItButThoseOfTheTopology() throws {
        let lans = [
            try Self.lan("lan0", ["203.0.113.0/24", "2001:db8:113::/64"], gateways: ["203.0.113.1"]),
            try Self.lan("lan1", ["172.16.1.0/24"]),
        ]
        let host = Host(
            name: at("h"),
            nics: [try nic(0, "203.0.113.10/24"), try nic(1, "172.16.1.1/24")], bridges: [try bridge(0)],
            containers: [try container("c", ["10.1.0.11/24", "10.1.0.12/25"])])
        let outside = try #require(Self.outsides(lans, [host]).first)
        #expect(outside.lan == "lan0")
        #expect(outside.addresses.map(\.description) == ["203.0.113.1/24"])
        #expect(outside.subnets.map(\.description) == ["203.0.113.0/24"], "of the gateway's family")
        #expect(outside.unknown.map(\.description) == ["10.1.0.0/24", "172.16.1.0/24"], "each once, without its parts")
        for address in ["198.51.100.7", "8.8.8.8", "10.1.1.0", "203.0.112.255"] {
            #expect(outside.holds(try IPAddress(address)), "\(address)")
        }
        // The LAN's, another subnet's, one of a family without a gateway, and what no router passes on.
        for address in [
            "203.0.113.200", "10.1.0.200", "172.16.1.255", "2001:db8:ffff::1", "127.0.0.1", "169.254.0.1", "224.0.0.1",
            "255.255.255.255", "0.0.0.0",
        ] {
            #expect(!outside.holds(try IPAddress(address)), "\(address)")
        }
    }

    /// Each end of each of several subnets is looked up, and what is between them.
    @Test func ofManySubnetsEachIsKnown() throws {
        let lans =
            [try Self.lan("lan0", ["203.0.113.0/24"], gateways: ["203.0.113.1"])]
            + (try (0..<9).map { try Self.lan("other\($0)", ["10.\($0 * 2).0.0/16"]) })
        let outside = try #require(Self.outsides(lans, []).first)
        #expect(outside.unknown.count == 9)
        for number in 0..<9 {
            #expect(!outside.holds(try IPAddress("10.\(number * 2).0.0")))
            #expect(!outside.holds(try IPAddress("10.\(number * 2).255.255")))
            #expect(outside.holds(try IPAddress("10.\(number * 2 + 1).0.0")))
            #expect(outside.holds(try IPAddress("10.\(number * 2 + 1).255.255")))
        }
    }

    @Test func ofIPv6ItIsTheSame() throws {
        let lans = [try Self.lan("lan0", ["2001:db8:113::/64"], gateways: ["2001:db8:113::1"])]
        let outside = try #require(Self.outsides(lans, []).first)
        #expect(outside.holds(try IPAddress("2001:db8:ffff::7")))
        for address in ["2001:db8:113::9", "fe80::1", "ff02::1", "::1", "::", "::ffff:192.0.2.1", "192.0.2.1"] {
            #expect(!outside.holds(try IPAddress(address)), "\(address)")
        }
        #expect(outside.example(.ipv6)?.description == "2001:db8:ffff::7")
        #expect(outside.example(.ipv4) == nil)
    }

    /// An example is behind the router: where the topology has one block for documents, it is of another.
    @Test func theExampleIsNoAddressOfTheTopology() throws {
        let lans = [
            try Self.lan("lan0", ["203.0.113.0/24"], gateways: ["203.0.113.1"]),
            try Self.lan("lan1", ["198.51.100.0/24"]),
        ]
        let outside = try #require(Self.outsides(lans, []).first)
        #expect(outside.example(.ipv4)?.description == "192.0.2.7")
    }

    @Test func aGatewayOfTheTopologyIsThatNode() throws {
        let lans = [
            try Self.lan("lan0", ["203.0.113.0/24"], gateways: ["203.0.113.1"]),
            try Self.lan("lan1", ["172.16.1.0/24"], gateways: ["172.16.1.1"]),
        ]
        // lan0's gateway is on the wire by a tunnelled or bridged member as well; lan1's address is had elsewhere only.
        let host = Host(
            name: at("h"), nics: [try nic(0, "203.0.113.1/24")], bridges: [try bridge(0, "172.16.1.1/24")])
        #expect(Self.outsides(lans, [host]).map(\.lan) == ["lan1"])
    }

    @Test func aGatewayInNoSubnetOfItsLANLeadsNowhere() throws {
        let lans = [try Self.lan("lan0", ["203.0.113.0/24"], gateways: ["203.0.112.1"])]
        #expect(Self.outsides(lans, []) == [])
    }

    /// The LAN may have a subnet within a wider one of another place: it is still the LAN's.
    @Test func aWiderSubnetElsewhereDoesNotHideTheLANs() throws {
        let lans = [
            try Self.lan("lan0", ["10.1.0.0/24"], gateways: ["10.1.0.1"]), try Self.lan("lan1", ["10.0.0.0/8"]),
        ]
        let outside = try #require(Self.outsides(lans, []).first)
        #expect(outside.subnets.map(\.description) == ["10.1.0.0/24"])
        #expect(outside.unknown.map(\.description) == ["10.0.0.0/8"])
    }

    // MARK: - Gateways

    private static func gateways(
        of container: Container, bridge: Bridge, forwards: Bool = false, lan: LAN, others: [Host] = []
    ) -> [String] {
        let host = Host(
            name: at("h"), forwarding: forwards ? at(true) : nil,
            nics: [NIC(name: at("eth0"), lan: at("lan0"), addresses: [])], bridges: [bridge], containers: [container])
        let topology = Topology(name: at("net"), runtime: .netns, lans: [lan], hosts: [host] + others)
        return Gateways(Segments(of: topology)).gateways(of: container, on: host).map { "\($0.address)" }
    }

    @Test func whoIsBridgedIntoTheLANHasItsGateway() throws {
        let lan = try Self.lan(
            "lan0", ["203.0.113.0/24", "2001:db8:113::/64"], gateways: ["203.0.113.1", "2001:db8:113::1"])
        let both = try container("c", ["203.0.113.21/24", "2001:db8:113::21/64"])
        let bare = try bridge(0, ports: ["eth0"])
        #expect(Self.gateways(of: both, bridge: bare, lan: lan) == ["203.0.113.1", "2001:db8:113::1"])
        // A router too, for it is the way out; not who has the address itself, nor who is in another subnet.
        let router = try container("c", ["203.0.113.21/24"], forwards: true)
        #expect(Self.gateways(of: router, bridge: bare, lan: lan) == ["203.0.113.1"])
        #expect(Self.gateways(of: try container("c", ["203.0.113.1/24"]), bridge: bare, lan: lan) == [])
        #expect(Self.gateways(of: try container("c", ["10.0.0.2/24"]), bridge: bare, lan: lan) == [])
    }

    @Test func theHostThatRoutesForAContainerComesBefore() throws {
        let lan = try Self.lan("lan0", ["203.0.113.0/24"], gateways: ["203.0.113.1"])
        let own = try container("c", ["203.0.113.21/24"])
        let routing = try bridge(0, "203.0.113.20/24", ports: ["eth0"])
        #expect(Self.gateways(of: own, bridge: routing, forwards: true, lan: lan) == ["203.0.113.20"])
        #expect(Self.gateways(of: own, bridge: routing, lan: lan) == ["203.0.113.1"])
        // And before another router of the segment.
        let other = Host(name: at("r"), forwarding: at(true), nics: [try nic(0, "203.0.113.30/24")])
        #expect(Self.gateways(of: own, bridge: routing, lan: lan, others: [other]) == ["203.0.113.1"])
    }

    /// Who does not forward has a static default route by the only router, and there is another one.
    @Test func withAForeignRouterNoDefaultRouteIsMade() throws {
        func defaults(_ gateways: [String]) throws -> Int {
            let lan = try Self.lan("lan0", ["203.0.113.0/24"], gateways: gateways)
            let router = Host(
                name: at("r"), forwarding: at(true),
                nics: [try nic(0, "203.0.113.30/24")], bridges: [try bridge(0, "10.0.0.1/24")])
            let host = Host(name: at("h"), nics: [try nic(0, "203.0.113.10/24")])
            let topology = Topology(
                name: at("net"), runtime: .netns, lans: [lan], hosts: [router, host], routing: at(.static))
            return StaticRoutes(of: topology).routes.filter { $0.host == "h" }.flatMap(\.ways).count
        }
        #expect(try defaults([]) == 1)
        #expect(try defaults(["203.0.113.1"]) == 0)
        #expect(try defaults(["203.0.113.30"]) == 1, "the gateway is the router itself")
    }
}
