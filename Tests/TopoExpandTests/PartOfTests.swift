import Testing
import TopoDiagnostics
import TopoDriver
import TopoExpand
import TopoPlan
import TopoSyntax

/// What is written for a network says so.
@Suite struct PartOfTests {
    /// The elements of each host that are part of a network, as `bridge blue: red`.
    private static func parts(_ kind: String, more: String = "", bridge: String = "") throws -> [[String]] {
        let text = """
            topology: t
            runtime: netns
            lans: {internal: {subnet: 172.16.1.0/24}, other: {}}
            networks: {blue: {kind: \(kind), subnet: 10.0.0.0/24, over: internal}}
            hosts:
              host1..host2:
                nics: {eth0: {lan: internal, address: auto}, eth1: {lan: other}}
            \(bridge)
                containers: {c1: {network: blue}}
            """
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let outcome = examine(source)
        let plan = try #require(outcome.output, "\(outcome.diagnostics)").plan
        return plan.hosts.map { host in
            host.nics.compactMap { nic in nic.partOf.map { "nic \(nic.name): \($0)" } }
                + host.bridges.compactMap { bridge in bridge.partOf.map { "bridge \(bridge.name): \($0)" } }
                + host.tunnels.compactMap { tunnel in tunnel.partOf.map { "tunnel \(tunnel.name): \($0)" } }
        }
    }

    @Test(arguments: [
        ("vxlan", ["bridge blue: blue", "tunnel vx-blue: blue"]), ("routed", ["bridge blue: blue"]),
        ("bridged", ["nic eth0: blue", "bridge blue: blue"]),
    ])
    func eachKindSaysWhatIsItsOwn(kind: String, own: [String]) throws {
        #expect(try Self.parts(kind) == [own, own])
    }

    @Test func eachEndOfAStarIsTheNetworks() throws {
        #expect(
            try Self.parts("gretap") == [
                ["bridge blue: blue", "tunnel g1-blue: blue"], ["bridge blue: blue", "tunnel gre-blue: blue"],
            ])
    }

    @Test func aWrittenBridgeJoinsTheNetworkAndMayBeOfAnother() throws {
        #expect(
            try Self.parts("vxlan", bridge: "    bridges: {blue: {stp: true}}")[0] == [
                "bridge blue: blue", "tunnel vx-blue: blue",
            ])
        #expect(
            try Self.parts("vxlan", bridge: "    bridges: {blue: {part-of: all}}")[0] == [
                "bridge blue: all", "tunnel vx-blue: blue",
            ])
    }

    @Test func whatIsWrittenIsNotWrittenTwice() throws {
        let made = try Made(
            """
            topology: t
            networks: {n: {kind: vxlan, subnet: 10.0.0.0/24}}
            hosts: {h: {bridges: {n: {part-of: all}}, containers: {a: {network: n, address: 10.0.0.1/24}}}}
            """, isPlain: false)
        #expect(
            made.hosts.map { $0.matches(of: #/part-of: \w+/#).map(\.output) } == [["part-of: all"]], "\(made.hosts)")
    }

    /// Messages of a host with these elements.
    private static func findings(_ elements: String) -> [String] {
        let text = """
            topology: t
            runtime: netns
            lans: {lan: {subnet: 10.0.0.0/24}}
            hosts: {h: {\(elements)}}
            """
        return examine(SourceFile(path: "a.topo", bytes: Array(text.utf8))).diagnostics.map {
            "\($0.code.rawValue) \($0.message)"
        }
    }

    @Test func theNameIsOneThatANetworkMayHaveAndNeedsNoNetwork() {
        #expect(
            !Self.findings("nics: {e: {lan: lan, address: 10.0.0.1/24, part-of: blue}}").contains {
                $0.contains("blue")
            })
        for elements in ["nics: {e: {part-of: a/b}}", "bridges: {b: {part-of: a/b}}"] {
            #expect(
                Self.findings(elements).contains { $0.hasPrefix("T0214 network name \"a/b\" contains") }, "\(elements)")
        }
        let long = String(repeating: "n", count: 64)
        #expect(Self.findings("bridges: {b: {part-of: \(long)}}").contains { $0.contains("is too long") })
    }
}
