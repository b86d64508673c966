import Testing
import TopoEmitGraphviz

/// The figures show all that the plan has, each thing once and in its place.
@Suite struct FigureTests {
    /// Two hosts with a tunnel, a bridge, a point-to-point link and a container that routes.
    static let mixed = """
        topology: figure
        title: Mixed
        runtime: netns
        lans:
          internal: {subnet: 172.16.1.0/24}
        hosts:
          host1:
            forwarding: true
            nics:
              eth0: {lan: internal, address: 172.16.1.1/24}
            tunnels:
              vx0: {type: vxlan, vni: 42, group: 239.1.1.42, dev: eth0}
            bridges:
              br0: {ports: [vx0]}
              br1: {address: 10.3.0.1/24}
            routes:
              - {to: default, via: host2}
            containers:
              c1: {bridge: br0, address: 10.0.0.11/24}
              c3: {p2p: 10.2.0.0/30}
              r1: {forwarding: true, interfaces: {eth0: {bridge: br1, address: 10.3.0.2/24}, eth1: {bridge: br0, address: 10.0.0.1/24}}}
          host2:
            nics:
              eth0: {lan: internal, address: 172.16.1.2/24}
            tunnels:
              vx0: {type: vxlan, vni: 42, group: 239.1.1.42, dev: eth0}
            bridges:
              br0: {ports: [vx0]}
            containers:
              c2: {bridge: br0, address: 10.0.0.12/24}

        """

    @Test(.enabled(if: Drawing.isPossible, "Graphviz is not installed"))
    func layer2ShowsEveryObject() throws {
        let drawing = try Drawing.of(try Figures(of: Self.mixed).layer2)
        #expect(drawing.complaints == "")
        for text in [
            "Mixed: layer 2", "LAN", "internal", "172.16.1.0/24", "host1", "host2", "IP forwarding", "br0",
            "br1",
            "10.3.0.1/24", "vx0", "vxlan ", "veth-c1", "veth-c3", "veth-r1-eth1", "10.2.0.1/30", "10.2.0.2/30", "eth1",
            "10.0.0.1/24", "VNI 42", "VXLAN 42", "group 239.1.1.42", "UDP port 4789", "MTU 1450", "c1", "c2", "c3",
            "r1",
        ] {
            #expect(drawing.texts.contains { $0.contains(text) }, "\(text) is not in the figure")
        }
    }

    @Test func layer2JoinsWhatIsJoined() throws {
        let edges = Figures.edges(try Figures(of: Self.mixed).layer2)
        let host = "host:host1"
        for edge in [
            "\(host)/nic:eth0:s -- lan:internal", "\(host)/tunnel:vx0:s -- overlay:1",
            "\(host)/stack:ip:s -- \(host)/nic:eth0:n",
            "\(host)/tunnel:vx0:s -- \(host)/nic:eth0:n", "\(host)/bridge:br0:p0:s -- \(host)/tunnel:vx0:n",
            "\(host)/bridge:br1:s -- \(host)/stack:ip:n", "\(host)/container:c3:i0:s -- \(host)/veth:veth-c3:n",
            "host:host2/tunnel:vx0:s -- overlay:1",
        ] {
            #expect(edges.contains(edge), "\(edge) is not in \(edges)")
        }
        #expect(edges.count { $0.contains("/container:r1:i") } == 2)
        #expect(edges.count == Set(edges).count)
    }

    @Test func aBridgesPortsAreInOrder() throws {
        let figure = try Figures(of: Self.mixed).layer2
        for port in ["port 1</FONT><BR/>vx0", "port 2</FONT><BR/>veth-c1", "port 3</FONT><BR/>veth-r1-eth1"] {
            #expect(figure.contains(port), "\(port) is not in the figure")
        }
    }

    @Test func layer3HasASubnetOnceAndAddressesAtItsEdges() throws {
        let figure = try Figures(of: Self.mixed).layer3
        #expect(figure.split(separator: "\n").count { $0.hasPrefix("    \"subnet:10.0.0.0-24\" [") } == 1)
        #expect(Figures.edges(figure).count { $0.contains("subnet:10.0.0.0-24") } == 3, "c1, c2 and r1")
        #expect(figure.contains(">.11<BR/>"))
        #expect(figure.contains("subnet:10.2.0.0-30"))
        #expect(!figure.contains("default via 172.16.1.2</FONT>"))
    }

    @Test func defaultRoutesAreAnOption() throws {
        let figure = try Figures.draw(Self.mixed, FigureOptions(view: .layer3, showsDefaultRoutes: true))
        #expect(figure.contains("default via 172.16.1.2</FONT>"))
    }

    @Test func bothFamiliesOfALANAreOneNodeInLayer3() throws {
        let figure =
            try Figures(
                of: """
                    topology: routed
                    runtime: netns
                    lans: {lan: {subnet: 172.16.0.0/16}}
                    hosts:
                      host1:
                        forwarding: true
                        nics: {eth0: {lan: lan, addresses: [172.16.1.1/16, "2001:db8::1/64"]}}
                      host2:
                        forwarding: true
                        nics: {eth0: {lan: lan, addresses: [172.16.1.2/16, "2001:db8::2/64"]}}

                    """
            ).layer3
        let edges = Figures.edges(figure)
        #expect(figure.contains("<B>172.16.0.0/16</B><BR/><B>2001:db8::/64</B>"), "one node for both families")
        #expect(figure.contains(">.1.2<BR/>::2<BR/>"))
        #expect(edges.count == 2 && edges.allSatisfy { $0.contains("subnet:172.16.0.0-16") })
    }

    @Test func theSameTopologyGivesTheSameFigures() throws {
        #expect(try Figures(of: Self.mixed) == Figures(of: Self.mixed))
    }
}
