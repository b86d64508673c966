import Testing
import TopoDiagnostics
import TopoExpand
import TopoSyntax

/// A text, written out.
private func expanded(_ text: String) throws -> (text: String, findings: [String]) {
    let (tree, findings) = try written(text)
    return (tree?.flow ?? "", findings)
}

/// The tree of a text that is written out: it may be large.
private func written(_ text: String) throws -> (tree: Node?, findings: [String]) {
    let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
    let root = try #require(read(source).output)
    let outcome = expand(root, of: source)
    return (
        outcome.output?.tree,
        outcome.diagnostics.map {
            "\($0.code.rawValue) «\(source.text(of: source.written($0.primary.span)))» \($0.message)"
        }
    )
}

extension Node {
    /// The value on one line.
    var flow: String {
        switch content {
        case .scalar(let text, let isQuoted): isQuoted ? "'\(text)'" : text
        case .sequence(let items): "[\(items.map(\.flow).joined(separator: ", "))]"
        case .mapping(let entries): "{\(entries.map { "\($0.key): \($0.value.flow)" }.joined(separator: ", "))}"
        }
    }

    /// The places of all keys and words, in their order.
    var places: [Int] {
        switch content {
        case .scalar: [span.start]
        case .sequence(let items): items.flatMap(\.places)
        case .mapping(let entries): entries.flatMap { [$0.keySpan.start] + $0.value.places }
        }
    }
}

@Suite("Ranges are written out")
struct RangeTests {
    @Test(
        "names count up, and keep their width",
        arguments: [
            ("c1..c3", "c1, c2, c3"), ("c0..c1", "c0, c1"), ("c9..c11", "c9, c10, c11"), ("c5..c5", "c5"),
            ("c0..c10", "c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10"),
            ("c08..c11", "c08, c09, c10, c11"), ("c00..c02", "c00, c01, c02"), ("c099..c101", "c099, c100, c101"),
            ("1..2", "1, 2"), ("br0.9..br0.11", "br0.9, br0.10, br0.11"), ("a-1..a-2", "a-1, a-2"),
        ])
    func names(range: String, names: String) throws {
        let made = try expanded("hosts: {h: {containers: {\(range): 0}}}")
        let wanted = names.split(separator: ", ").map { "\($0): 0" }.joined(separator: ", ")
        #expect(made.text == "{hosts: {h: {containers: {\(wanted)}}}}")
        #expect(made.findings == [])
    }

    @Test(
        "what is no range is told at its place",
        arguments: [
            ("c5..c1", "runs backwards"), ("c01..c100", "mixes widths: \"01\" and \"100\""),
            ("c1..c010", "mixes widths: \"1\" and \"010\""), ("c10..c09", "mixes"),
            ("a1..b2", "has \"a\" before one number and \"b\" before the other"),
            ("c1..3", "has no name before its last number"),
            ("c..c2", "has no number before \"..\""), ("c1..c", "has no number at its end"),
            ("c1..", "has no number at its end"),
            ("..c1", "has no number before \"..\""), ("c1..c2..c3", "has \"..\" twice"),
            ("c1...c3", "has \"c\" before one number and \".c\""),
            ("c1..c1234567890123456789", "has a number of more than 18 digits"),
        ])
    func faults(range: String, message: String) throws {
        // c10..c09 has as many digits at both ends, and runs backwards.
        let message = range == "c10..c09" ? "runs backwards" : message
        let made = try expanded("hosts: {h: {containers: {\(range): {}, d: {}}}}")
        #expect(made.text == "{hosts: {h: {containers: {d: {}}}}}")
        try #require(made.findings.count == 1)
        #expect(made.findings[0].hasPrefix("T0218 «\(range)» the range \"\(range)\" \(message)"))
    }

    @Test("`c1..3` is mended to what was meant")
    func correction() throws {
        let source = SourceFile(path: "a.topo", bytes: Array("lans: {c1..3: {}, \"d1..2\": {}}".utf8))
        let root = try #require(read(source).output)
        let found = expand(root, of: source).diagnostics
        #expect(found.map { $0.edits.map(\.replacement) } == [["c1..c3"], ["\"d1..d2\""]])
    }

    @Test("they stand in the names of all elements, and inside each other")
    func elements() throws {
        let made = try expanded(
            """
            lans: {l1..l2: {mtu: 9}}
            hosts:
              h1..h2:
                nics: {e0..e1: {lan: l1}}
                interfaces: {e2..e3: {}}
                bridges: {b1..b2: }
                tunnels: {t1..t2: {type: gretap}}
                containers: {c1..c2: {interfaces: {i1..i2: {bridge: b1}}}}
            """)
        let host =
            "{nics: {e0: {lan: l1}, e1: {lan: l1}}, interfaces: {e2: {}, e3: {}}, bridges: {b1: , b2: }, "
            + "tunnels: {t1: {type: gretap}, t2: {type: gretap}}, containers: "
            + "{c1: {interfaces: {i1: {bridge: b1}, i2: {bridge: b1}}}, c2: {interfaces: {i1: {bridge: b1}, i2: {bridge: b1}}}}}"
        #expect(made.text == "{lans: {l1: {mtu: 9}, l2: {mtu: 9}}, hosts: {h1: \(host), h2: \(host)}}")
        #expect(made.findings == [])
    }

    @Test("in a list of names they are the names, a host's own left out of its far ends")
    func lists() throws {
        let made = try expanded(
            """
            hosts:
              h1..h3: {tunnels: {t: {remotes: [h1..h3]}}}
              h4: {tunnels: {t: {remotes: [h4, h3..h5, 10.0.0.1]}}, bridges: {b: {ports: [e1..e2, t]}}}
            """)
        #expect(
            made.text
                == "{hosts: {h1: {tunnels: {t: {remotes: [h2, h3]}}}, h2: {tunnels: {t: {remotes: [h1, h3]}}}, "
                + "h3: {tunnels: {t: {remotes: [h1, h2]}}}, h4: {tunnels: {t: {remotes: [h4, h3, h5, 10.0.0.1]}}, "
                + "bridges: {b: {ports: [e1, e2, t]}}}}}")
        #expect(made.findings == [])
    }

    @Test("in a check one is an end, a set: each of one with each of the other, and none with itself")
    func checks() throws {
        let made = try expanded(
            """
            checks:
            - {ping: [a1..a2, b], description: x..y}
            - {no-ping: [a1..a2, a1..a2]}
            - {trace: [h1..h2/c1..c2, d], hops: [r1..r2]}
            - {encapsulated: {from: a1..a2, to: b, on: lan, as: vxlan}}
            - {mtu: [a, b], size: 9}
            - {ping: [a1..a1, a1]}
            """)
        #expect(
            made.text
                == "{checks: [{ping: [a1, b], description: x..y}, {ping: [a2, b], description: x..y}, "
                + "{no-ping: [a1, a2]}, {no-ping: [a2, a1]}, "
                + "{trace: [h1/c1, d], hops: [r1, r2]}, {trace: [h1/c2, d], hops: [r1, r2]}, "
                + "{trace: [h2/c1, d], hops: [r1, r2]}, {trace: [h2/c2, d], hops: [r1, r2]}, "
                + "{encapsulated: {from: a1, to: b, on: lan, as: vxlan}}, {encapsulated: {from: a2, to: b, on: lan, as: vxlan}}, "
                + "{mtu: [a, b], size: 9}, {ping: [a1, a1]}]}")
        #expect(made.findings == [])
    }

    @Test(
        "where one name is meant they are told",
        arguments: [
            ("hosts: {h: {nics: {e: {lan: a1..a2}}}}", "a1..a2"),
            ("hosts: {h: {containers: {c: {bridge: b1..b2}}}}", "b1..b2"),
            ("hosts: {h: {routes: [{to: default, via: h1..h2}]}}", "h1..h2"),
            ("hosts: {h: {tunnels: {t: {remote: h1..h2}}}}", "h1..h2"), ("hosts: {h: {gateway: h1..h2}}", "h1..h2"),
            ("checks: [{encapsulated: {from: a, to: b, on: l1..l2}}]", "l1..l2"),
        ])
    func misplaced(text: String, range: String) throws {
        let made = try expanded(text)
        #expect(made.text == "{\(text)}")
        #expect(made.findings == ["T0219 «\(range)» the range \"\(range)\" is written where one name is needed"])
    }

    @Test("texts, commands, addresses, keys that are ignored and keys that nobody knows are left as they are")
    func others() throws {
        let text =
            "{x-a: {c1..c2: d1..d2}, title: a1..a2, hosts: {h: {containers: {c: {command: [a1..a2], address: 1..2, "
            + "loopback: 10.0.0.1..10.0.0.2}}, zzz: {c1..c2: 0}, containers2: 0}}}"
        let made = try expanded(text)
        #expect(made.text == text)
        #expect(made.findings == [])
    }

    @Test("a name that two keys stand for is told once, at the second")
    func clashes() throws {
        let made = try expanded("lans: {c3: 1, c1..c4: 2, c4..c5: 3, d: 4}")
        #expect(made.text == "{lans: {c3: 1, c1: 2, c2: 2, c4: 2, c5: 3, d: 4}}")
        #expect(
            made.findings == [
                "T0217 «c1..c4» \"c1..c4\" and \"c3\" both name \"c3\"",
                "T0217 «c4..c5» \"c4..c5\" and \"c1..c4\" both name \"c4\"",
            ])
    }

    @Test("a range inside another is told once, whatever it is written out as")
    func once() throws {
        let made = try expanded("hosts: {h1..h3: {containers: {c2..c1: 0}, tunnels: {t: {remotes: [h1..h3, x2..x1]}}}}")
        #expect(made.findings.map { String($0.prefix(15)) } == ["T0218 «c2..c1» ", "T0218 «x2..x1» "])
    }

    @Test(
        "more values than a file may have are refused, whatever multiplies",
        arguments: [
            ("lans: {a1..a1000001: 0}", 1), ("lans: {a1..a999999999999999999: 0}", 1), ("lans: {a1..a500001: [0]}", 1),
            ("hosts: {h1..h1000: {containers: {c1..c1000: 0}}}", 1),
            ("hosts: {h1..h1000: {containers: {c1..c998: 0}}}", 0),
            ("lans: {a1..a600000: 0, b1..b400000: 0}", 0), ("lans: {a1..a600000: 0, b1..b400001: 0}", 1),
            ("lans: {a1..a400000: 0, b1..b400000: 0, c1..c300000: 0}", 1),
            ("checks: [{ping: [a1..a999, b1..b999]}]", 1),
            ("checks: [{ping: [a1..a99999999999, b1..b99999999999]}]", 1),
            ("checks: [{ping: [a1..a500, b1..b400]}]", 0), ("checks: [{ping: [h1..h1000/c1..c1001, b]}]", 1),
            ("lans: {a1..a100000: {b: [0, 0, 0, 0, 0, 0, 0]}}", 0),
            ("lans: {a1..a100001: {b: [0, 0, 0, 0, 0, 0, 0, 0]}}", 1),
        ])
    func limit(text: String, count: Int) throws {
        let findings = try written(text).findings
        #expect(findings.count == count)
        for finding in findings { #expect(finding.hasPrefix("T0106")) }
    }

    @Test("each key and word has a place of its own, behind the one before, which leads back to what is written")
    func places() throws {
        let text = """
            x-a: &a {mtu: 9}
            lans: {l: *a, m1..m2: {<<: *a, description: d}}
            hosts: {h1..h3: {tunnels: {t: {remotes: [h1..h3]}}, bridges: {b1..b2: }}, z: }
            """
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let root = try #require(read(source).output)
        let tree = try #require(expand(root, of: source).output).tree
        let places = tree.places
        #expect(zip(places, places.dropFirst()).allSatisfy { $0 < $1 })
        func expectWritten(_ node: Node) {
            switch node.content {
            case .scalar(let word, _):
                let written = source.text(of: source.written(node.span))
                #expect(written == word || written.contains(".."), "\(word) is written \(written)")
            case .sequence(let items): for item in items { expectWritten(item) }
            case .mapping(let entries):
                for entry in entries {
                    let written = source.text(of: source.written(entry.keySpan))
                    #expect(written == entry.key || written.contains(".."), "\(entry.key) is written \(written)")
                    expectWritten(entry.value)
                }
            }
        }
        expectWritten(tree)
    }

    @Test("a file in which each thing stands once keeps its places")
    func plain() throws {
        let source = SourceFile(path: "a.topo", bytes: Array("lans: {a: , b: {mtu: 9}}\nhosts:\n  h: [a, '..']\n".utf8))
        let tree = try #require(read(source).output)
        #expect(expand(tree, of: source).output?.tree == tree)
    }
}
