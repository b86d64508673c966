import Testing
import TopoDiagnostics
import TopoLower
import TopoModel

@Suite("References by name")
struct ReferenceTests {
    /// A topology of two hosts with a bridge and containers each; `rest` has the lines of `checks:` and more.
    private func text(_ rest: String, host1: String = "", host2: String = "") -> String {
        """
        topology: t
        image: x
        lans: {lan1: {subnet: 172.16.1.0/24}}
        hosts:
          host1:
            nics: {eth0: {lan: lan1, address: 172.16.1.1/24}}
            bridges: {br0: {address: 10.1.0.1/24}}
            containers: {c1: {bridge: br0, address: 10.1.0.11/24}, same: {bridge: br0}}
            \(host1)
          host2:
            nics: {eth0: {lan: lan1, address: 172.16.1.2/24}}
            bridges: {br1: {address: 10.2.0.1/24}}
            containers: {c2: {bridge: br1, address: 10.2.0.11/24}, same: {bridge: br1}}
            \(host2)
        \(rest)
        """
    }

    @Test("checks name hosts and containers, with their host where a name is not unique")
    func endpoints() throws {
        let topology = try Lowered(
            text(
                """
                checks:
                  - {ping: [c1, host2/same], description: d}
                  - {no-ping: [host1, c2]}
                  - {isolated: [c1, [c2, host2/same]]}
                  - {trace: [host1/c1, c2], hops: [host1, host1/same, c2]}
                  - {trace: [host1/c1, c2], hops: []}
                  - {mtu: [c2, host1], size: 1450}
                  - {tcp: [c1, host2], port: 80}
                  - {encapsulated: {from: c1, to: c2, on: lan1, as: gretap}}
                """)
        ).sound()
        let kinds = topology.checks.map { check in
            switch check.kind {
            case .ping(let from, let to): "ping \(name(from)) \(name(to))"
            case .noPing(let from, let to): "no-ping \(name(from)) \(name(to))"
            case .isolated(let sets): "isolated \(sets.map { $0.map(name) })"
            case .trace(let from, let to, let hops): "trace \(name(from)) \(name(to)) by \(hops.map(\.value))"
            case .tcp(let from, let to, let port): "tcp \(name(from)) \(name(to)) \(port.value)"
            case .mtu(let from, let to, let size): "mtu \(name(from)) \(name(to)) \(size.value)"
            case .encapsulated(let from, let to, let lan, let type):
                "encapsulated \(name(from)) \(name(to)) on \(lan.value) as \(type.value)"
            }
        }
        #expect(
            kinds == [
                "ping host1/c1 host2/same", "no-ping host1 host2/c2",
                "isolated [[\"host1/c1\"], [\"host2/c2\", \"host2/same\"]]",
                "trace host1/c1 host2/c2 by [\"host1\", \"host1/same\", \"host2/c2\"]", "trace host1/c1 host2/c2 by []",
                "mtu host2/c2 host1 1450", "tcp host1/c1 host2 80", "encapsulated host1/c1 host2/c2 on lan1 as gretap",
            ])
        #expect(topology.checks[0].description == "d")
    }

    private func name(_ endpoint: Endpoint) -> String {
        [endpoint.host, endpoint.container].compactMap(\.self).joined(separator: "/")
    }

    @Test("a host's name means the host, also where a container has it")
    func hostFirst() throws {
        let text = """
            topology: t
            runtime: netns
            hosts:
              r1: {bridges: {b: }, containers: {r1: {bridge: b}}}
            checks: [{ping: [r1, r1/r1]}]
            """
        let check = try #require(try Lowered(text).sound().checks.first)
        guard case .ping(let from, let to) = check.kind else { return #expect(Bool(false)) }
        #expect([from.container, to.container] == [nil, "r1"])
    }

    @Test(
        "checks that name nothing, or too much",
        arguments: [
            ("- {ping: [c1, c22]}", "T0210 «c22» unknown container or host \"c22\""),
            ("- {ping: [c1, same]}", "T0211 «same» \"same\" is ambiguous: 2 hosts have a container of this name"),
            ("- {ping: [c1, host1/c2]}", "T0210 «host1/c2» unknown container \"c2\" in host1"),
            ("- {ping: [c1, host3/c2]}", "T0210 «host3/c2» unknown host \"host3\""),
            ("- {ping: [c1, lan1]}", "T0210 «lan1» \"lan1\" is a LAN, not a container or a host"),
            ("- {ping: [c1, br1]}", "T0210 «br1» \"br1\" is a bridge, not a container or a host"),
            ("- {ping: [c1]}", "T0204 «[c1]» \"ping\" must be a list of two, found 1"),
            (
                "- {ping: c1}",
                "T0203 «c1» \"ping\" must be a list of two, each the name of a container or a host or an IP address, found \"c1\""
            ),
            ("- {ping: [c1, c1]}", "T0204 «c1» a check goes from \"host1/c1\" to itself"),
            ("- {ping: [c1, c2], trace: [c1, c2], hops: []}", "T0205 «trace» a check has both \"ping\" and \"trace\""),
            ("- {ping: [c1, c2], hops: [host1]}", "T0205 «hops» \"hops\" is for \"trace\" checks only"),
            ("- {trace: [c1, c2]}", "T0202 «{trace: [c1, c2]}» a trace has no \"hops\""),
            ("- {trace: [c1, c2], hops: [router1]}", "T0210 «router1» unknown container or host \"router1\""),
            (
                "- {}",
                "T0202 «{}» a check has neither \"ping\", \"no-ping\", \"isolated\", \"trace\", \"mtu\", \"tcp\" "
                    + "nor \"encapsulated\""
            ),
        ])
    func badChecks(check: String, expected: String) throws {
        #expect(try Lowered(text("checks:\n  \(check)")).findings == [expected])
    }

    @Test("did you mean, and failing that what there is")
    func suggestions() throws {
        let near = try Lowered(text("", host1: "routes: [{to: default, via: hos2}]")).diagnostics
        #expect(near.map(\.primary.text) == ["did you mean \"host2\"?"])
        #expect(near.flatMap(\.help).isEmpty)
        let far = try Lowered(text("", host1: "tunnels: {t1: {type: gretap, remote: elsewhere}}")).diagnostics
        #expect(far.flatMap(\.help) == ["there is \"host1\", \"host2\""])
        let ambiguous = try Lowered(text("checks: [{ping: [c1, same]}]")).diagnostics
        #expect(ambiguous.flatMap(\.help) == ["write \"host1/same\" or \"host2/same\""])
        #expect(ambiguous.first?.secondary.count == 2)
    }

    @Test("names within a host: LANs, ports and bridges")
    func withinHost() throws {
        let lowered = try Lowered(
            """
            topology: t
            image: x
            lans: {lan1: {subnet: 172.16.1.0/24}}
            hosts:
              h1:
                nics: {eth0: {lan: lan2}, eth1: {lan: h1}}
                bridges: {br0: {ports: [eth0, eth7, c1, eth0, br0]}}
                containers: {c1: {bridge: eth0}, c2: {bridge: bro0}, c3: {bridge: c1}, c4: {bridge: lan1}}
            """)
        #expect(
            lowered.findings == [
                "T0210 «lan2» unknown LAN \"lan2\"",
                "T0210 «h1» \"h1\" is a host, not a LAN",
                "T0210 «eth7» unknown NIC, tunnel or VLAN interface \"eth7\" in h1",
                "T0210 «c1» \"c1\" is a container, not a NIC, a tunnel or a VLAN interface",
                "T0217 «eth0» \"eth0\" is twice in the ports of h1's bridge \"br0\"",
                "T0210 «br0» \"br0\" is a bridge, not a NIC, a tunnel or a VLAN interface",
                "T0210 «eth0» \"eth0\" is a NIC, not a bridge",
                "T0210 «bro0» unknown bridge \"bro0\" in h1",
                "T0210 «c1» \"c1\" is a container, not a bridge",
                "T0210 «lan1» \"lan1\" is a LAN, not a bridge",
            ])
        #expect(lowered.topology?.isComplete == false)
        #expect(lowered.topology?.hosts.first?.bridges.first?.ports.map(\.value) == ["eth0"])
    }

    @Test("a port of two bridges, at both places")
    func sharedPort() throws {
        let lowered = try Lowered(hostText("nics: {eth0: }\nbridges: {a: {ports: [eth0]}, b: {ports: [eth0]}}"))
        #expect(lowered.findings == ["T0205 «eth0» \"eth0\" is a port of two bridges, \"a\" and \"b\""])
        #expect(lowered.diagnostics.map(\.secondary.count) == [1])
    }

    @Test(
        "one mistake, one message",
        arguments: [
            "hosts: {h1: {brigdes: {br0: }, containers: {c1: {bridge: br0}}}}",
            "hosts: {h1: {bridges: [br0], containers: {c1: {bridge: br0}, c2: {bridge: br0}}}}",
            "hosts: {h1: {bridges: {br0: {adress: 10.0.0.1/24}}, containers: {c1: {bridge: br0}}}}",
            "hosts: {h1: {bridges: {br0: {address: 10.0.0.1}}, containers: {c1: {bridge: br0, address: 10.0.0.2/24, routes: [{to: default, via: h1}]}}}}",
            "hosts: {h1: none, h2: }\nchecks: [{ping: [h1/c1, h2]}, {ping: [c9, h2]}]",
            "lan: {l1: {}}\nhosts: {h1: {nics: {eth0: {lan: l1}}}}",
            "hosts: {h1: {bridges: {br0: }, containers: {c1: 5}}, h2: }\nchecks: [{ping: [c1, h2]}]",
            "hosts: {h1: {tunnels: {t0: {type: gre, remote: h2}}, bridges: {br0: {ports: [t0]}}}, h2: }",
        ])
    func oneMessage(rest: String) throws {
        let lowered = try Lowered("topology: t\nruntime: netns\n" + rest)
        #expect(lowered.findings.count == 1, "\(lowered.findings)")
        #expect(lowered.topology?.isComplete == false)
    }
}
