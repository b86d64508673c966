import Testing
import TopoDiagnostics
import TopoLower
import TopoModel

@Suite("Names")
struct NameTests {
    /// The codes found for a bridge of this name.
    private func codes(bridge name: String) throws -> [String] {
        try Lowered("topology: t\nhosts: {h1: {bridges: {\"\(name)\": }}}").diagnostics.map(\.code.rawValue)
    }

    @Test(
        "interfaces: good names",
        arguments: [
            "br0", "eth0.100", "a", "abcdefghijklmno", "br_0-x", "a+b@c.d", "0", "gretap1", "all0", "a.b.c", "a-",
            "AZaz09",
        ])
    func goodDevices(name: String) throws {
        #expect(try codes(bridge: name) == [])
    }

    @Test(
        "interfaces: bad names",
        arguments: [
            ("abcdefghijklmnop", "T0213"), ("éééééééé", "T0213"), ("é", "T0214"), ("$(reboot)", "T0214"),
            ("a'b", "T0214"),
            ("a#b", "T0214"), ("a,b", "T0214"), ("a~b", "T0214"), ("_a", "T0214"), ("+a", "T0214"), ("@a", "T0214"),
            (".a", "T0214"), ("a..b", "T0214"), ("a..", "T0214"), ("a-\u{301}b", "T0214"), ("a\u{301}", "T0214"),
            ("\u{212A}1", "T0214"), ("\u{600}a", "T0214"), ("a\u{202E}b", "T0214"), ("a\u{200D}", "T0214"),
            ("a\\r\\nb", "T0214"), ("a/b", "T0214"), ("a b", "T0214"),
            ("a\\tb", "T0214"), ("a:b", "T0214"), ("-a", "T0214"), ("a%d", "T0214"), (".", "T0214"), ("..", "T0214"),
            ("all", "T0214"), ("default", "T0214"), ("", "T0214"), ("à", "T0214"), ("a\\u00a0b", "T0214"),
            ("a\\u0001", "T0214"), ("lo", "T0215"), ("gretap0", "T0215"), ("gre0", "T0215"), ("erspan0", "T0215"),
            ("tunl0", "T0215"), ("sit0", "T0215"), ("ip6tnl0", "T0215"), ("ip6gre0", "T0215"),
        ])
    func badDevices(name: String, code: String) throws {
        #expect(try codes(bridge: name) == [code])
    }

    @Test("an interface of a container is named by the same rules, at its key")
    func containerInterface() throws {
        let text =
            "topology: t\nruntime: netns\nhosts: {h1: {containers: {c1: {interfaces: {lo: {p2p: 10.0.0.0/30}}}}}}"
        #expect(try Lowered(text).findings == ["T0215 «lo» interface name \"lo\" belongs to the kernel"])
    }

    @Test(
        "hosts and topologies: names are folders",
        arguments: [
            ("h1", nil), ("Host-1_a.b", nil), ("1a", nil), ("42", nil), ("lab1", nil),
            ("a..b", "T0214"), ("a+b", "T0214"), ("a@b", "T0214"), ("_h", "T0214"), ("h-\u{301}1", "T0214"),
            ("-h", "T0214"), (".h", "T0214"), ("h/1", "T0214"), ("h 1", "T0214"), ("é", "T0214"), ("", "T0214"),
            ("10.0.0.1", "T0214"), ("lab", "T0215"), ("lab.sh", "T0215"), ("topology.json", "T0215"),
            (String(repeating: "h", count: 63), nil), (String(repeating: "h", count: 64), "T0213"),
        ] as [(String, String?)])
    func hosts(name: String, code: String?) throws {
        let expected = code.map { [$0] } ?? []
        #expect(try Lowered("topology: t\nhosts: {\"\(name)\": }").diagnostics.map(\.code.rawValue) == expected)
        if code != "T0215" {
            #expect(try Lowered("topology: \"\(name)\"\nhosts: {}").diagnostics.map(\.code.rawValue) == expected)
        }
    }

    @Test(
        "containers: what each runtime takes",
        arguments: [
            ("c1", [.lxd, .incus, .docker, .netns]), ("c_1", [.docker, .netns]), ("c.1", [.docker, .netns]),
            ("-c", []), ("c-", [.docker, .netns]), ("1", [.netns]), ("12", [.docker, .netns]),
            ("c", [.lxd, .incus, .netns]),
            ("c+1", [.netns]), ("c@1", [.netns]), ("c#1", []), ("c..1", []), ("c'\u{301};touch x", []), ("_c", []),
            ("0c", [.lxd, .incus, .docker, .netns]), ("c-\u{301}", []), ("\u{212A}1", []), (".c", []),
            ("é", []), ("..", []), ("a/b", []), ("a b", []), ("", []),
            (String(repeating: "c", count: 63), [.lxd, .incus, .docker, .netns]),
            (String(repeating: "c", count: 64), [.docker, .netns]),
            (String(repeating: "c", count: 255), [.docker, .netns]), (String(repeating: "c", count: 256), [.docker]),
        ] as [(String, [Runtime])])
    func containers(name: String, takers: [Runtime]) throws {
        for runtime in Runtime.allCases {
            let text = """
                topology: t
                image: x
                hosts: {h1: {runtime: \(runtime), bridges: {b: }, containers: {"\(name)": {bridge: b}}}}
                """
            let codes = try Lowered(text).diagnostics.map(\.code.rawValue)
            #expect(codes == (takers.contains(runtime) ? [] : ["T0216"]), "\(runtime)")
        }
    }

    @Test(
        "LANs: the characters of interfaces",
        arguments: [
            ("floor-2_a.b+c@d", []), ("2", []), ("the lab, floor 2", ["T0214"]), ("", ["T0214"]), ("a\\nb", ["T0214"]),
            ("a..b", ["T0214"]), ("-a", ["T0214"]), ("\u{E9}", ["T0214"]), ("a%%{b}%%", ["T0214"]),
            (String(repeating: "l", count: 63), []),
            (String(repeating: "l", count: 64), ["T0213"]),
        ])
    func lans(name: String, codes: [String]) throws {
        #expect(try Lowered("topology: t\nlans: {\"\(name)\": }\nhosts: {}").diagnostics.map(\.code.rawValue) == codes)
    }

    @Test(
        "interfaces that LXD makes, and its own bridges: its rule as well",
        arguments: [
            ("eth1", []), ("e.1_a-b", []), ("e", ["T0216"]), ("e+1", ["T0216"]), ("e@1", ["T0216"]), ("e#1", ["T0214"]),
        ] as [(String, [String])])
    func instanceDevices(name: String, codes: [String]) throws {
        for runtime in [Runtime.lxd, .incus] {
            let text =
                "topology: t\nimage: x\nruntime: \(runtime)\nhosts: {h1: {containers: {c1: {interfaces: {\"\(name)\": {p2p: 10.0.0.0/30}}}}}}"
            #expect(try Lowered(text).diagnostics.map(\.code.rawValue) == codes, "\(runtime)")
        }
        let bridge = "topology: t\nhosts: {h1: {bridges: {\"\(name)\": {managed-by: lxd}}}}"
        #expect(try Lowered(bridge).diagnostics.map(\.code.rawValue) == codes)
        for runtime in [Runtime.docker, .netns] {
            let text =
                "topology: t\nimage: x\nruntime: \(runtime)\nhosts: {h1: {containers: {c1: {interfaces: {\"\(name)\": {p2p: 10.0.0.0/30}}}}}}"
            #expect(try Lowered(text).diagnostics.map(\.code.rawValue) == codes.filter { $0 == "T0214" }, "\(runtime)")
        }
    }

    @Test("a reference is a name by its bytes: the Kelvin sign is no K, though Swift takes the two for one text")
    func kelvin() throws {
        let places = [
            "hosts: {h1: {bridges: {\u{212A}1: }, containers: {K1: {bridge: K1}}}}",
            "hosts: {h1: {bridges: {K1: }, containers: {c1: {bridge: \u{212A}1}}}}",
            "hosts: {h1: {bridges: {b: }, nics: {K1: }, containers: {c1: {bridge: b}}, routes: [{to: default, dev: \u{212A}1}]}}",
            "lans: {K1: }\nhosts: {h1: {nics: {eth0: {lan: \u{212A}1}}}}",
            "hosts: {K1: , h2: {tunnels: {t: {type: gretap, remote: \u{212A}1}}}}",
            "hosts: {h1: {bridges: {b: }, containers: {K1: {bridge: b}, c2: {bridge: b}}}}\nchecks: [{ping: [\u{212A}1, c2]}]",
            "hosts: {h1: {bridges: {b: }, containers: {K1: {bridge: b}, c2: {bridge: b}}}}\nchecks: [{ping: [h1/\u{212A}1, c2]}]",
        ]
        for place in places {
            let found = try Lowered("topology: t\nruntime: netns\n\(place)").diagnostics.map(\.code.rawValue)
            #expect(found.contains("T0210") || found.contains("T0214"), "\(place)")
            #expect(place.contains("bridges: {\u{212A}1") || found == ["T0210"], "\(place): \(found)")
        }
    }

    @Test("a schema's pattern takes the names that are taken")
    func patterns() throws {
        #expect(ElementKind.bridge.nameRule?.pattern == "^(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9_.+@-]*$")
        #expect(ElementKind.lan.nameRule?.pattern == ElementKind.bridge.nameRule?.pattern)
        #expect(ElementKind.container.nameRule?.pattern == ElementKind.bridge.nameRule?.pattern)
        #expect(ElementKind.host.nameRule?.pattern == "^(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9_.-]*$")
        #expect(ElementKind.topology.nameRule?.pattern == ElementKind.host.nameRule?.pattern)
    }

    @Test("a name twice within a host, at both places")
    func duplicates() throws {
        let lowered = try Lowered(
            "topology: t\nhosts: {h1: {nics: {x: , y: }, bridges: {x: }, tunnels: {y: {type: gretap, remote: h2}}}, h2: {nics: {x: }}}"
        )
        #expect(
            lowered.findings == [
                "T0217 «x» h1 has a NIC and a bridge named \"x\"", "T0217 «y» h1 has a NIC and a tunnel named \"y\"",
            ])
        #expect(lowered.diagnostics.map(\.secondary.count) == [1, 1])
    }
}
