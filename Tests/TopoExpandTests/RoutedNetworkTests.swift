import Testing
import TopoDiagnostics
import TopoDriver
import TopoExpand
import TopoForwarding
import TopoModel
import TopoSyntax

@Suite("Routed networks")
struct RoutedNetworkTests {
    private static func text(
        _ network: String, containers: String = "c1..c2: {network: blue}", hosts: Int = 3
    ) -> String {
        """
        topology: t
        runtime: netns
        lans: {internal: {subnet: [172.16.1.0/24, "fd01::/64"]}}
        networks: {blue: \(network)}
        hosts:
          host1..host\(hosts):
            nics: {eth0: {lan: internal, address: auto}}
            containers: {\(containers)}
        """
    }

    @Test("each host has a slice, the first address of it, and routes to the other slices")
    func slices() throws {
        let made = try Made(Self.text("{kind: routed, subnet: 10.0.0.0/24}"))
        #expect(made.messages == [])
        // Twice two containers and the host: a /29 has room for six.
        #expect(
            made.hosts[1]
                == "host2: {nics: {eth0: {lan: internal, address: 172.16.1.2/24, addresses: ['fd01::2/64']}}, "
                + "containers: {c1: {bridge: blue, address: 10.0.0.10/29}, c2: {bridge: blue, address: 10.0.0.11/29}}, "
                + "bridges: {blue: {address: 10.0.0.9/29}}, forwarding: true, "
                + "routes: [{to: 10.0.0.0/29, via: host1}, {to: 10.0.0.16/29, via: host3}]}")
        #expect(
            made.lock.filter { $0.contains("slice") } == (0...2).map { "host\($0 + 1) blue slice 10.0.0.\($0 * 8)/29" })
        #expect(made.lock.contains("host3 blue 10.0.0.17/29"))
    }

    @Test(
        "a slice is the smallest into which the containers fit twice",
        arguments: [(1, 29), (2, 29), (3, 28), (6, 28), (7, 27), (14, 27), (15, 26)])
    func length(containers: Int, length: Int) throws {
        let made = try Made(
            Self.text("{kind: routed, subnet: 10.0.0.0/16}", containers: "c1..c\(containers): {network: blue}"))
        let slice = try #require(made.lock.first { $0.hasPrefix("host1 blue slice") })
        // With the host's own: a /29 has room for 6, a /28 for 14, a /27 for 30.
        #expect(slice.hasSuffix("/\(length)"), "\(slice)")
    }

    @Test("a length that is written is taken, one for each subnet, and IPv6 has /64")
    func written() throws {
        let one = try Made(Self.text("{kind: routed, subnet: 10.0.0.0/16, slice: 24}"))
        #expect(one.lock.contains("host3 blue slice 10.0.2.0/24"))
        let two = try Made(Self.text("{kind: routed, subnet: [10.0.0.0/16, \"fd00::/56\"], slice: [26, 60]}"))
        #expect(
            two.lock.contains("host2 blue slice 10.0.0.64/26") && two.lock.contains("host2 blue slice fd00:0:0:10::/60")
        )
        let six = try Made(Self.text("{kind: routed, subnet: \"fd00::/48\"}"))
        #expect(six.lock.contains("host3 blue slice fd00:0:0:2::/64"))
        #expect(six.hosts[0].contains("{to: 'fd00:0:0:1::/64', via: host2}"), "\(six.hosts[0])")
        let few = try Made(Self.text("{kind: routed, subnet: \"fd00::/63\"}"))
        #expect(few.lock.contains("host3 blue slice fd00::10/125"), "\(few.lock)")
    }

    @Test("the lock keeps slices and their length, whatever is added")
    func locked() throws {
        let before = try Made(Self.text("{kind: routed, subnet: 10.0.0.0/24}"))
        let more = try Made(
            Self.text("{kind: routed, subnet: 10.0.0.0/24}", containers: "c1..c5: {network: blue}", hosts: 4)
                .replacing("host1..host4:", with: "new..\n").replacing("new..\n", with: "host1..host4:"),
            lock: before.lock)
        #expect(more.messages == [])
        #expect(Set(before.lock).isSubset(of: Set(more.lock)))
        #expect(more.lock.contains("host4 blue slice 10.0.0.24/29"))
        let full = try Made(
            Self.text("{kind: routed, subnet: 10.0.0.0/24}", containers: "c1..c6: {network: blue}"), lock: before.lock)
        let finding = try #require(full.findings.first)
        #expect(finding.message == "10.0.0.0/29 has no free address for \"eth0\" of host1/c6")
        #expect(finding.notes.first == "it has room for 6 addresses, 7 are to be given")
        #expect(finding.help == ["write slice: with a shorter length at the network, or take something out of it"])
    }

    @Test("of two hosts that the lock gives one slice, the later gets another")
    func merged() throws {
        let made = try Made(
            Self.text("{kind: routed, subnet: 10.0.0.0/24}"),
            lock: ["host1 blue slice 10.0.0.8/29", "host2 blue slice 10.0.0.8/29", "host3 blue slice 10.0.1.0/29"])
        #expect(
            made.lock.filter { $0.contains("slice") } == [
                "host1 blue slice 10.0.0.8/29", "host2 blue slice 10.0.0.0/29", "host3 blue slice 10.0.0.16/29",
            ])
        #expect(
            made.messages.prefix(2) == [
                "T0319 host2's slice of network \"blue\" is another than before, 10.0.0.0/29",
                "T0319 host3's slice of network \"blue\" is another than before, 10.0.0.16/29",
            ])
        #expect(made.findings[0].notes == ["the lock has 10.0.0.8/29 for host1 too"])
        #expect(made.findings[1].notes == ["the lock has 10.0.1.0/29, which is not in 10.0.0.0/24"])
    }

    @Test("a bridge that is written has its own subnet for a slice, and keeps what it says")
    func bridge() throws {
        let made = try Made(
            Self.text("{kind: routed, subnet: 10.0.0.0/24}")
                + "\n  host4:\n    nics: {eth0: {lan: internal, address: auto}}\n"
                + "    bridges: {blue: {stp: true, address: 10.0.0.1/27}}\n    containers: {c: {network: blue}}\n")
        #expect(made.messages == [])
        #expect(
            made.hosts[3].contains(
                "bridges: {blue: {stp: true, address: 10.0.0.1/27}}, containers: {c: {bridge: blue, address: 10.0.0.2/27}}"
            ))
        #expect(made.hosts[0].contains("{to: 10.0.0.0/27, via: host4}"))
        #expect(
            made.lock.filter { $0.contains("slice") }
                == (0...2).map { "host\($0 + 1) blue slice 10.0.0.\($0 * 8 + 32)/29" })
    }

    @Test("p2p: auto takes the next /30 of a slice for links, and what is in none of them is refused")
    func links() throws {
        let made = try Made(
            Self.text(
                "{kind: routed, subnet: [10.0.0.0/24, \"fd00::/48\"]}",
                containers:
                    "c: {network: blue, p2p: auto}, d: {interfaces: {e0: {network: blue, p2p: auto}, e1: {network: blue}}}",
                hosts: 2))
        #expect(made.messages == [])
        #expect(made.hosts[0].contains("c: {p2p: [10.0.0.16/30, 'fd00:0:0:1::/126']}"), "\(made.hosts[0])")
        #expect(
            made.hosts[0].contains(
                "e0: {p2p: [10.0.0.20/30, 'fd00:0:0:1::4/126']}, e1: {bridge: blue, address: 10.0.0.2/28"))
        #expect(
            made.hosts[0].contains("{to: 10.0.0.16/28, type: unreachable}, {to: 'fd00:0:0:1::/64', type: unreachable}]")
        )
        #expect(
            made.hosts[1].contains(
                "{to: 10.0.0.0/28, via: host1}, {to: 'fd00::/64', via: host1}, {to: 10.0.0.16/28, via: host1}"))
        #expect(made.lock.contains("host1/d e0 10.0.0.22/30") && made.lock.contains("host1 blue links 10.0.0.16/28"))
        let alone = try Made(
            Self.text("{kind: routed, subnet: 10.0.0.0/24}", containers: "c: {network: blue, p2p: auto}", hosts: 2),
            lock: ["host1/c eth0 10.0.0.6/30"])
        #expect(
            alone.hosts[0].contains("c: {p2p: 10.0.0.4/30}") && !alone.hosts[0].contains("bridges"), "\(alone.hosts)")
    }

    @Test("a subnet that is too small says how many slices fit, and how many are wanted")
    func tooSmall() throws {
        let made = try Made(Self.text("{kind: routed, subnet: 10.0.0.0/28}"))
        #expect(made.messages == ["T0221 10.0.0.0/28 has room for 2 slices of /29, and network \"blue\" needs 3"])
        #expect(made.findings[0].help == ["take a larger subnet"])
        let ways = try Made(Self.text("{kind: routed, subnet: 10.0.0.0/27}", containers: "c1..c5: {network: blue}"))
        #expect(ways.messages == ["T0221 10.0.0.0/27 has room for 2 slices of /28, and network \"blue\" needs 3"])
        #expect(ways.findings[0].help == ["take a larger subnet, or write slice: 29, which has room for 6 addresses"])
        let none = try Made(
            Self.text("{kind: routed, subnet: 10.0.0.0/29}", containers: "c1..c5: {network: blue}", hosts: 2))
        #expect(none.messages == ["T0221 10.0.0.0/29 has room for no slice of /28, and network \"blue\" needs 2"])
        let whole = try Made(Self.text("{kind: routed, subnet: 10.0.0.0/29, slice: 29}", hosts: 2))
        #expect(whole.messages == ["T0221 10.0.0.0/29 has room for 1 slice of /29, and network \"blue\" needs 2"])
        #expect(made.hosts[0].contains("c1: {network: blue}"))
    }

    @Test("too many hosts would have too many routes", arguments: [(577, 0), (578, 1)])
    func limit(hosts: Int, findings: Int) throws {
        let text = Self.text("{kind: routed, subnet: 10.0.0.0/8}", hosts: hosts)
            .replacing("172.16.1.0/24", with: "172.16.0.0/16")
        #expect(try Made(text).messages.filter { $0.hasPrefix("T0106") }.count == findings)
    }

    @Test("a host that is said not to forward cannot route, and one that forwards is left as it is")
    func forwarding() throws {
        func hosts(_ value: String) -> String {
            Self.text("{kind: routed, subnet: 10.0.0.0/24}", hosts: 2)
                .replacing("    nics:", with: "    forwarding: \(value)\n    nics:")
        }
        #expect(try Made(hosts("true")).messages == [])
        #expect(try Made(hosts("true")).hosts[0].components(of: "forwarding") == 1)
        #expect(
            try Made(hosts("false")).messages.allSatisfy {
                $0.hasSuffix(" routes for network \"blue\", and is said not to forward")
            })
        #expect(try Made(hosts("false")).messages.count == 2)
    }

    @Test("with several LANs, routes go by the addresses on the one that is named")
    func over() throws {
        let text = Self.text("{kind: routed, subnet: 10.0.0.0/24, over: internal}", hosts: 2)
            .replacing("lans: {", with: "lans: {a: {}, ")
        #expect(try Made(text).hosts[0].contains("routes: [{to: 10.0.0.8/29, via: 172.16.1.2}]"))
        let none = try Made(text.replacing(", over: internal", with: ""))
        #expect(none.messages == ["T0220 network \"blue\" does not say which LAN it runs over"])
    }

    @Test("a gateway forwards, has the first address, and is the way out of the containers of the other hosts")
    func gateway() throws {
        let more =
            "c1: {network: blue}, g: {network: blue, gateway: none}, d: {network: blue, routes: [{to: default, via: 10.0.0.9}]}"
        for kind in ["bridged", "gretap", "vxlan"] {
            let made = try Made(Self.text("{kind: \(kind), subnet: 10.0.0.0/24, gateway: host2}", containers: more))
            #expect(made.messages == [], "\(kind)")
            #expect(
                made.hosts[1].contains("forwarding: true") && made.hosts[1].contains("blue: {address: 10.0.0.1/24"),
                "\(made.hosts[1])")
            #expect(
                made.hosts[0].contains("c1: {bridge: blue, address: 10.0.0.2/24, gateway: 10.0.0.1}"),
                "\(made.hosts[0])")
            #expect(!made.hosts[0].contains("forwarding") && made.hosts[0].components(of: "gateway: 10.0.0.1") == 1)
            #expect(!made.hosts[1].contains("gateway: 10.0.0.1") && made.hosts[0].contains("gateway: none"))
        }
        let routed = try Made(Self.text("{kind: routed, subnet: 10.0.0.0/24, gateway: host2}"))
        #expect(routed.hosts[0].contains("{to: default, via: host2}]") && !routed.hosts[1].contains("default"))
        let dual = try Made(Self.text("{kind: routed, subnet: [10.0.0.0/24, \"fd00::/48\"], gateway: host2}"))
        #expect(dual.hosts[2].contains("{to: 0.0.0.0/0, via: host2}, {to: '::/0', via: host2}]"), "\(dual.hosts[2])")
        // A host without a container is in the network where it routes for it.
        let apart = try Made(
            Self.text("{kind: vxlan, subnet: 10.0.0.0/24, gateway: r, vni: 1}", hosts: 1)
                + "\n  r: {nics: {eth0: {lan: internal, address: auto}}}\n")
        #expect(apart.hosts[1].contains("bridges: {blue: {address: 10.0.0.1/24, ports: [vx-blue]}}"), "\(apart.hosts)")
        let none = try Made(Self.text("{kind: vxlan, subnet: 10.0.0.0/24, gateway: none, vni: 1}"))
        #expect(!none.hosts.contains { $0.contains("forwarding") } && none.messages == [])
    }

    @Test(
        "in a routed network all reach each other, by the hosts",
        arguments: ["10.0.0.0/24", "[10.0.0.0/24, \"fd00::/48\"]"])
    func works(subnet: String) throws {
        let text =
            Self.text(
                "{kind: routed, subnet: \(subnet)}",
                containers: "c1..c2: {network: blue}, d1..d2: {network: blue, p2p: auto}")
            + "\nchecks: [{ping: [host1..host3/c1..c2, host1..host3/d1..d2]}, {trace: [host1/c1, host3/d2], hops: [host1, host3]}]\n"
        let examined = examine(SourceFile(path: "a.topo", bytes: Array(text.utf8)))
        #expect(examined.diagnostics.map(\.code) == [.notLocked], "\(examined.diagnostics.map(\.message))")
    }

    @Test("a kind that is changed renumbers only what does not fit, and back again nothing")
    func changed() throws {
        func made(_ kind: String, _ lock: [String]?) throws -> Made {
            try Made(
                Self.text("{kind: \(kind), subnet: 10.0.0.0/24}", containers: "c1..c4: {network: blue}"), lock: lock)
        }
        func addresses(_ made: Made) -> [String] {
            made.lock.filter { $0.contains("/c") }.map { $0.split(separator: "/").dropLast().joined(separator: "/") }
        }
        let vxlan = try made("vxlan", nil)
        let routed = try made("routed", vxlan.lock)
        // Slices of 16: the four of host1 fit, and those of the others do not.
        #expect(addresses(routed).prefix(4) == addresses(vxlan).prefix(4))
        #expect(
            routed.messages.count == 1
                && routed.findings[0].notes.last == "the same applies to 7 more that this line stands for")
        for kind in ["bridged", "gretap", "vxlan"] {
            let other = try made(kind, routed.lock)
            #expect(addresses(other) == addresses(routed) && other.messages == [])
            let back = try made("routed", other.lock)
            #expect(addresses(back) == addresses(routed) && back.messages == [], "\(back.lock)")
        }
    }

    @Test("two networks that have segments of their own may have one subnet, and the same addresses")
    func tenants() throws {
        let text = """
            topology: t
            runtime: netns
            lans: {internal: {subnet: 172.16.1.0/24}}
            networks:
              blue: {kind: vxlan, subnet: 10.0.0.0/24}
              red: {kind: gretap, subnet: 10.0.0.0/24}
            hosts:
              host1..host3:
                nics: {eth0: {lan: internal, address: auto}}
                containers: {b1..b2: {network: blue}, r1..r2: {network: red}}
            checks:
              - {ping: [host1/b1, host3/b2]}
              - {ping: [host1/r1, host3/r2]}
            """
        let made = try Made(text)
        #expect(
            made.lock.filter { $0.hasSuffix(" 10.0.0.6/24") } == [
                "host3/b2 eth0 10.0.0.6/24", "host3/r2 eth0 10.0.0.6/24",
            ])
        let examined = examine(SourceFile(path: "a.topo", bytes: Array(text.utf8)))
        #expect(examined.diagnostics.map(\.code) == [.notLocked], "\(examined.diagnostics.map(\.message))")
    }
}

extension String {
    /// How often a text is in it.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
