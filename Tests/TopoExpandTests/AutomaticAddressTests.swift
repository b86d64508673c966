import Testing
import TopoDiagnostics
import TopoExpand
import TopoSyntax

/// A file with its lock, written out.
private struct Written {
    let text: String
    let lock: [String]
    let findings: [String]

    init(_ text: String, lock: [String]? = nil) throws {
        let source = SourceFile(
            path: "a.topo", bytes: Array(text.utf8), lock: lock.map { Array(Self.file($0).utf8) })
        let root = try #require(read(source).output)
        let outcome = expand(root, of: source)
        self.text = outcome.output?.tree.flow ?? ""
        let lines =
            outcome.output?.lock.map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
            ?? []
        self.lock = lines.filter { !$0.hasPrefix("#") }
        findings = outcome.diagnostics.map { "\($0.code.rawValue) \($0.message)" }
    }

    static func file(_ lines: [String]) -> String {
        (["# topoc lock 1"] + lines + ["# end"]).joined(separator: "\n") + "\n"
    }
}

@Suite("Automatic addresses")
struct AutomaticAddressTests {
    private static let head = "lans: {l: {subnet: 10.0.0.0/24}, m: {subnet: [10.1.0.0/29, \"fd00::/64\"]}}\n"

    @Test("are the lowest free ones, of hosts first and then of containers")
    func lowest() throws {
        let written = try Written(
            Self.head
                + """
                hosts:
                  h1..h2:
                    containers: {c1..c2: {bridge: b, address: auto}}
                    nics: {e: {lan: l}, f: {lan: l, address: auto}}
                    bridges: {b: {ports: [e], address: auto}}
                  h3:
                    nics: {e: {lan: l, address: 10.0.0.2/24}}
                    routes: [{to: default, via: 10.0.0.4}]
                """)
        #expect(
            written.lock == [
                "h1 b 10.0.0.3/24", "h1 f 10.0.0.1/24", "h1/c1 eth0 10.0.0.7/24", "h1/c2 eth0 10.0.0.8/24",
                "h2 b 10.0.0.6/24",
                "h2 f 10.0.0.5/24", "h2/c1 eth0 10.0.0.9/24", "h2/c2 eth0 10.0.0.10/24",
            ])
        #expect(written.text.contains("f: {lan: l, address: 10.0.0.1/24}"))
        #expect(written.text.contains("c2: {bridge: b, address: 10.0.0.10/24}"))
        #expect(!written.text.contains("auto"))
        #expect(written.findings == ["T0318 the automatic addresses of 8 interfaces are not locked"])
    }

    @Test("are one of each family, beside those that are written")
    func families() throws {
        let written = try Written(
            Self.head
                + "hosts: {h: {nics: {e: {lan: m, address: auto}, f: {lan: m, address: auto, addresses: [10.9.0.1/24]}}, "
                + "bridges: {b: {addresses: [\"fd01::1/64\", 10.2.0.1/30]}}, "
                + "containers: {c: {interfaces: {i: {bridge: b, address: auto}}}, p: {p2p: 10.3.0.0/30, address: auto}}}}"
        )
        #expect(written.text.contains("e: {lan: m, address: 10.1.0.1/29, addresses: ['fd00::1/64']}"))
        #expect(written.text.contains("f: {lan: m, address: 10.1.0.2/29, addresses: [10.9.0.1/24, 'fd00::2/64']}"))
        #expect(written.text.contains("i: {bridge: b, address: 'fd01::2/64', addresses: [10.2.0.2/30]}"))
        // The lowering says what is wrong with it.
        #expect(written.text.contains("p: {p2p: 10.3.0.0/30, address: auto}"))
        #expect(
            written.lock == [
                "h e 10.1.0.1/29", "h e fd00::1/64", "h f 10.1.0.2/29", "h f fd00::2/64", "h/c i 10.2.0.2/30",
                "h/c i fd01::2/64",
            ])
    }

    private static func three(_ names: [String]) -> String {
        let containers = names.map { "\($0): {bridge: b, address: auto}" }.joined(separator: ", ")
        return "hosts: {h: {bridges: {b: {address: 10.0.0.1/29}}, containers: {\(containers)}}}"
    }

    @Test("stay when something is added or taken out")
    func stable() throws {
        let first = try Written(Self.three(["c2", "c3"]))
        #expect(first.lock == ["h/c2 eth0 10.0.0.2/29", "h/c3 eth0 10.0.0.3/29"])
        let second = try Written(Self.three(["c1", "c2", "c3"]), lock: first.lock)
        #expect(second.lock == ["h/c1 eth0 10.0.0.4/29", "h/c2 eth0 10.0.0.2/29", "h/c3 eth0 10.0.0.3/29"])
        #expect(second.findings == ["T0318 the automatic address of \"eth0\" of h/c1 is not locked"])
        let third = try Written(Self.three(["c1", "c3"]), lock: second.lock)
        #expect(third.lock == ["h/c1 eth0 10.0.0.4/29", "h/c3 eth0 10.0.0.3/29"])
        #expect(third.findings == [])
    }

    @Test("of two that the lock gives one address, the later gets another")
    func merged() throws {
        let written = try Written(
            Self.three(["c1", "c2", "c3"]),
            lock: ["h/c2 eth0 10.0.0.2/29", "h/c1 eth0 10.0.0.2/29", "h/c3 eth0 10.0.0.3/29"])
        #expect(written.lock == ["h/c1 eth0 10.0.0.2/29", "h/c2 eth0 10.0.0.4/29", "h/c3 eth0 10.0.0.3/29"])
        #expect(written.findings.first == "T0319 \"eth0\" of h/c2 gets another address than before, 10.0.0.4/29")
    }

    @Test(
        "are not what they cannot be, whatever the lock has",
        arguments: [
            "10.0.0.1/29", "10.0.0.0/29", "10.0.0.7/29", "10.0.0.8/29", "10.0.0.5/28", "10.9.0.5/29",
        ])
    func unfit(locked: String) throws {
        let written = try Written(Self.three(["c"]), lock: ["h/c eth0 \(locked)"])
        #expect(written.lock == ["h/c eth0 10.0.0.2/29"])
        #expect(written.findings.first == "T0319 \"eth0\" of h/c gets another address than before, 10.0.0.2/29")
    }

    @Test("fill a subnet to its last address, and no further")
    func full() throws {
        let fits = try Written(Self.three((1...5).map { "c\($0)" }))
        #expect(fits.lock.last == "h/c5 eth0 10.0.0.6/29")
        let written = try Written(Self.three((1...7).map { "c\($0)" }))
        #expect(written.lock.count == 5)
        #expect(
            written.findings == [
                "T0316 10.0.0.0/29 has no free address for \"eth0\" of h/c6",
                "T0316 10.0.0.0/29 has no free address for \"eth0\" of h/c7",
                "T0318 the automatic addresses of 5 interfaces are not locked",
            ])
        #expect(written.text.contains("c6: {bridge: b}"))
    }

    @Test(
        "need a subnet",
        arguments: [
            ("nics: {e: {address: auto}}", "\"e\" of h is on no LAN, so there is no subnet for its address"),
            ("nics: {e: {lan: n, address: auto}}", "LAN \"n\" has no subnet for the address of \"e\" of h"),
            ("bridges: {b: {address: auto}}", "no port of bridge \"b\" of h is on a LAN with a subnet"),
            (
                "bridges: {b: {}}, containers: {c: {bridge: b, address: auto}}",
                "bridge \"b\" has no subnet for the address of \"eth0\" of h/c"
            ),
        ])
    func missing(keys: String, message: String) throws {
        let written = try Written("lans: {n: {}}\nhosts: {h: {\(keys)}}")
        #expect(written.findings == ["T0316 \(message)"])
        #expect(!written.text.contains("auto"))
    }

    @Test("on a bridge or LAN that is not there are left to those who say so", arguments: ["bridge: z", "mtu: 1400"])
    func unknown(key: String) throws {
        let written = try Written(
            "hosts: {h: {nics: {e: {lan: z, address: auto}}, containers: {c: {\(key), address: auto}}}}")
        #expect(written.findings == [])
        #expect(!written.text.contains("auto"))
    }

    @Test(
        "are not given where the lock cannot be read",
        arguments: [
            ("", "is not a lock written by topoc"), ("hosts\n", "is not a lock written by topoc"),
            (
                "# topoc lock 2\n# end\n",
                "is of another version: it begins with \"# topoc lock 2\", not with \"# topoc lock 1\""
            ),
            ("# topoc lock 1\nh e 10.0.0.1/24\n", "is cut off: its last line is not \"# end\""),
            ("# topoc lock 1\n# end", "is cut off: its last line is not \"# end\""),
            ("# topoc lock 1\nh e 10.0.0.1/24\n=======\n# end\n", "has a merge mark in line 3"),
            ("<<<<<<< HEAD\n# topoc lock 1\n# end\n", "has a merge mark in line 1"),
            ("# topoc lock 1\nh 10.0.0.1/24\n# end\n", "has no interface and address in line 2"),
            ("# topoc lock 1\nh e 10.0.0.1\n# end\n", "has no interface and address in line 2"),
            ("# topoc lock 1\nh e 10.0.0.1/24\nh e 10.0.0.2/24\n# end\n", "has a second address of \"h e\" in line 3"),
        ])
    func faults(file: String, fault: String) throws {
        let source = SourceFile(path: "a.topo", bytes: Array(Self.three(["c"]).utf8), lock: Array(file.utf8))
        let root = try #require(read(source).output)
        #expect(expand(root, of: source).diagnostics.map(\.message) == ["the topology's lock \(fault)"])
    }

    @Test("a lock with line ends of Windows is read, and one is left alone where nothing is automatic")
    func others() throws {
        let lines = Written.file(["h/c eth0 10.0.0.5/29"]).split(separator: "\n").joined(separator: "\r\n") + "\r\n"
        let source = SourceFile(path: "a.topo", bytes: Array(Self.three(["c"]).utf8), lock: Array(lines.utf8))
        let root = try #require(read(source).output)
        let outcome = expand(root, of: source)
        #expect(outcome.diagnostics.isEmpty && outcome.output?.tree.flow.contains("10.0.0.5/29") == true)
        let plain = SourceFile(path: "a.topo", bytes: Array("title: auto\n".utf8), lock: Array("rubbish".utf8))
        let tree = try #require(read(plain).output)
        #expect(expand(tree, of: plain).output?.lock == nil && expand(tree, of: plain).diagnostics.isEmpty)
    }
}
