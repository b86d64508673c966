import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// Routes by several routers, from the file to what is said and written.
@Suite struct MultipathTests {
    private func text() throws -> String {
        try String(
            contentsOf: Fixtures.root.appendingPathComponent("Tests/Fixtures/Kernel/equal-ways.topo"), encoding: .utf8)
    }

    /// The fixture with some of its text changed, and without its checks.
    private func changed(_ changes: (String, String)...) throws -> String {
        var text = try text().components(separatedBy: "checks:")[0]
        for (old, new) in changes {
            try #require(text.contains(old), "\(old)")
            text = text.replacingOccurrences(of: old, with: new)
        }
        return text
    }

    private func found(_ text: String) throws -> [String] {
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        return examine(source, despiteErrors: true).diagnostics.map { "\($0.code.rawValue) \($0.message)" }
    }

    private func files(_ text: String) throws -> [String: String] {
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, templates: builtIn.get())
        #expect(outcome.diagnostics.isEmpty, "\(render(outcome.diagnostics, of: source, style: .plain))")
        let artifacts = try #require(outcome.output).artifacts
        return Dictionary(artifacts.map { ($0.path, $0.contents) }, uniquingKeysWith: { first, _ in first })
    }

    @Test func whatWorksOnEachWayIsSaidNothingOf() throws {
        #expect(try found(text()) == [])
    }

    /// The second router is looked at as the first is.
    @Test func eachRouterMustBeOneThatForwards() throws {
        let closed = try changed(("  rb:\n    forwarding: true\n", "  rb:\n"))
        #expect(try found(closed).map { $0.prefix { $0 != ":" } } == ["T0501 host \"rb\" must forward"])
    }

    @Test func eachRouterIsANeighbour() throws {
        let far = try changed(("via: [ra, 10.0.3.9], metric: 5", "via: [ra, 10.0.4.9], metric: 5"))
        #expect(try found(far) == ["T0502 next hop \"10.0.4.9\" is on no subnet of host \"h1\""])
    }

    /// A way that one of the routers lacks is missing, though the other has it.
    @Test func aRouteThatOneOfTheRoutersLacksIsFound() throws {
        let routes = """
                routes:
                  - {to: 10.255.0.1/32, via: h1}
                  - {to: 10.255.0.2/32, via: h2}
                  - {to: 10.1.0.0/24, via: h1}
                  - {to: "fd01::/64", via: h1}
                  - {to: "fd02::/64", via: h2}

            """
        let lacking = try changed(("    routes: *left-and-right\n", routes))
        #expect(
            try found(lacking) == [
                "T0503 host \"rb\" has no route back to 10.2.0.0/24: \"p2\" gets no answer from \"p1\""
            ])
    }

    @Test func aRingBehindOneOfTheRoutersIsFound() throws {
        let routes = """
                routes:
                  - {to: 10.255.0.1/32, via: h1}
                  - {to: 10.255.0.2/32, via: h2}
                  - {to: 10.1.0.0/24, via: h1}
                  - {to: 10.2.0.0/24, via: h1}
                  - {to: "fd01::/64", via: h1}
                  - {to: "fd02::/64", via: h2}

            """
        let round = try changed(("    routes: *left-and-right\n", routes))
        #expect(try found(round) == ["T0504 routing loop: packets for 10.2.0.0/24 go round h1, rb"])
    }

    /// The tunnel's packets need each way.
    @Test func aTunnelsWayIsLostOnOneOfTheRouters() throws {
        let routes = """
                routes:
                  - {to: 10.255.0.1/32, via: h1}
                  - {to: 10.1.0.0/24, via: h1}
                  - {to: 10.2.0.0/24, via: h2}
                  - {to: "fd01::/64", via: h1}
                  - {to: "fd02::/64", via: h2}

            """
        let lacking = try changed(("    routes: *left-and-right\n", routes))
        #expect(
            try found(lacking) == [
                "T0503 host \"rb\" has no route to 10.255.0.2, the far end of h1's tunnel \"vx\""
            ])
    }

    /// Default routes by two routers, of which one sends back.
    @Test func aRingOfDefaultRoutesIsFoundBehindEachRouter() throws {
        func text(_ ra: String, _ rb: String) -> String {
            """
            topology: t
            runtime: netns
            lans: {l: {subnet: 192.0.2.0/24, gateway: 192.0.2.254}}
            hosts:
              h1: {forwarding: true, nics: {eth0: {lan: l, address: 192.0.2.1/24}}, routes: [{to: default, via: [ra, rb]}]}
              ra: {forwarding: true, nics: {eth0: {lan: l, address: 192.0.2.2/24}}, routes: [{to: default, via: \(ra)}]}
              rb: {forwarding: true, nics: {eth0: {lan: l, address: 192.0.2.3/24}}, routes: [{to: default, via: \(rb)}]}
            """
        }
        #expect(try found(text("192.0.2.254", "192.0.2.254")) == [])
        for (ra, rb, ring) in [("h1", "192.0.2.254", "h1, ra form"), ("192.0.2.254", "h1", "h1, rb form")] {
            let messages = try found(text(ra, rb))
            #expect(messages.count == 1 && messages[0].hasPrefix("T0505 ") && messages[0].contains(ring), "\(messages)")
        }
    }

    /// A router whose way back is by the other of its interfaces is asymmetric; one of both is not.
    @Test func eitherRouterIsAWayBack() throws {
        let single = try changed(("{to: 10.2.0.0/24, via: [ra, 10.0.3.9], metric: 5}", "{to: 10.2.0.0/24, via: ra}"))
        #expect(try found(single).map { $0.prefix(5) } == ["T0507"])
    }

    /// The MTU of what an overlay carries is that of the narrowest way.
    @Test func theOverlaysMTUIsThatOfTheSmallestWay() throws {
        let script = try #require(try files(text())["h1/plain.sh"]).replacing(/\ \\\n\ +/, with: " ")
        #expect(script.contains(" mtu 1350 type vxlan id 7 local 10.255.0.1 dstport 4789"))
    }

    @Test func theFilesSayEachRouter() throws {
        let files = try files(text())
        let commands = try #require(files["h1/plain.sh"]).replacing(/\ \\\n\ +/, with: " ")
        for line in [
            "ip route replace 10.2.0.0/24 metric 5 nexthop via 10.0.1.9 dev eth0 nexthop via 10.0.3.9 dev eth1",
            "ip -6 route replace fd02::/64 nexthop via 2001:db8:1::9 dev eth0 nexthop via 2001:db8:3::9 dev eth1",
        ] {
            #expect(commands.split(separator: "\n").contains { $0 == line }, "\(line)")
        }
        let unit = try #require(files["h1/networkd/05-topoc-eth0.network"])
        #expect(
            unit.contains(
                """
                [Route]
                Destination=10.2.0.0/24
                MultiPathRoute=10.0.1.9@eth0
                MultiPathRoute=10.0.3.9@eth1
                Metric=5
                """), "\(unit)")
        // netplan has no words for it: its unit gets a part of its own.
        let netplan = try #require(files["h1/netplan/05-topoc.yaml"])
        #expect(!netplan.contains("to: \"10.2.0.0/24\"") && netplan.contains("10-netplan-eth0.network.d/topoc.conf"))
        let part = try #require(files["h1/netplan/10-netplan-eth0.network.d/topoc.conf"])
        #expect(part.contains("MultiPathRoute=10.0.3.9@eth1\n"))
        let json = try #require(files["topology.json"].map { Data($0.utf8) })
        let root = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
        let hosts = try #require(root["hosts"] as? [[String: Any]])
        let routes = try #require(hosts[0]["routes"] as? [[String: Any]])
        let hops = try #require(routes.first { $0["to"] as? String == "10.2.0.0/24" }?["nexthops"] as? [[String: Any]])
        #expect(hops.map { $0["dev"] as? String } == ["eth0", "eth1"])
        #expect(routes.allSatisfy { $0["via"] == nil })
        let figure = try #require(files.first { $0.key.hasSuffix("l3.dot") }?.value)
        #expect(figure.contains("10.2.0.0/24 via 10.0.1.9, 10.0.3.9 metric 5"))
    }

    /// A container has its own routers, and files of its own for them.
    @Test func aContainerHasSeveralRoutersToo() throws {
        let text = """
            topology: t
            runtime: lxd
            image: bare
            hosts:
              h1:
                bridges: {br0: {}}
                containers:
                  c1: {bridge: br0, address: 10.1.0.1/24, gateway: none, routes: [{to: 10.9.0.0/24, via: [r1, r2]}]}
                  r1: {bridge: br0, address: 10.1.0.2/24, forwarding: true, gateway: none, loopback: 10.9.0.1/32}
                  r2: {bridge: br0, address: 10.1.0.3/24, forwarding: true, gateway: none, loopback: 10.9.0.2/32}
            """
        let script = try #require(try files(text)["h1/up.sh"])
        #expect(script.contains("MultiPathRoute=10.1.0.2@eth0"))
        #expect(
            script.contains("# netplan has no words for: ip route replace 10.9.0.0/24 nexthop via 10.1.0.2 dev eth0"))
        #expect(
            script.contains(
                "up ip route replace 10.9.0.0/24 nexthop via 10.1.0.2 dev eth0 nexthop via 10.1.0.3 dev eth0"))
    }
}
