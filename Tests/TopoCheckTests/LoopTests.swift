import Testing
import TopoCheck
import TopoDiagnostics
import TopoModel

@Suite struct LoopTests {
    /// What a host has: NICs on LAN "lan", tunnels, and whether its bridge, whose ports they are, runs STP.
    private struct Part {
        var nics: [String] = []
        var tunnels: [(Sketch) -> Tunnel] = []
        var stp: Bool?
    }

    /// Hosts "h1", "h2", …; all have a NIC with an address besides, for the tunnels.
    private func found(_ parts: [Part], isComplete: Bool = true) -> [Diagnostic] {
        let sketch = Sketch()
        let lans = [sketch.lan("lan"), sketch.lan("underlay")]
        let hosts = parts.enumerated().map { number, part in
            let tunnels = part.tunnels.map { $0(sketch) }
            return sketch.host(
                "h\(number + 1)",
                nics: part.nics.map { sketch.nic($0, "lan") }
                    + [sketch.nic("under", "underlay", "172.16.\(number / 200).\(number % 200 + 1)/16")],
                tunnels: tunnels,
                bridges: [sketch.bridge("br", ports: part.nics + tunnels.map(\.name.value), stp: part.stp)])
        }
        return check(sketch.topology(lans, hosts, isComplete: isComplete)).filter {
            $0.code == .layer2Loop || $0.severity == .error
        }
    }

    /// A gretap called after the host that it leads to.
    private func gre(_ host: String) -> (Sketch) -> Tunnel { { $0.gre("to-\(host)", to: host) } }

    private func messages(_ parts: Part...) -> [String] { found(parts).map { "\($0.code.rawValue) \($0.message)" } }

    @Test func aTunnelBesideALAN() {
        #expect(
            messages(
                Part(nics: ["eth0"], tunnels: [gre("h2")]), Part(nics: ["eth0"], tunnels: [gre("h1")]))
                == [
                    "T0401 layer 2 loop: h1's bridge \"br\", LAN \"lan\", h2's bridge \"br\", and back by tunnel \"to-h1\""
                ])
    }

    @Test func aMeshOfThree() throws {
        let found = found([
            Part(tunnels: [gre("h2"), gre("h3")]), Part(tunnels: [gre("h1"), gre("h3")]),
            Part(tunnels: [gre("h1"), gre("h2")]),
        ])
        try #require(found.count == 1)
        #expect(
            found[0].message
                == "layer 2 loop: h2's bridge \"br\", tunnel \"to-h1\", h1's bridge \"br\", tunnel \"to-h3\", "
                + "h3's bridge \"br\", and back by tunnel \"to-h2\"")
        #expect(found[0].secondary.count == 5)
        #expect(found[0].help.first == "remove \"to-h2\" from the ports of h3's bridge \"br\"")
        #expect(found[0].help.last?.contains("h2's bridge \"br\", h1's bridge \"br\" and h3's bridge \"br\"") == true)
    }

    @Test func aHubAndAChainAreNone() {
        #expect(
            messages(
                Part(tunnels: [gre("h2"), gre("h3")]), Part(tunnels: [gre("h1")]),
                Part(tunnels: [gre("h1"), gre("h4")]), Part(tunnels: [gre("h3")])) == [])
    }

    @Test func twoTunnelsBetweenTwoBridges() {
        func pair(_ host: String) -> [(Sketch) -> Tunnel] {
            [{ $0.gre("a", to: host, key: 1) }, { $0.gre("b", to: host, key: 2) }]
        }
        #expect(
            messages(Part(tunnels: pair("h2")), Part(tunnels: pair("h1"))) == [
                "T0401 layer 2 loop: h1's bridge \"br\", tunnel \"a\", h2's bridge \"br\", and back by tunnel \"b\""
            ])
    }

    @Test func twoNICsOnOneLAN() {
        #expect(
            messages(Part(nics: ["eth0", "eth1"])) == [
                "T0401 layer 2 loop: h1's bridge \"br\", LAN \"lan\", and back by NIC \"eth1\""
            ])
    }

    @Test func aVXLANOfManyEndsIsOneSegmentWithoutALoop() {
        #expect(
            messages(
                Part(tunnels: [{ $0.vxlan("v", 42, to: "h2", "h3") }]),
                Part(tunnels: [{ $0.vxlan("v", 42, to: "h1", "h3") }]),
                Part(tunnels: [{ $0.vxlan("v", 42, to: "h1", "h2") }])) == [])
        let group: (Sketch) -> Tunnel = { $0.vxlan("v", 42, group: "239.1.1.42", dev: "under") }
        #expect(messages(Part(tunnels: [group]), Part(tunnels: [group]), Part(tunnels: [group])) == [])
    }

    @Test func aVXLANAndAnotherWayAreALoop() {
        let group: (Sketch) -> Tunnel = { $0.vxlan("v", 42, group: "239.1.1.42", dev: "under") }
        #expect(
            messages(Part(tunnels: [group, gre("h2")]), Part(tunnels: [group, gre("h1")])) == [
                "T0401 layer 2 loop: h1's bridge \"br\", VXLAN 42, h2's bridge \"br\", and back by tunnel \"to-h1\""
            ])
        let other: (Sketch) -> Tunnel = { $0.vxlan("w", 43, group: "239.1.1.43", dev: "under") }
        #expect(
            messages(Part(tunnels: [group, other]), Part(tunnels: [group, other])) == [
                "T0401 layer 2 loop: h2's bridge \"br\", VXLAN 42, h1's bridge \"br\", VXLAN 43, and back by tunnel \"w\""
            ])
    }

    @Test func aRingMayBeWhereEveryBridgeRunsSTP() {
        func found(_ first: Bool?, _ second: Bool?) -> Int {
            messages(
                Part(nics: ["eth0"], tunnels: [gre("h2")], stp: first),
                Part(nics: ["eth0"], tunnels: [gre("h1")], stp: second)
            ).count
        }
        #expect(found(true, true) == 0)
        #expect(found(true, nil) == 1)
        #expect(found(true, false) == 1)
    }

    /// The kernel blocks a port of the one bridge that runs it: the other passes on its own messages to it.
    @Test func aRingThatOneBridgeCutsIsAWarning() {
        func severities(_ first: Bool?, _ second: Bool?, _ third: Bool?) -> [Diagnostic.Severity] {
            found([
                Part(nics: ["eth0"], tunnels: [gre("h2")], stp: first),
                Part(nics: ["eth0"], tunnels: [gre("h1"), gre("h3")], stp: second),
                Part(nics: ["eth0"], tunnels: [gre("h2")], stp: third),
            ]).map(\.severity).sorted { $0 == .error && $1 != .error }
        }
        #expect(severities(true, true, true) == [])
        #expect(severities(true, true, nil) == [.warning])
        #expect(severities(nil, true, nil) == [.warning, .warning])
        // The ring of two others is cut by nothing, whichever stands first.
        #expect(severities(true, nil, nil) == [.error, .warning])
        #expect(severities(nil, nil, true) == [.error, .warning])
        #expect(severities(nil, nil, nil) == [.error, .error])
    }

    @Test func ofAnIncompleteTopologyNothingIsConcluded() {
        let parts = [Part(nics: ["eth0", "eth1"])]
        #expect(found(parts).count == 1)
        #expect(found(parts, isComplete: false).isEmpty)
    }

    /// A chain of bridges, each joined to the next by two tunnels, and closed to a ring of 2,000 by one more.
    @Test func longRingsAreFoundAndShortened() throws {
        let count = 500
        func link(_ number: Int, _ key: UInt32) -> (Sketch) -> Tunnel {
            { $0.gre("\(key)-\(number)", to: "h\((number + count - 1) % count + 1)", key: key) }
        }
        let found = found(
            (1...count).map { number in
                Part(tunnels: [link(number - 1, 1), link(number - 1, 2), link(number + 1, 1), link(number + 1, 2)])
            })
        #expect(found.count == count + 1)
        let longest = try #require(found.max { $0.message.count < $1.message.count })
        #expect(longest.message.contains(", 491 more, "))
        #expect(longest.message.count < 1000)
    }
}
