import Testing
import TopoDiagnostics
import TopoDriver
import TopoForwarding
import TopoModel
import TopoPlan

/// VLANs where bridges, tunnels, loops and routers meet.
@Suite struct VLANCornerTests {
    private func topology(_ lans: String, _ one: String, _ other: String) -> String {
        """
        topology: corner
        runtime: netns
        lans: {\(lans)}
        hosts:
          host1: {\(one)}
          host2: {\(other)}
        """
    }

    private func path(_ text: String, _ source: String, _ address: String) throws -> Path {
        try OutsideTests.path(text, source, address)
    }

    private func codes(_ text: String) throws -> [String] { try OutsideTests.codes(text) }

    /// Two hosts with two LANs between bridges that tell VLANs apart.
    private func ring(stp: Bool = true, _ first: String, _ second: String, more: String = "") -> String {
        func host(_ number: Int, _ first: String) -> String {
            "nics: {eth0: {lan: one}, eth1: {lan: two}}, "
                + "bridges: {br0: {vlan-filtering: true, stp: \(stp), ports: {eth0: {tagged: [\(first)]}, eth1: {tagged: [\(second)]}}}}, "
                + "containers: {c\(number): {bridge: br0, vlan: 10, address: 10.0.0.\(number)/24}}"
        }
        return topology("one: {}, two: {}", host(1, first + more), host(2, first))
    }

    /// Where the protocol runs, a ring of one VLAN is none; a VLAN that leads nowhere at one port says nothing of the ring.
    @Test func theSpanningTreeProtocolCutsARingForAllVLANs() throws {
        #expect(try path(ring("10", "10"), "host1/c1", "10.0.0.2").reaches)
        #expect(!(try path(ring(stp: false, "10", "10"), "host1/c1", "10.0.0.2").reaches))
        #expect(try codes(ring("10", "10")) == [])
        #expect(try codes(ring("10", "10, 30")) == ["T0401"])
        #expect(try codes(ring("10", "10", more: ", 40")) == ["T0417"])
    }

    /// The protocol's messages leave a VLAN interface with its tag: the link below it has no part in this ring.
    @Test func aRingThroughVLANInterfacesIsNoRingOfTheirLinks() throws {
        func host(_ number: Int) -> String {
            "nics: {eth0: {lan: one}, eth1: {lan: two}}, vlans: {eth0.10: {link: eth0}, eth1.20: {link: eth1}}, "
                + "bridges: {br0: {stp: true, address: 10.0.0.\(number)/24, ports: [eth0.10, eth1.20]}}"
        }
        #expect(try codes(topology("one: {}, two: {}", host(1), host(2))) == [])
    }

    /// A ring of bridges that pass tags on as they are has every VLAN in it.
    @Test func aRingOfPlainBridgesIsOneOfEachTag() throws {
        func host(_ number: Int) -> String {
            "nics: {eth0: {lan: one}, eth1: {lan: two}}, bridges: {br0: {ports: [eth0, eth1]}}, "
                + "vlans: {br0.10: {link: br0, address: 10.0.0.\(number)/24}}"
        }
        let text = topology("one: {}, two: {}", host(1), host(2))
        #expect(try codes(text).contains("T0401"))
        #expect(!(try path(text, "host1", "10.0.0.2").reaches))
    }

    /// Such a bridge is no end of a wire: what is behind it takes the frames.
    @Test func aPlainBridgeBesideATrunkDropsNothing() throws {
        let text = topology(
            "wire: {}",
            "nics: {eth0: {lan: wire}}, bridges: {br0: {vlan-filtering: true, ports: {eth0: {tagged: 10}}}}, "
                + "containers: {c1: {bridge: br0, vlan: 10, address: 10.0.0.1/24}}",
            "nics: {eth0: {lan: wire}}, bridges: {br0: {ports: [eth0]}}, vlans: {br0.10: {link: br0, address: 10.0.0.2/24}}"
        )
        #expect(try codes(text) == [])
        #expect(try path(text, "host1/c1", "10.0.0.2").reaches)
        // Nor does it where nobody in the file has the VLAN besides: the LAN may lead to somebody else's.
        let alone = topology(
            "wire: {}",
            "nics: {eth0: {lan: wire}}, bridges: {br0: {ports: [eth0]}}, vlans: {br0.10: {link: br0, address: 10.0.0.2/24}}",
            "nics: {eth0: {lan: wire, address: 10.9.0.1/24}}")
        #expect(try codes(alone) == [])
    }

    /// The VLAN's other places may be behind the trunk.
    @Test func aContainerIsNotAloneWhereATrunkHasItsVLAN() throws {
        func host(_ container: String) -> String {
            "nics: {eth0: {lan: wire}}, bridges: {br0: {vlan-filtering: true, ports: {eth0: {tagged: [10-10, 30]}}}}, "
                + "containers: {\(container)}"
        }
        let text = topology(
            "wire: {}",
            host(
                "c1: {bridge: br0, vlan: 10, address: 10.0.0.1/24}, e1: {bridge: br0, vlan: 30, address: 10.0.3.1/24}"),
            host("c2: {bridge: br0, vlan: 10, address: 10.0.0.2/24}"))
        #expect(try codes(text) == [])
        #expect(try path(text, "host1/c1", "10.0.0.2").reaches)
    }

    /// A tag inside a tag is nothing that the other end reads.
    @Test func aTagInATagArrivesNowhere() throws {
        let text = topology(
            "wire: {}",
            "nics: {eth0: {lan: wire}}, vlans: {eth0.10: {link: eth0}}, "
                + "bridges: {br0: {vlan-filtering: true, ports: {eth0.10: {tagged: 20}}}}, "
                + "containers: {c1: {bridge: br0, vlan: 20, address: 10.0.0.1/24}}",
            "nics: {eth0: {lan: wire}}, vlans: {eth0.10: {link: eth0, address: 10.0.0.2/24}}")
        let path = try path(text, "host1/c1", "10.0.0.2")
        #expect(!path.reaches && path.there.ending.node.host == "host1")
    }

    /// The second VLAN of the bridge, where somebody else on it forwards too.
    @Test func theGatewayIsTheHostsAlsoInTheLaterVLAN() throws {
        let text = topology(
            "wire: {}",
            "forwarding: true, nics: {eth0: {lan: wire}}, "
                + "bridges: {br0: {vlan-filtering: true, ports: {eth0: {tagged: [10, 20]}}}}, "
                + "vlans: {br0.10: {link: br0, address: 10.0.1.254/24}, br0.20: {link: br0, address: 10.0.2.254/24}}, "
                + "containers: {c1: {bridge: br0, vlan: 10, address: 10.0.1.1/24}, d1: {bridge: br0, vlan: 20, address: 10.0.2.1/24}}",
            "forwarding: true, nics: {eth0: {lan: wire}}, "
                + "vlans: {eth0.10: {link: eth0, address: 10.0.1.2/24}, eth0.20: {link: eth0, address: 10.0.2.2/24}}")
        let host = try #require(examine(OutsideTests.source(text), despiteErrors: true).output).plan.hosts[0]
        let hops = ["c1", "d1"].flatMap { host.routes(of: .container($0)) }.map { route -> String in
            if case .via(let hop, _) = route.action { "\(hop.value)" } else { "" }
        }
        #expect(hops == ["10.0.1.254", "10.0.2.254"])
    }

    /// Duplicate address detection ends where there is a carrier: that of a VLAN interface is its link's.
    @Test func aVLANInterfaceOfABridgeHasTheCarrierOfItsPorts() throws {
        func host(_ number: Int) -> String {
            "nics: {eth0: {lan: wire}}, bridges: {br0: {ports: [eth0]}}, "
                + "vlans: {br0.10: {link: br0, address: \"fd00::\(number)/64\"}}"
        }
        #expect(try path(topology("wire: {}", host(1), host(2)), "host1", "fd00::2").reaches)
    }

    /// A packet that fits the tunnel and not the tag is lost.
    @Test func theTagCountsInThePacketAroundIt() throws {
        func host(_ number: Int) -> String {
            "nics: {eth0: {lan: wire, address: 192.0.2.\(number)/24}}, tunnels: {g: {type: gretap, remote: host\(3 - number)}}, "
                + "bridges: {br0: {vlan-filtering: true, ports: {g: {tagged: 10}}}}, "
                + "containers: {c\(number): {bridge: br0, vlan: 10, mtu: 1462, address: 10.0.0.\(number)/24}}"
        }
        let path = try path(topology("wire: {subnet: 192.0.2.0/24}", host(1), host(2)), "host1/c1", "10.0.0.2")
        let overheads = path.there.hops.flatMap(\.link).compactMap { step -> Int? in
            if case .tunnel(let tunnel) = step { tunnel.overhead } else { nil }
        }
        #expect(overheads == [42] && path.mtu?.size == 1458)
    }
}
