import Testing
import TopoDiagnostics
import TopoDriver
import TopoExpand
import TopoForwarding
import TopoModel
import TopoPlan
import TopoSyntax

@Suite("Networks")
struct NetworkTests {
    private static func text(_ network: String, hosts: Int = 3, more: String = "") -> String {
        """
        topology: t
        runtime: netns
        lans: {internal: {subnet: 172.16.1.0/24}}
        networks: {blue: \(network)}
        hosts:
          host1..host\(hosts):
            nics: {eth0: {lan: internal, address: auto}}
            containers: {c1..c2: {network: blue}}
        \(more)
        """
    }

    /// What a text is expanded to: with thousands of far ends it is too large to be written out as text.
    private static func tree(_ text: String) throws -> (tree: Node?, findings: [String]) {
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let outcome = expand(try #require(read(source).output), of: source)
        return (
            outcome.output?.tree,
            outcome.diagnostics.filter { $0.code != .notLocked }.map { "\($0.code.rawValue) \($0.message)" }
        )
    }

    private static func expanded(_ text: String) throws -> (hosts: [String], lans: String, findings: [String]) {
        let (tree, findings) = try tree(text)
        guard case .mapping(let entries) = tree?.content else { return ([], "", []) }
        func value(_ key: String) -> Node? { entries.first { $0.key == key }?.value }
        guard case .mapping(let hosts) = value("hosts")?.content else { return ([], "", []) }
        return (
            hosts.map { "\($0.key): \($0.value.plainFlow)" }, value("lans")?.flow ?? "", findings
        )
    }

    @Test("bridged: the NIC is a port, its address the bridge's, and the LAN has the subnet")
    func bridged() throws {
        let made = try Self.expanded(Self.text("{kind: bridged, subnet: 10.0.0.0/24}", hosts: 2))
        #expect(
            made.hosts == [
                "host1: {nics: {eth0: {lan: internal}}, containers: {c1: {bridge: blue, address: 10.0.0.1/24}, "
                    + "c2: {bridge: blue, address: 10.0.0.2/24}}, bridges: {blue: {ports: [eth0], address: 172.16.1.1/24}}}",
                "host2: {nics: {eth0: {lan: internal}}, containers: {c1: {bridge: blue, address: 10.0.0.3/24}, "
                    + "c2: {bridge: blue, address: 10.0.0.4/24}}, bridges: {blue: {ports: [eth0], address: 172.16.1.2/24}}}",
            ])
        #expect(made.lans == "{internal: {subnet: [172.16.1.0/24, 10.0.0.0/24]}}")
        #expect(made.findings == [])
    }

    @Test("vxlan: each end lists the others")
    func vxlan() throws {
        let made = try Self.expanded(Self.text("{kind: vxlan, subnet: 10.0.0.0/24, vni: 42, port: 4790}"))
        for (index, others) in ["host2, host3", "host1, host3", "host1, host2"].enumerated() {
            let wanted =
                "tunnels: {vx-blue: {type: vxlan, vni: 42, remotes: [\(others)], port: 4790}}, bridges: {blue: {ports: [vx-blue]}}}"
            #expect(made.hosts[index].hasSuffix(wanted), "\(made.hosts[index])")
        }
        #expect(made.lans == "{internal: {subnet: 172.16.1.0/24}}")
        #expect(made.findings == [])
    }

    @Test("vxlan over a LAN that is named goes between the addresses there, and a group by the NIC there")
    func over() throws {
        let made = try Self.expanded(
            Self.text("{kind: vxlan, subnet: 10.0.0.0/24, vni: 42, over: internal}", hosts: 2)
                .replacing("lans: {", with: "lans: {a: {}, "))
        #expect(made.hosts[1].contains("{type: vxlan, vni: 42, local: 172.16.1.2, remotes: [172.16.1.1]}"))
        let group = try Self.expanded(
            Self.text("{kind: vxlan, subnet: 10.0.0.0/24, vni: 42, group: 239.1.1.1}", hosts: 2))
        #expect(group.hosts[0].contains("{type: vxlan, vni: 42, group: 239.1.1.1, dev: eth0}"))
    }

    @Test("gretap: a star, with the hub in the middle", arguments: ["host1", "host2", "host3"])
    func gretap(hub: String) throws {
        let names = ["host1", "host2", "host3"]
        let network =
            hub == "host1" ? "{kind: gretap, subnet: 10.0.0.0/24}" : "{kind: gretap, subnet: 10.0.0.0/24, hub: \(hub)}"
        let made = try Self.expanded(Self.text(network))
        let spokes = names.filter { $0 != hub }
        for (name, host) in zip(names, made.hosts) {
            let tunnels =
                name == hub ? spokes.enumerated().map { ("g\($0.offset + 1)-blue", $0.element) } : [("gre-blue", hub)]
            for (tunnel, remote) in tunnels {
                #expect(host.contains("\(tunnel): {type: gretap, key: 16419197, remote: \(remote)}"), "\(host)")
            }
            #expect(host.contains("blue: {ports: [\(tunnels.map(\.0).joined(separator: ", "))]}"), "\(host)")
        }
        #expect(made.findings == [])
    }

    @Test("gretap: a hub needs no containers of its own")
    func emptyHub() throws {
        let made = try Self.expanded(
            Self.text(
                "{kind: gretap, subnet: 10.0.0.0/24, hub: centre}",
                more: "  centre: {nics: {eth0: {lan: internal, address: auto}}}"))
        #expect(
            made.hosts.last?.contains("bridges: {blue: {ports: [g1-blue, g2-blue, g3-blue]}}") == true, "\(made.hosts)")
        #expect(made.findings == [])
    }

    @Test(
        "of whatever kind but routed, containers have the same addresses and reach each other",
        arguments: ["bridged", "gretap", "vxlan"])
    func kinds(kind: String) throws {
        let text = Self.text(
            "{kind: \(kind), subnet: 10.0.0.0/24}",
            more:
                "checks: [{ping: [host1..host3/c1..c2, host1..host3/c1..c2]}, {trace: [host1/c1, host3/c2], hops: []}]")
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let examined = examine(source)
        #expect(examined.diagnostics.map(\.code) == [.notLocked], "\(examined.diagnostics.map(\.message))")
        let containers = try #require(examined.output).topology.hosts.flatMap(\.containers)
        #expect(
            containers.flatMap(\.interfaces).flatMap(\.addresses).map { "\($0.value)" }
                == (1...6).map { "10.0.0.\($0)/24" })
        #expect(examined.output?.prediction.expectations.isEmpty == false)
    }

    @Test("a kind that is changed renumbers nothing")
    func changed() throws {
        func lock(_ kind: String, _ lock: [UInt8]?) throws -> [UInt8]? {
            let source = SourceFile(
                path: "a.topo", bytes: Array(Self.text("{kind: \(kind), subnet: 10.0.0.0/24}").utf8), lock: lock)
            let root = try #require(read(source).output)
            return expand(root, of: source).output?.lock
        }
        let first = try lock("bridged", nil)
        let numbered = try #require(try lock("vxlan", first))
        let lines = String(decoding: numbered, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let kept = lines.filter { !$0.hasPrefix("blue number ") }.joined(separator: "\n")
        #expect(
            first.map { String(decoding: $0, as: UTF8.self) } == kept && lines.count > kept.split(separator: "\n").count
        )
        #expect(try lock("gretap", first) == numbered && lock("gretap", numbered) == numbered)
        #expect(try lock("bridged", numbered) == numbered)
    }

    @Test("one host needs no tunnels, and a host that is named needs no container")
    func hosts() throws {
        let one = try Self.expanded(Self.text("{kind: vxlan, subnet: 10.0.0.0/24}", hosts: 1))
        #expect(one.hosts[0].hasSuffix("bridges: {blue: {}}}"))
        let named = try Self.expanded(
            Self.text(
                "{kind: vxlan, subnet: 10.0.0.0/24, vni: 1, hosts: [host1, r]}", hosts: 1,
                more: "  r: {nics: {e: {lan: internal}}}"))
        #expect(
            named.hosts[1].hasSuffix(
                "tunnels: {vx-blue: {type: vxlan, vni: 1, remotes: [host1]}}, bridges: {blue: {ports: [vx-blue]}}}"))
    }

    @Test("an interface says more, or that it has no address, and a written bridge is kept")
    func written() throws {
        let made = try Self.expanded(
            """
            topology: t
            networks: {n: {kind: vxlan, vni: 1, subnet: [10.0.0.0/29, "fd00::/64"]}}
            hosts:
              h:
                bridges: {n: {stp: true, address: auto, ports: [x]}}
                containers:
                  a: {interfaces: {e0: {network: n}, e1: {network: n, address: none}, e2: {network: n, address: 10.0.0.6/29}}}
              i: {bridges: {n: {stp: true}}, containers: {b: {network: n, addresses: [10.0.0.5/29]}}}
            """)
        #expect(
            made.hosts == [
                "h: {bridges: {n: {stp: true, address: 10.0.0.1/29, addresses: ['fd00::1/64'], ports: [x, vx-n]}}, containers: {a: "
                    + "{interfaces: {e0: {bridge: n, address: 10.0.0.2/29, addresses: ['fd00::2/64']}, e1: {bridge: n}, "
                    + "e2: {bridge: n, address: 10.0.0.6/29}}}}, tunnels: {vx-n: {type: vxlan, vni: 1, remotes: [i]}}}",
                "i: {bridges: {n: {stp: true, ports: [vx-n]}}, containers: {b: {bridge: n, addresses: [10.0.0.5/29]}}, "
                    + "tunnels: {vx-n: {type: vxlan, vni: 1, remotes: [h]}}}",
            ])
    }

    @Test("names are cut to what the kernel takes, and stay apart")
    func names() throws {
        let made = try Self.expanded(
            """
            topology: t
            networks: {twelve-bytes: {kind: vxlan, subnet: 10.0.0.0/24}, a-network-of-one: {kind: vxlan, subnet: 10.1.0.0/24},
              a-network-of-two: {kind: vxlan, subnet: 10.2.0.0/24}}
            hosts: {h..i: }
            """.replacing(
                "{h..i: }",
                with:
                    "{h1..h2: {containers: {a: {network: twelve-bytes}, b: {network: a-network-of-one}, c: {network: a-network-of-two}}}}"
            ))
        let names = made.hosts[0].matches(of: #/[a-z0-9-]+: \{(?:type|ports)/#).map { $0.output.prefix { $0 != ":" } }
        #expect(Set(names).count == 6 && names.allSatisfy { $0.utf8.count <= 15 }, "\(names)")
        #expect(names.contains("vx-twelve-bytes") && names.contains("twelve-bytes"))
    }

    @Test("a container may name a network's bridge, and has an address of the network there too")
    func bridge() throws {
        let made = try Self.expanded(
            "topology: t\nnetworks: {n: {kind: vxlan, subnet: 10.0.0.0/24}}\n"
                + "hosts: {h: {containers: {a: {network: n}, b: {bridge: n, address: auto}}}}")
        #expect(
            made.hosts == [
                "h: {containers: {a: {bridge: n, address: 10.0.0.1/24}, b: {bridge: n, address: 10.0.0.2/24}}, bridges: {n: {}}}"
            ])
    }

    @Test(
        "more far ends than a file may have are refused, unless there is a group",
        arguments: [(400, "", 0), (1001, "", 1), (1001, ", group: 239.1.1.1", 0)])
    func limit(hosts: Int, group: String, findings: Int) throws {
        let text = Self.text("{kind: vxlan, subnet: 10.0.0.0/16, vni: 1\(group)}", hosts: hosts)
            .replacing("172.16.1.0/24", with: "172.16.0.0/16")
        let found = try Self.tree(text).findings
        #expect(found.count { $0.hasPrefix("T0106") } == findings && (group.isEmpty || found == []))
    }

    @Test("what cannot be made is told, and left as it is")
    func faults() throws {
        let unused = try Self.expanded("topology: t\nnetworks: {n: {kind: vxlan, subnet: 10.0.0.0/24}}\nhosts: {h: {}}")
        #expect(unused.findings == ["T0212 no container is in network \"n\""])
        let several = try Self.expanded(
            Self.text("{kind: bridged, subnet: 10.0.0.0/24}").replacing("lans: {", with: "lans: {a: {}, "))
        #expect(several.findings == ["T0220 network \"blue\" does not say which LAN it runs over"])
        #expect(several.hosts[0].contains("c1: {network: blue"))
        let apart = try Self.expanded(
            Self.text(
                "{kind: bridged, subnet: 10.0.0.0/24}", more: "  h: {nics: {e: {}}, containers: {c: {network: blue}}}"))
        #expect(apart.findings == ["T0220 h has no NIC on LAN \"internal\", over which network \"blue\" goes"])
        for wrong in [
            "{kind: x, subnet: 10.0.0.0/24}", "{kind: vxlan}", "{kind: vxlan, subnet: [x]}",
            "{kind: vxlan, subnet: 10.0.0.0/24, over: z}",
        ] {
            let made = try Self.expanded(Self.text(wrong))
            #expect(made.findings == [] && made.hosts[0].contains("c1: {network: blue"), "\(wrong): \(made)")
        }
    }
}
