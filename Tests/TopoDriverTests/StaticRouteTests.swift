import Testing
import TopoDiagnostics
import TopoDriver
import TopoModel
import TopoNetwork

@Suite("Static routes")
struct StaticRouteTests {
    /// A topology with its static routes, by lines: `r1: 10.0.0.0/24 via 10.1.0.1`.
    private static func made(_ text: String) throws -> (routes: [String], findings: [Diagnostic]) {
        let outcome = examine(
            SourceFile(path: "a.topo", bytes: Array(("topology: t\nruntime: netns\nrouting: static\n" + text).utf8)),
            despiteErrors: true)
        let topology = try #require(outcome.output?.topology, "\(outcome.diagnostics.map(\.message))")
        func lines(_ name: String, _ routes: [Route]) -> [String] {
            routes.compactMap { route in
                guard case .via(let hop) = route.action else { return nil }
                return "\(name): \(route.to.value) via \(hop.address)"
            }
        }
        return (
            topology.hosts.flatMap { host in
                lines(host.name.value, host.routes)
                    + host.containers.flatMap { lines("\(host.name.value)/\($0.name.value)", $0.routes) }
            }, outcome.diagnostics
        )
    }

    /// Routers in a row or ring, each with a bridge of its own.
    static func chain(_ count: Int, isRing: Bool = false) -> String {
        var lans = "lans:\n"
        var hosts = "hosts:\n"
        for number in 0..<(isRing ? count : count - 1) { lans += "  l\(number): {subnet: \(address(number, 0))/30}\n" }
        for number in 0..<count {
            hosts += "  r\(number):\n    forwarding: true\n    nics:\n"
            if number > 0 || isRing {
                let before = (number + count - 1) % count
                hosts += "      eth0: {lan: l\(before), address: \(address(before, 2))/30}\n"
            }
            if number < count - 1 || isRing {
                hosts += "      eth1: {lan: l\(number), address: \(address(number, 1))/30}\n"
            }
            hosts += "    bridges: {br0: {address: 10.\(number / 256).\(number % 256).1/24}}\n"
            hosts += "    containers: {c: {bridge: br0, address: 10.\(number / 256).\(number % 256).2/24}}\n"
        }
        return lans + hosts
    }

    private static func address(_ link: Int, _ host: Int) -> String {
        "172.\(16 + link / 16384).\(link / 64 % 256).\(link % 64 * 4 + host)"
    }

    @Test("lead to every subnet that a router is not on, by the fewest routers")
    func fewest() throws {
        let made = try Self.made(Self.chain(4))
        #expect(made.findings == [])
        #expect(
            made.routes.filter { $0.hasPrefix("r1:") } == [
                "r1: 172.16.0.8/30 via 172.16.0.6", "r1: 10.0.0.0/24 via 172.16.0.1", "r1: 10.0.2.0/24 via 172.16.0.6",
                "r1: 10.0.3.0/24 via 172.16.0.6",
            ])
        #expect(!made.routes.contains { $0.contains("/c:") })
    }

    @Test("go the same way there and back in rings, and all reach all", arguments: 3...9)
    func symmetric(count: Int) throws {
        let checks = "checks: [" + (1..<count).map { "{ping: [r0/c, r\($0)/c]}" }.joined(separator: ", ") + "]"
        let made = try Self.made(Self.chain(count, isRing: true) + checks)
        // No T0507: nothing comes back by another way.
        #expect(made.findings.map(\.message) == [])
    }

    @Test("prefer, of two ways as short, the one over what is first in the file")
    func ties() throws {
        let made = try Self.made(Self.chain(4, isRing: true))
        #expect(made.routes.contains("r0: 10.0.2.0/24 via 172.16.0.2"))
        #expect(made.routes.contains("r2: 10.0.0.0/24 via 172.16.0.5"))
    }

    @Test("give way to a written route of the same destination whatever its metric, and not to a shorter one")
    func written() throws {
        let text = Self.chain(3)
        let routed = try Self.made(
            text.replacing(
                "  r0:\n",
                with:
                    "  r0:\n    routes: [{to: 10.0.2.0/24, via: 172.16.0.2, metric: 50}, {to: 10.0.0.0/14, via: 172.16.0.2}]\n"
            ))
        #expect(
            routed.routes.filter { $0.hasPrefix("r0: 10.") } == [
                "r0: 10.0.2.0/24 via 172.16.0.2", "r0: 10.0.0.0/14 via 172.16.0.2", "r0: 10.0.1.0/24 via 172.16.0.2",
            ])
    }

    @Test("are one where the router refuses the rest of it")
    func whole() throws {
        let text =
            Self.chain(2).replacing("  r1:\n", with: "  r1:\n    routes: [{to: 10.8.0.0/16, type: unreachable}]\n")
            + "      d1..d2: {p2p: 10.8.0.0/30}\n".replacing("d1..d2", with: "d")
        let made = try Self.made(
            text.replacing(
                "containers: {c: {bridge: br0, address: 10.0.1.2/24}}\n",
                with: "containers:\n      c: {bridge: br0, address: 10.0.1.2/24}\n"))
        #expect(
            made.routes.filter { $0.hasPrefix("r0:") } == [
                "r0: 10.0.1.0/24 via 172.16.0.2", "r0: 10.8.0.0/16 via 172.16.0.2",
            ])
    }

    @Test("of a host that does not forward are a default by the only router on its segments")
    func defaults() throws {
        let one = try Self.made(
            Self.chain(2).replacing("hosts:\n", with: "hosts:\n  h: {nics: {e: {lan: l0, address: 172.16.0.3/29}}}\n")
                .replacing("/30", with: "/29"))
        #expect(!one.routes.contains { $0.hasPrefix("h:") }, "there are two: \(one.routes)")
        let text =
            "lans: {l: {subnet: 10.0.0.0/24}, m: {subnet: 10.1.0.0/24}}\nhosts:\n  r: {forwarding: true, nics: {a: {lan: l, address: 10.0.0.1/24}, b: {lan: m, address: 10.1.0.1/24}}}\n  h: {nics: {e: {lan: l, address: 10.0.0.2/24}}}\n  i: {nics: {e: {lan: m, address: 10.1.0.2/24}}"
        #expect(
            try Self.made(text + "}\nchecks: [{ping: [h, i]}]").routes == [
                "h: 0.0.0.0/0 via 10.0.0.1", "i: 0.0.0.0/0 via 10.1.0.1",
            ])
        #expect(
            try Self.made(text + ", routes: [{to: default, via: 10.1.0.1, metric: 9}]}").routes == [
                "h: 0.0.0.0/0 via 10.0.0.1", "i: 0.0.0.0/0 via 10.1.0.1",
            ])
    }

    @Test("lead to no subnet that is on two segments, with a warning")
    func twice() throws {
        let text = Self.chain(3).replacing("10.0.2.", with: "10.0.0.")
        let made = try Self.made(text)
        #expect(
            made.findings.contains {
                $0.code == .subnetTwice
                    && $0.message == "\"routing: static\" leaves out 10.0.0.0/24, which is on several segments"
            })
        #expect(!made.routes.contains { $0.contains(" 10.0.0.0/24 ") })
    }

    /// Two routers with NAT on a street, one of them with another router behind it, and a third without.
    private static func street(_ first: String, _ second: String, own: String = "192.168.77") -> String {
        """
        lans: {street: {subnet: 172.16.0.0/24}, back: {subnet: 192.168.5.0/30}}
        hosts:
          home1:
            forwarding: true
            nics: {eth0: {lan: street, address: 172.16.0.1/24}, eth1: {lan: back, address: 192.168.5.1/30}}
            bridges: {br0: {address: 192.168.77.1/24}}
            containers: {a: {bridge: br0, address: 192.168.77.11/24}}
            nat: \(first)
          shed:
            forwarding: true
            nics: {eth1: {lan: back, address: 192.168.5.2/30}}
            bridges: {br0: {address: 192.168.6.1/24}}
            containers: {s: {bridge: br0, address: 192.168.6.11/24}}
          home2:
            forwarding: true
            nics: {eth0: {lan: street, address: 172.16.0.2/24}}
            bridges: {br0: {address: \(own).1/24}}
            containers: {b: {bridge: br0, address: \(own).12/24}}
            nat: \(second)
          open:
            forwarding: true
            nics: {eth0: {lan: street, address: 172.16.0.3/24}}
            bridges: {br0: {address: 10.3.0.1/24}}
            containers: {c: {bridge: br0, address: 10.3.0.11/24}}
        """
    }

    @Test("lead to nothing that is behind NAT, and from there to everything else")
    func hidden() throws {
        let made = try Self.made(Self.street("[{out: eth0}]", "[{out: eth0}]"))
        #expect(
            Set(made.routes) == [
                "home1: 192.168.6.0/24 via 192.168.5.2", "home1: 10.3.0.0/24 via 172.16.0.3",
                "shed: 172.16.0.0/24 via 192.168.5.1", "shed: 192.168.77.0/24 via 192.168.5.1",
                "shed: 10.3.0.0/24 via 192.168.5.1", "home2: 10.3.0.0/24 via 172.16.0.3",
            ])
        // The two subnets are the same, and nothing is said of it: nobody sees both.
        #expect(made.findings == [])
        // Where one of them is not hidden, who is on the other sees both.
        for (first, second) in [("[{out: eth0}]", "[]"), ("[]", "[{out: eth0}]"), ("[]", "[]")] {
            let open = try Self.made(Self.street(first, second))
            #expect(open.findings.contains { $0.code == .subnetTwice }, "\(first) \(second)")
            #expect(!open.routes.contains { $0.contains("192.168.77.0/24") }, "\(first) \(second)")
        }
    }

    @Test("lead to what a NAT rule leaves alone")
    func notHidden() throws {
        func routes(_ first: String) throws -> [String] {
            try Self.made(Self.street(first, "[{out: eth0}]", own: "192.168.78")).routes.filter {
                $0.hasPrefix("open:")
            }.map { String($0.dropFirst("open: ".count)) }
        }
        let (a, back, shed) = (
            "192.168.77.0/24 via 172.16.0.1", "192.168.5.0/30 via 172.16.0.1", "192.168.6.0/24 via 172.16.0.1"
        )
        #expect(try routes("[{out: eth0}]") == [])
        #expect(Set(try routes("[]")) == [back, a, shed])
        #expect(Set(try routes("[{out: eth0, from: 192.168.77.0/24}]")) == [back, shed])
        #expect(try routes("[{out: eth0, from: [192.168.0.0/17, 192.168.6.0/24]}]") == [])
        #expect(
            Set(try routes("[{out: eth0, from: 192.168.77.0/25}, {out: eth0, from: 192.168.5.0/30}]")) == [a, shed])
        #expect(Set(try routes("[{out: eth0, except: 10.3.0.0/24}]")) == [back, a, shed])
        #expect(Set(try routes("[{out: eth1}]")) == [back, a, shed])
    }

    @Test("of both families, by the routers that have addresses of it")
    func families() throws {
        let text = Self.chain(3).replacing(
            "bridges: {br0: {address: 10.0.2.1/24}}",
            with: "bridges: {br0: {address: 10.0.2.1/24, addresses: [\"fd00:2::1/64\"]}}"
        )
        .replacing(
            "      eth1: {lan: l1, address: 172.16.0.5/30}",
            with: "      eth1: {lan: l1, address: 172.16.0.5/30, addresses: [\"fd01::1/64\"]}"
        )
        .replacing(
            "      eth0: {lan: l1, address: 172.16.0.6/30}",
            with: "      eth0: {lan: l1, address: 172.16.0.6/30, addresses: [\"fd01::2/64\"]}")
        let made = try Self.made(text)
        #expect(made.routes.filter { $0.contains("fd") } == ["r1: fd00:2::/64 via fd01::2"])
    }

    @Test("none where nobody asks for them")
    func none() throws {
        let text = "topology: t\nruntime: netns\nrouting: none\n" + Self.chain(2)
        let outcome = examine(SourceFile(path: "a.topo", bytes: Array(text.utf8)), despiteErrors: true)
        #expect(outcome.output?.topology.hosts.allSatisfy { $0.routes.isEmpty } == true)
    }

    /// Whatever else a node has stays: a file that says `routing: static` is the same file with more routes.
    @Test("take nothing from the hosts and containers that get them")
    func all() throws {
        let text = """
            topology: t
            runtime: netns
            lans: {l: {subnet: 172.16.0.0/24}}
            hosts:
              r1:
                forwarding: true
                loopback: 10.255.0.1/32
                description: the first
                nics: {eth0: {lan: l, address: 172.16.0.1/24}}
                tunnels: {v: {type: vxlan, vni: 7, remote: r2, address: 10.7.0.1/30}}
                bridges: {br0: {address: 10.1.0.1/24}}
                containers:
                  c: {bridge: br0, address: 10.1.0.2/24, loopback: 10.254.0.1/32, forwarding: true, persist: false, gateway: none, description: d}
              r2:
                forwarding: true
                loopback: 10.255.0.2/32
                nics: {eth0: {lan: l, address: 172.16.0.2/24}}
                tunnels: {v: {type: vxlan, vni: 7, remote: r1, address: 10.7.0.2/30}}
            """
        func topology(_ text: String) throws -> Topology {
            try #require(
                examine(SourceFile(path: "a.topo", bytes: Array(text.utf8)), despiteErrors: true).output?.topology)
        }
        let written = try topology(text + "\nrouting: none\n")
        let routed = try topology(text + "\nrouting: static\n")
        #expect(routed.hosts.allSatisfy { !$0.routes.isEmpty })
        let without = routed.hosts.map { host in
            host.with(routes: [], containers: host.containers.map { $0.with(routes: []) })
        }
        #expect(without == written.hosts)
        let hops = routed.hosts.flatMap { $0.containers }.flatMap { $0.routes.map(\.to.value.description) }
        #expect(hops.contains("10.255.0.2/32"))
    }

    @Test("of hundreds of routers are all there, each by the router of its subnet")
    func hundreds() throws {
        let count = 300
        let text = "topology: t\nruntime: netns\n" + Self.hub(count)
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let topology = try #require(examine(source, despiteErrors: true, sampling: false).output?.topology)
        let routes = StaticRoutes(of: topology).routes
        #expect(routes.map(\.host) == (0..<count).map { "r\($0)" })
        for (router, own) in routes.enumerated() {
            #expect(own.ways.count == count - 1, "r\(router)")
            // 10.A.B.0/24 is behind 172.16.A.B+1.
            #expect(
                own.ways.allSatisfy { way in
                    let (subnet, next) = (way.to.network.bits & 0xFF_FFFF, way.via.bits & 0xFFFF)
                    return subnet >> 16 == next >> 8 && subnet >> 8 & 0xFF == next & 0xFF - 1
                }, "r\(router)")
        }
    }

    /// Routers on one LAN, each with a bridge of its own.
    static func hub(_ count: Int) -> String {
        var text = "lans: {l: {subnet: 172.16.0.0/16}}\nhosts:\n"
        for number in 0..<count {
            text +=
                "  r\(number): {forwarding: true, nics: {e: {lan: l, address: 172.16.\(number / 250).\(number % 250 + 1)/16}}, bridges: {b: {address: 10.\(number / 250).\(number % 250).1/24}}}\n"
        }
        return text
    }
}
