import Testing
import TopoDiagnostics
import TopoDriver
import TopoExpand
import TopoSyntax

@Suite("Links")
struct LinkTests {
    private static func expanded(_ text: String) throws -> (tree: String, findings: [String]) {
        let source = SourceFile(path: "a.topo", bytes: Array(("topology: t\nruntime: netns\n" + text).utf8))
        let root = try #require(read(source).output)
        let outcome = expand(root, of: source)
        return (outcome.output?.tree.flow ?? "", outcome.diagnostics.map { "\($0.code.rawValue) \($0.message)" })
    }

    @Test("between hosts become LANs with two NICs")
    func hosts() throws {
        let made = try Self.expanded(
            "links: [[\"r1:eth1\", \"r2:eth0\"], [\"r2:eth1\", \"r1:eth2\"]]\nhosts: {r1: {nics: {eth1: {address: 10.0.0.1/30}}}, r2: {}}"
        )
        #expect(made.findings == [])
        #expect(
            made.tree.hasSuffix(
                "hosts: {r1: {nics: {eth1: {address: 10.0.0.1/30, lan: r1.eth1-r2.eth0}, eth2: {lan: r2.eth1-r1.eth2}}}, "
                    + "r2: {nics: {eth0: {lan: r1.eth1-r2.eth0}, eth1: {lan: r2.eth1-r1.eth2}}}}, lans: {r1.eth1-r2.eth0: {}, r2.eth1-r1.eth2: {}}}"
            ),
            "\(made.tree)")
    }

    @Test("between containers become bridges, and the short form the long one where it must")
    func containers() throws {
        let made = try Self.expanded(
            """
            hosts:
              h:
                bridges: {b: {}}
                containers:
                  a: {address: 10.0.0.1/24, forwarding: true}
                  b: {bridge: b, address: 10.1.0.1/24, gateway: none}
                  c: {interfaces: {e: {address: 10.0.0.2/24}, f: {bridge: b}}}
                  d: {}
                links: [["a:eth0", "c:e"], ["b:eth1", "d:eth7"]]
            """)
        #expect(made.findings == [])
        #expect(made.tree.contains("a: {address: 10.0.0.1/24, forwarding: true, bridge: a.eth0-c.e}"), "\(made.tree)")
        #expect(
            made.tree.contains(
                "b: {gateway: none, interfaces: {eth0: {bridge: b, address: 10.1.0.1/24}, eth1: {bridge: b.eth1-d.eth7}}}"
            ))
        #expect(
            made.tree.contains(
                "c: {interfaces: {e: {address: 10.0.0.2/24, bridge: a.eth0-c.e}, f: {bridge: b}}}, d: {interfaces: {eth7: {bridge: b.eth1-d.eth7}}}"
            ))
        #expect(made.tree.contains("bridges: {b: {}, a.eth0-c.e: {}, b.eth1-d.eth7: {}}"))
    }

    @Test("have names that fit and that nothing else has")
    func names() throws {
        let made = try Self.expanded(
            "hosts: {h: {bridges: {a.e1-b.e1: {}}, containers: {a: {}, b: {}, a-long-name: {}, another-name: {}}, links: [[\"a:e1\", \"b:e1\"], [\"a-long-name:e1\", \"another-name:e1\"]]}}"
        )
        let names = made.tree.matches(of: #/bridge: ([^}]*)/#).map { String($0.output.1) }
        #expect(Set(names).count == 2 && names.count == 4 && names.allSatisfy { $0.utf8.count <= 15 }, "\(names)")
        #expect(names.contains("a.e1-b.e1-1"))
    }

    @Test(
        "that say nothing sound are told",
        arguments: [
            ("links: [[r1, \"r2:e\"]]\nhosts: {r1: {}, r2: {}}", "T0204 \"r1\" is no end of a link"),
            ("links: [[\":e\", \"r2:e\"]]\nhosts: {r1: {}, r2: {}}", "T0204 \":e\" is no end of a link"),
            ("links: [[\"r1:\", \"r2:e\"]]\nhosts: {r1: {}, r2: {}}", "T0204 \"r1:\" is no end of a link"),
            ("links: [[\"r1:e\", \"r3:e\"]]\nhosts: {r1: {}, r2: {}}", "T0210 unknown host \"r3\""),
            (
                "links: [[\"r1:e\", \"r2:e\"], [\"r2:e\", \"r1:f\"]]\nhosts: {r1: {}, r2: {}}",
                "T0217 \"e\" of r2 is the end of two links"
            ),
            ("links: [[\"r1:e\", \"r1:e\"]]\nhosts: {r1: {}, r2: {}}", "T0217 \"e\" of r1 is the end of two links"),
            (
                "lans: {l: {}}\nlinks: [[\"r1:e\", \"r2:e\"]]\nhosts: {r1: {nics: {e: {lan: l}}}, r2: {}}",
                "T0205 \"e\" of r1 has a link, and \"lan\" besides"
            ),
            (
                "hosts: {h: {containers: {a: {p2p: 10.0.0.0/30}, b: {}}, links: [[\"a:eth0\", \"b:e\"]]}}",
                "T0205 \"eth0\" of a has a link, and \"p2p\" besides"
            ),
        ])
    func faults(text: String, message: String) throws { #expect(try Self.expanded(text).findings == [message]) }

    @Test("carry packets, with static routes over a ring of them")
    func ring() throws {
        let text = """
            topology: ring
            runtime: netns
            routing: static
            links: [["r1:a", "r2:b"], ["r2:a", "r3:b"], ["r3:a", "r1:b"]]
            hosts:
              r1: {forwarding: true, nics: {a: {address: 10.0.1.1/30}, b: {address: 10.0.3.2/30}}, bridges: {br0: {address: 10.1.0.1/24}}, containers: {x: {bridge: br0, address: auto}}}
              r2: {forwarding: true, nics: {a: {address: 10.0.2.1/30}, b: {address: 10.0.1.2/30}}, bridges: {br0: {address: 10.2.0.1/24}}, containers: {y: {bridge: br0, address: auto}}}
              r3: {forwarding: true, nics: {a: {address: 10.0.3.1/30}, b: {address: 10.0.2.2/30}}}
            checks: [{trace: [x, y], hops: [r1, r2]}, {ping: [x, r3]}]
            """
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let outcome = examine(source)
        #expect(outcome.diagnostics.map(\.code) == [.notLocked], "\(outcome.diagnostics.map(\.message))")
        let written = try #require(writtenOut(source).output)
        let plain = String(decoding: written.bytes, as: UTF8.self)
        #expect(
            !plain.contains("links") && !plain.contains("routing")
                && plain.contains("{to: 10.2.0.0/24, via: 10.0.1.2}"), "\(plain)")
        #expect(examine(written).diagnostics.isEmpty)
    }

    @Test("and the static route of a host on one of them is written as a default route")
    func leaf() throws {
        let text = """
            topology: leaf
            runtime: netns
            routing: static
            links: [["r:a", "h:a"]]
            hosts:
              r: {forwarding: true, nics: {a: {address: 10.0.1.1/30}}, bridges: {b: {address: 10.1.0.1/24}}, containers: {c: {bridge: b, address: 10.1.0.2/24}}}
              h: {nics: {a: {address: 10.0.1.2/30}}}
            """
        let written = try #require(writtenOut(SourceFile(path: "a.topo", bytes: Array(text.utf8))).output)
        let plain = String(decoding: written.bytes, as: UTF8.self)
        #expect(plain.contains("{to: default, via: 10.0.1.1}"), "\(plain)")
    }
}
