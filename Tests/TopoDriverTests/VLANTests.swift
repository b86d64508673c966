import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoForwarding
import TopoModel
import TopoPlan

/// What VLANs come to: who reaches whom by which way, with which MTU, and what is found.
@Suite struct VLANTests {
    /// Two hosts with bridges that tell VLANs apart, joined by a LAN, and whatever else.
    private func text(
        trunk: String = "tagged: [10, 20]", far: String = "tagged: [10, 20]", own: String = "", host: String = "",
        one: String = "", other: String = "", bridge: String = "vlan-filtering: true"
    ) -> String {
        """
        topology: vlans
        runtime: netns
        lans: {wire: {}}
        hosts:
          host1:
            forwarding: true
            nics: {eth0: {lan: wire}}
            bridges: {br0: {\(bridge), \(own) ports: {eth0: {\(trunk)}}}}
            \(host)
            containers:
              c1: {bridge: br0, vlan: 10, address: 10.0.0.1/24}
              d1: {bridge: br0, vlan: 20, address: 10.0.0.1/24}
              \(one)
          host2:
            nics: {eth0: {lan: wire}}
            bridges: {br0: {vlan-filtering: true, ports: {eth0: {\(far)}}}}
            containers:
              c2: {bridge: br0, vlan: 10, address: 10.0.0.2/24}
              d2: {bridge: br0, vlan: 20, address: 10.0.0.2/24}
              \(other)
        """
    }

    private func plan(_ text: String) throws -> Plan {
        try #require(examine(OutsideTests.source(text), despiteErrors: true).output).plan
    }

    private func path(_ text: String, _ source: String, _ address: String) throws -> Path {
        try OutsideTests.path(text, source, address)
    }

    private func end(_ text: String, _ source: String, _ address: String) throws -> String {
        let path = try path(text, source, address)
        return path.reaches ? "\(path.there.ending.node)" : path.ending.reason.kind
    }

    private func codes(_ text: String) throws -> [String] { try OutsideTests.codes(text) }

    @Test func twoVLANsHaveTheSameAddressesAndNeverMeet() throws {
        #expect(try codes(text()) == [])
        #expect(try end(text(), "host1/c1", "10.0.0.2") == "host2/c2")
        #expect(try end(text(), "host1/d1", "10.0.0.2") == "host2/d2")
        #expect(try end(text(), "host2/d2", "10.0.0.1") == "host1/d1")
    }

    @Test func theWayShowsTheTagOnTheWireAndTheVLANInTheBridge() throws {
        let steps = try path(text(), "host1/d1", "10.0.0.2").there.hops[0].link
        let tags = steps.map { step -> Int? in
            switch step {
            case .veth(let vlan, _, _), .bridge(_, let vlan, _, _), .lan(_, let vlan, _, _): vlan
            case .tunnel(let tunnel): tunnel.vlan
            }
        }
        #expect(tags == [nil, 20, 20, 20, nil])
    }

    @Test(arguments: ["", "vlan: 10", "tagged: [11-19]", "tagged: [9, 21]"])
    func whatATrunkDoesNotPassIsLost(trunk: String) throws {
        #expect(try end(text(trunk: trunk), "host1/d1", "10.0.0.2") != "host2/d2")
    }

    @Test func aRangePassesItsEndsAndWhatIsBetween() throws {
        #expect(try end(text(trunk: "tagged: [10-20]"), "host1/c1", "10.0.0.2") == "host2/c2")
        #expect(try end(text(trunk: "tagged: [10-20]"), "host1/d1", "10.0.0.2") == "host2/d2")
    }

    /// A frame leaves without a tag, and is taken for the other end's native VLAN.
    @Test func nativeVLANsThatDifferAreOne() throws {
        let mixed = text(trunk: "vlan: 10", far: "vlan: 20")
        #expect(try end(mixed, "host1/c1", "10.0.0.2") == "host2/d2")
        #expect(try codes(mixed).contains("T0416"))
        #expect(try codes(text(trunk: "vlan: 10, tagged: 20", far: "vlan: 10, tagged: 20")) == [])
    }

    @Test func theGatewayIsTheHostsAddressInTheContainersVLAN() throws {
        let routed = text(
            host: """
                vlans:
                      br0.10: {link: br0, address: 10.0.0.254/24}
                      br0.20: {link: br0, address: 10.0.0.253/24}
                """)
        let plan = try plan(routed)
        func gateways(_ container: String) -> [String] {
            plan.hosts[0].routes(of: .container(container)).map { RouteDescription($0).text }
        }
        #expect(gateways("c1") == ["0.0.0.0/0 via 10.0.0.254"])
        #expect(gateways("d1") == ["0.0.0.0/0 via 10.0.0.253"])
    }

    @Test func theBridgesOwnAddressIsInItsOwnVLAN() throws {
        let own = text(own: "vlan: 20, address: 10.0.0.9/24,")
        #expect(try end(own, "host2/d2", "10.0.0.9") == "host1")
        #expect(try end(own, "host2/c2", "10.0.0.9") != "host1")
        #expect(try codes(text(own: "address: 10.0.0.9/24,")).contains("T0417"))
    }

    @Test func aTrunkIntoAContainerMeetsItsVLANInterfaces() throws {
        let text = text(
            other: """
                r: {gateway: none, interfaces: {eth0: {bridge: br0, tagged: 10}}, vlans: {v10: {link: eth0, address: 10.0.0.7/24}}}
                """)
        #expect(try codes(text) == [])
        #expect(try end(text, "host1/c1", "10.0.0.7") == "host2/r")
        #expect(try path(text, "host1/c1", "10.0.0.7").there.hops.last?.inInterface == "v10")
    }

    @Test func aPortWithoutVLANsAndOneAloneAreTold() throws {
        #expect(try codes(text(one: "e: {bridge: br0, address: 10.0.0.8/24}")) == ["T0417"])
        #expect(try codes(text(one: "e: {bridge: br0, vlan: 30, address: 10.0.0.8/24}")) == ["T0417"])
        #expect(try codes(text(far: "tagged: [10]")).contains("T0417"))
    }

    @Test(arguments: ["vlan-filtering: false", "stp: false"])
    func aBridgeThatDoesNotFilterHasNoVLANs(bridge: String) throws {
        #expect(try codes(text(bridge: bridge)).filter { $0 == "T0414" }.count == 3)
    }

    @Test func twoTrunksBetweenTwoBridgesAreALoopOfEachVLANOnBoth() throws {
        func doubled(_ second: String) -> String {
            """
            topology: ring
            runtime: netns
            lans: {one: {}, two: {}}
            hosts:
              host1:
                nics: {eth0: {lan: one}, eth1: {lan: two}}
                bridges: {br0: {vlan-filtering: true, ports: {eth0: {tagged: 10}, eth1: {tagged: \(second)}}}}
                containers: {c1: {bridge: br0, vlan: 10, address: 10.0.0.1/24}, d1: {bridge: br0, vlan: \(second), address: 10.0.1.1/24}}
              host2:
                nics: {eth0: {lan: one}, eth1: {lan: two}}
                bridges: {br0: {vlan-filtering: true, ports: {eth0: {tagged: 10}, eth1: {tagged: \(second)}}}}
                containers: {c2: {bridge: br0, vlan: 10, address: 10.0.0.2/24}, d2: {bridge: br0, vlan: \(second), address: 10.0.1.2/24}}
            """
        }
        #expect(try codes(doubled("20")) == [])
        #expect(try end(doubled("20"), "host1/c1", "10.0.0.2") == "host2/c2")
        #expect(try codes(doubled("10")).filter { $0 == "T0401" }.count == 1)
        #expect(try end(doubled("10"), "host1/c1", "10.0.0.2") != "host2/c2")
    }

    /// A tag is nothing on Ethernet, and 4 bytes in a tunnel; frames without one have the tunnel's own MTU.
    @Test func aTagInATunnelCostsFourBytes() throws {
        let text = """
            topology: over
            runtime: netns
            lans: {wire: {subnet: 192.0.2.0/24}}
            hosts:
              host1:
                nics: {eth0: {lan: wire, address: 192.0.2.1/24}}
                tunnels: {vx: {type: vxlan, vni: 7, remote: host2}}
                bridges: {br0: {vlan-filtering: true, ports: {vx: {vlan: 1, tagged: 10}}}}
                containers:
                  c1: {bridge: br0, vlan: 10, address: 10.0.0.1/24}
                  n1: {bridge: br0, vlan: 1, address: 10.0.1.1/24}
              host2:
                nics: {eth0: {lan: wire, address: 192.0.2.2/24}}
                tunnels: {vx: {type: vxlan, vni: 7, remote: host1, address: 10.0.1.2/24}}
                vlans: {vx.10: {link: vx, address: 10.0.0.2/24}}
            """
        let hosts = try plan(text).hosts
        #expect(hosts[0].tunnels[0].mtu.value == 1450 && hosts[0].bridges[0].mtu.value == 1450)
        #expect(hosts[0].veths.map(\.mtu.value) == [1446, 1450])
        #expect(hosts[1].vlans(of: .host).map(\.mtu.value) == [1446])
        #expect(try path(text, "host1/c1", "10.0.0.2").mtu?.size == 1446)
        #expect(try path(text, "host1/n1", "10.0.1.2").mtu?.size == 1450)
    }

    @Test func anMTUAboveTheLinksIsAnError() throws {
        let text = { (mtu: Int) in
            """
            topology: large
            runtime: netns
            lans: {wire: {}}
            hosts:
              host1:
                nics: {eth0: {lan: wire, mtu: 1400}}
                vlans: {eth0.10: {link: eth0, mtu: \(mtu), address: 10.0.0.1/24}}
              host2:
                nics: {eth0: {lan: wire, mtu: 1400}}
                vlans: {eth0.10: {link: eth0, address: 10.0.0.2/24}}
            """
        }
        #expect(try codes(text(1400)) == [])
        #expect(try codes(text(1401)) == ["T0601"])
    }

    @Test func anIdentifierIsWrittenOrTheNamesOwn() throws {
        func found(_ vlan: String) throws -> [String] {
            let text = """
                topology: names
                runtime: netns
                lans: {wire: {}}
                hosts:
                  host1: {nics: {eth0: {lan: wire}}, vlans: {\(vlan)}}
                  host2: {nics: {eth0: {lan: wire}}, vlans: {eth0.30: {link: eth0, address: 10.0.0.2/24}}}
                """
            return try codes(text) + plan(text).hosts[0].vlans(of: .host).map { "\($0.name) \($0.id)" }
        }
        #expect(try found("eth0.30: {link: eth0, address: 10.0.0.1/24}") == ["eth0.30 30"])
        #expect(try found("lab: {link: eth0, id: 30, address: 10.0.0.1/24}") == ["lab 30"])
        #expect(try found("v1..v2: {link: eth0, address: 10.0.0.1/24}").suffix(2) == ["v1 1", "v2 2"])
    }
}

/// A route in the words of the plan.
private struct RouteDescription {
    let text: String

    init(_ route: PlannedRoute) {
        guard case .via(let hop, _) = route.action else {
            text = "\(route.destination)"
            return
        }
        text = "\(route.destination) via \(hop.value)"
    }
}
