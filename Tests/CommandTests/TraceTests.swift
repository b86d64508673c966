import Foundation
import Testing

/// `topoc trace`, as a user runs it.
@Suite struct TraceTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(Self.routed, to: "routed.topo")
        try scratch.write(Self.tunnelled, to: "tunnelled.topo")
    }

    @Test func everyNodeOnTheWayIsShownThereAndBack() throws {
        let command = try Command("trace", "routed.topo", "c1", "c3", in: scratch)
        #expect(command.status == 0)
        #expect(command.error == "")
        let nodes = command.output.split(separator: "\n").filter { $0.hasPrefix("  ● ") || $0.hasPrefix("  ◉ ") }
            .compactMap { $0.split(whereSeparator: { " ,:".contains($0) }).dropFirst().first.map(String.init) }
        #expect(
            nodes == [
                "host1/c1", "host1", "host2", "host2/c3", "host2/c3", "host2", "host1", "host1/c1",
            ])
        let headers = command.output.split(separator: "\n").filter { $0.contains("IPv4 ") }
            .map { $0.split(separator: " ").suffix(5).joined(separator: " ") }
        let there = [64, 63, 62].map { "10.1.0.11 → 10.2.0.11, TTL \($0)" }
        let back = [64, 63, 62].map { "10.2.0.11 → 10.1.0.11, TTL \($0)" }
        #expect(headers == there + back)
        #expect(
            command.output.hasSuffix(
                "requests of up to 1500 bytes pass, the limit is host1/c1 eth0; a larger one "
                    + "is refused by its sender\n"))
    }

    /// IEEE 802.1Q's tag comes after the addresses, in the frame that a tunnel carries.
    @Test func aTagIsShownInTheFrameThatATunnelCarries() throws {
        func host(_ number: Int) -> String {
            """
              host\(number):
                nics: {eth0: {lan: wire, address: 192.0.2.\(number)/24}}
                tunnels: {g: {type: gretap, remote: host\(3 - number)}}
                bridges: {br0: {vlan-filtering: true, ports: {g: {tagged: 10}}}}
                containers: {c\(number): {bridge: br0, vlan: 10, address: 10.0.0.\(number)/24}}

            """
        }
        let lans = "lans: {wire: {subnet: 192.0.2.0/24}}"
        try scratch.write("topology: t\nruntime: netns\n\(lans)\nhosts:\n\(host(1))\(host(2))", to: "tagged.topo")
        let command = try Command("trace", "tagged.topo", "c1", "c2", in: scratch)
        #expect(command.status == 0, "\(command.output)\(command.error)")
        let headers = command.output.split(separator: "\n").filter { $0.contains("║ │ ") }
            .compactMap { $0.split(separator: " ").first { !["│", "║"].contains($0) } }.prefix(7)
        #expect(headers == ["Ethernet", "IPv4", "GRE", "Ethernet", "802.1Q", "IPv4", "ICMP"])
        #expect(command.output.contains("bridge host1 br0 in VLAN 10: veth-c1 → g\n"))
    }

    @Test func anAnswerThatIsLostIsNoSuccess() throws {
        let text = Self.routed.replacing("{to: 10.1.0.0/24, via: host1}", with: "{to: 10.1.0.0/24, type: blackhole}")
        try scratch.write(text, to: "lost.topo")
        let command = try Command("trace", "lost.topo", "c1", "c3", in: scratch)
        #expect(command.status == 1 && command.output.contains("host2/c3, in by eth0: arrived"), "\(command.output)")
    }

    /// An address that nobody has is outside, if a LAN's gateway leads there; one that somebody has is what is sent from.
    @Test func endsMayBeAddresses() throws {
        try scratch.write(
            """
            topology: uplink
            runtime: netns
            lans: {internet: {subnet: 203.0.113.0/24, gateway: 203.0.113.1}}
            hosts:
              flat:
                nics: {eth0: {lan: internet}}
                bridges: {br0: {ports: [eth0]}}
                containers: {web: {bridge: br0, addresses: [203.0.113.21/24, 203.0.113.22/24]}}
            """, to: "uplink.topo")
        let out = try Command("trace", "uplink.topo", "203.0.113.22", "198.51.100.7", in: scratch)
        #expect(out.status == 0 && out.output.contains("from flat/web (203.0.113.22) to 198.51.100.7"), "\(out.output)")
        #expect(out.output.contains("◉ outside:internet, in by eth0: arrived"))
        let back = try Command("trace", "uplink.topo", "192.0.2.9", "web", in: scratch)
        #expect(back.status == 0 && back.output.contains("from outside:internet (192.0.2.9) to 203.0.113.21"))
        let named = try Command("trace", "uplink.topo", "outside:internet", "web", in: scratch)
        #expect(named.status == 0 && named.output.contains("from outside:internet (198.51.100.7) to 203.0.113.21"))
        let nobody = try Command("trace", "uplink.topo", "203.0.113.77", "web", in: scratch)
        #expect(nobody.status == 2 && nobody.error.contains("nobody has the address \"203.0.113.77\""))
        let reach = try Command("reach", "uplink.topo", "--format", "csv", in: scratch)
        #expect(reach.output.contains("\r\nIPv4,flat/web,1,outside:internet,1,yes,0,0,1500,,,\r\n"), "\(reach.output)")
        #expect(reach.output.contains("\r\nIPv4,outside:internet,1,flat/web,1,yes,0,0,1500,,,\r\n"))
    }

    @Test func whereItEndsTheLineThatDecidesIsShown() throws {
        let command = try Command("trace", "routed.topo", "c1", "10.9.9.9", "--color", "never", in: scratch)
        #expect(command.status == 1)
        #expect(command.output.contains("  ✗ host1, in by br0: host1 has no route to 10.9.9.9\n"))
        #expect(command.output.contains("\nnot answered: host1 has no route to 10.9.9.9\n"))
        #expect(command.output.contains(" this decides it\n"))
        #expect(command.output.contains("┌─ routed.topo:"))
    }

    @Test func whatIsTooLargeEndsAtTheInterfaceThatRefusesIt() throws {
        let command = try Command("trace", "routed.topo", "c1", "c3", "--size", "9000", in: scratch)
        #expect(command.status == 1)
        #expect(!command.output.contains("arrived"))
        #expect(!command.output.contains("back:"))
        #expect(
            command.output.contains(
                "\n  stopped by host1/c1 eth0: its sender's own kernel refuses it: message too long; requests of up to 1500 "
                    + "bytes are answered\n"))
    }

    /// With what no packet has, nothing is traced: the least is an IPv6 header with an echo request's.
    @Test(arguments: ["47", "65536"]) func whatNoPacketCanBeIsNoSize(size: String) throws {
        let command = try Command("trace", "routed.topo", "c1", "c3", "--size", size, in: scratch)
        #expect(command.status == 2 && command.output.isEmpty, "\(command.error)")
    }

    /// The wires of the way are in the way's colour, and its ends are told, there and back.
    @Test func theWayIsDrawnOverTheFigures() throws {
        let tunnel = try Command("trace", "tunnelled.topo", "c1", "c2", "--figure", "way.dot", in: scratch)
        #expect(tunnel.status == 0, "\(tunnel.error)")
        let figure = try String(contentsOf: scratch.url.appendingPathComponent("way.dot"), encoding: .utf8)
        let lit = figure.split(separator: "\n").filter { $0.contains(" -- ") && $0.contains("#d6006c") }
        #expect(lit.count == 10, "two veth pairs, ports, carriers and plugs, and both ends of the tunnel")
        #expect(figure.contains("there: host1/c1 ═ gretap ⇒ host2/c2"))
        #expect(figure.contains("back (dashed): host2/c2 ═ gretap ⇒ host1/c1"))
        let lost = try Command(
            "trace", "routed.topo", "c1", "10.9.9.9", "--figure", "lost.dot", "--view", "l3", in: scratch)
        #expect(lost.status == 1)
        let end = try String(contentsOf: scratch.url.appendingPathComponent("lost.dot"), encoding: .utf8)
        #expect(end.contains("there: host1/c1 → host1 ✗"))
        #expect(end.contains("✗ host1 has no route to 10.9.9.9"))
        #expect(end.split(separator: "\n").count { $0.contains(" -- ") && $0.contains("#d6006c") } == 2)
        #expect(try Command("trace", "routed.topo", "c1", "c3", "--figure", "way.xyz", in: scratch).status == 2)
    }

    /// The arithmetic of the encapsulation: 84 bytes, 14 of Ethernet, 4 of GRE, 20 of IPv4, 14 of Ethernet.
    @Test func aTunnelsFrameHasAllHeaders() throws {
        let command = try Command("trace", "tunnelled.topo", "c1", "c2", in: scratch)
        #expect(command.status == 0, "\(command.error)")
        let sizes = command.output.split(separator: "\n").filter { $0.contains("║") }.compactMap { line -> Int? in
            line.split(separator: " ").first { Int($0) != nil }.flatMap { Int($0) }
        }
        #expect(Array(sizes.prefix(7)) == [14, 20, 4, 14, 20, 64, 136])
    }

    /// A gretap without a TTL of its own gives its outer packets the inner one's, which a router has counted down.
    @Test func aTunnelBehindARouterHasItsTTL() throws {
        let text = Self.tunnelled.replacing(
            "br0: {ports: [gre1]}", with: "br0: {ports: [gre1], address: 10.0.0.1/24}", maxReplacements: 1
        ).replacing(
            "containers: {c1: {bridge: br0, address: 10.0.0.11/24}}",
            with: "forwarding: true\n    containers: {c1: {p2p: 10.1.0.0/30}}"
        ).replacing("address: 10.0.0.12/24}", with: "address: 10.0.0.12/24, gateway: 10.0.0.1}")
        try scratch.write(text, to: "far.topo")
        let command = try Command("trace", "far.topo", "c1", "c2", in: scratch)
        #expect(command.status == 0, "\(command.error)\(command.output)")
        #expect(command.output.contains("172.16.1.1 → 172.16.1.2, TTL 63\n"))
    }

    @Test func aRequestOfOneByteTooManyIsNotAnswered() throws {
        #expect(try Command("trace", "tunnelled.topo", "c1", "c2", "--size", "1462", in: scratch).status == 0)
        let command = try Command("trace", "tunnelled.topo", "c1", "c2", "--size", "1463", in: scratch)
        #expect(command.status == 1)
        #expect(command.output.contains("not answered: too big: "))
    }

    @Test func theDocumentSaysTheSame() throws {
        let command = try Command("trace", "tunnelled.topo", "c1", "10.0.0.12", "--format", "json", in: scratch)
        #expect(command.status == 0)
        let value = try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]
        #expect(value?["source"] as? String == "host1/c1")
        #expect(value?["answered"] as? Bool == true)
        #expect((value?["mtu"] as? [String: Any])?["size"] as? Int == 1462)
        let hops = (value?["there"] as? [String: Any])?["hops"] as? [[String: Any]]
        let tunnel = (hops?.first?["link"] as? [[String: Any]])?.first { $0["type"] as? String == "gretap" }
        let outer = (tunnel?["outer"] as? [String: Any])?["hops"] as? [[String: Any]]
        let names = (outer?.first?["frame"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
        #expect(names == ["Ethernet", "IPv4", "GRE", "Ethernet", "IPv4", "ICMP"])
    }

    /// A network that is wrong is traced to where it is.
    @Test func aWrongNetworkIsTraced() throws {
        try scratch.write(
            """
            topology: wrong
            runtime: netns
            hosts:
              h:
                bridges: {br0: {address: 10.0.0.1/24}, br1: {address: 10.0.1.1/24}}
                containers:
                  a: {bridge: br0, address: 10.0.0.2/24, gateway: 10.0.0.1}
                  b: {bridge: br1, address: 10.0.1.2/24, gateway: 10.0.1.1}

            """, to: "wrong.topo")
        let command = try Command("trace", "wrong.topo", "a", "b", in: scratch)
        #expect(command.status == 1 && command.error.contains("T0501"))
        #expect(command.output.contains("does not forward"), "\(command.output)")
        let reach = try Command("reach", "wrong.topo", in: scratch)
        #expect(reach.status == 0 && reach.error.contains("T0501") && reach.output.contains("does not forward"))
        let graph = try Command("graph", "wrong.topo", in: scratch)
        #expect(graph.status == 0 && graph.error.contains("T0501") && graph.output.contains("graph"))
        #expect(try Command("build", "wrong.topo", in: scratch).status == 1)
    }

    @Test func aCheckThatCannotHoldDoesNotStopIt() throws {
        try scratch.write(Self.routed + "checks: [{no-ping: [c1, c3]}]\n", to: "wrong.topo")
        let command = try Command("trace", "wrong.topo", "c1", "c3", in: scratch)
        #expect(command.status == 0)
        #expect(command.error.contains("T0701"))
    }

    @Test(arguments: [
        (["c11", "c3"], "did you mean \"c1\"?"), (["c1", "hots2"], "did you mean \"host2\"?"),
        (["10.7.7.7", "c1"], "nobody has the address"), (["c1", "c3", "--size", "20"], "48 to 65535"),
    ])
    func whatIsUnknownIsAUsageError(arguments: [String], words: String) throws {
        let command = try Command(["trace", "routed.topo"] + arguments, in: scratch)
        #expect(command.status == 2)
        #expect(command.output == "")
        #expect(command.error.contains(words))
    }

    private static let routed = """
        topology: routed
        runtime: netns
        lans: {lan: {subnet: 172.16.1.0/24}}
        hosts:
          host1:
            forwarding: true
            nics: {eth0: {lan: lan, address: 172.16.1.1/24}}
            bridges: {br0: {address: 10.1.0.1/24}}
            routes: [{to: 10.2.0.0/24, via: host2}]
            containers:
              c1: {bridge: br0, address: 10.1.0.11/24}
          host2:
            forwarding: true
            nics: {eth0: {lan: lan, address: 172.16.1.2/24}}
            bridges: {br0: {address: 10.2.0.1/24}}
            routes: [{to: 10.1.0.0/24, via: host1}]
            containers:
              c3: {bridge: br0, address: 10.2.0.11/24}

        """

    private static let tunnelled = """
        topology: tunnelled
        runtime: netns
        lans: {lan: {subnet: 172.16.1.0/24}}
        hosts:
          host1:
            nics: {eth0: {lan: lan, address: 172.16.1.1/24}}
            tunnels: {gre1: {type: gretap, remote: host2}}
            bridges: {br0: {ports: [gre1]}}
            containers: {c1: {bridge: br0, address: 10.0.0.11/24}}
          host2:
            nics: {eth0: {lan: lan, address: 172.16.1.2/24}}
            tunnels: {gre1: {type: gretap, remote: host1}}
            bridges: {br0: {ports: [gre1]}}
            containers: {c2: {bridge: br0, address: 10.0.0.12/24}}

        """
}
