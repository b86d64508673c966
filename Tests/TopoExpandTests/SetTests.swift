import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoExpand
import TopoForwarding
import TopoModel
import TopoPlan
import TopoSyntax
import TopoTemplates

@Suite("Sets in checks")
struct SetTests {
    private static let hosts = """
        topology: t
        runtime: netns
        lans: {l: {subnet: 172.16.1.0/24}}
        networks: {blue: {kind: vxlan, subnet: 10.0.0.0/24}, red: {kind: vxlan, subnet: 10.1.0.0/24}}
        hosts:
          h1..h2:
            nics: {e: {lan: l, address: auto}}
            containers: {b1..b2: {network: blue}, r1..r2: {network: red}}

        """

    private static func checks(_ text: String) throws -> (checks: String, findings: [String]) {
        let source = SourceFile(path: "a.topo", bytes: Array((hosts + text).utf8))
        let root = try #require(read(source).output)
        let outcome = expand(root, of: source)
        guard case .mapping(let entries) = outcome.output?.tree.content else { return ("", []) }
        return (
            entries.first { $0.key == "checks" }?.value.flow ?? "",
            outcome.diagnostics.filter { $0.code != .notLocked }.map { "\($0.code.rawValue) \($0.message)" }
        )
    }

    private static func found(
        _ text: String
    ) -> (messages: [String], labels: [String], expectations: [TopoPlan.Expectation]) {
        let outcome = examine(SourceFile(path: "a.topo", bytes: Array((hosts + text).utf8)))
        let findings = outcome.diagnostics.filter { $0.code != .notLocked }
        return (
            findings.map { "\($0.code.rawValue) \($0.message)" }, findings.map(\.primary.text),
            outcome.output?.plan.expectations ?? []
        )
    }

    @Test("a group, a network and a range are sets, each of one with each of the other, and none with itself")
    func pairs() throws {
        let groups = try Self.checks(
            "groups: {g: [h1/b1, h1/b2, h1/b1]}\nchecks: [{ping: [g, g]}, {no-ping: [h1/r1..r2, g]}]")
        #expect(groups.findings == [])
        #expect(
            groups.checks
                == "[{ping: [h1/b1, h1/b2]}, {ping: [h1/b2, h1/b1]}, {no-ping: [h1/r1, h1/b1]}, {no-ping: [h1/r1, h1/b2]}, "
                + "{no-ping: [h1/r2, h1/b1]}, {no-ping: [h1/r2, h1/b2]}]")
        let networks = try Self.checks(
            "checks: [{trace: [h1, blue], hops: []}, {encapsulated: {from: h1/b1, to: blue, on: l, as: vxlan}}]")
        #expect(
            networks.checks.contains(
                "[{trace: [h1, h1/b1], hops: []}, {trace: [h1, h1/b2], hops: []}, {trace: [h1, h2/b1]"))
        #expect(networks.checks.contains("{encapsulated: {from: h1/b1, to: h2/b2, on: l, as: vxlan}}]"))
        #expect(!networks.checks.contains("from: h1/b1, to: h1/b1"))
    }

    @Test("what is isolated becomes lists of names")
    func isolated() throws {
        let made = try Self.checks(
            "groups: {g: [h1/b1..b2]}\nchecks: [{isolated: [red, g, h2, h2/b1..b2, [h1, h1/r1]]}]")
        #expect(
            made.checks
                == "[{isolated: [[h1/r1, h1/r2, h2/r1, h2/r2], [h1/b1, h1/b2], h2, [h2/b1, h2/b2], [h1, h1/r1]]}]")
        let ranges = try Self.checks("groups: {}\nchecks: [{isolated: [h1/b1..b2, [red, h1/b1]]}]")
        #expect(ranges.checks == "[{isolated: [[h1/b1, h1/b2], [h1/r1, h1/r2, h2/r1, h2/r2, h1/b1]]}]")
    }

    @Test("a container by its own name is the same as by its host's")
    func names() throws {
        let made = try Self.checks(
            "  h3: {containers: {only: {network: blue}}}\ngroups: {g: [only, h1/b1]}\nchecks: [{ping: [h3/only, g]}]")
        #expect(made.checks == "[{ping: [h3/only, h1/b1]}]")
    }

    @Test(
        "names of groups, networks, hosts and containers are of one space",
        arguments: [
            ("groups: {h1: [h2]}", "\"h1\" is a group and a host"),
            ("groups: {red: [h1]}", "\"red\" is a group and a network"),
            ("groups: {b1: [h1]}", "\"b1\" is a group and a container"),
        ])
    func clashes(groups: String, message: String) {
        #expect(Self.found(groups).messages == ["T0217 \(message)"])
    }

    @Test("what is no set, or holds nobody, is told")
    func faults() {
        #expect(
            Self.found("groups: {g: []}\nchecks: [{ping: [g, h1]}]").messages == [
                "T0204 nobody is in \"g\", which a check names"
            ])
        #expect(Self.found("groups: {g: [h9]}").messages == ["T0210 unknown container or host \"h9\""])
        #expect(
            Self.found("groups: {g1..g2: [h1]}").messages == [
                "T0219 the range \"g1..g2\" is written where one name is needed"
            ])
        #expect(
            Self.found("checks: [{isolated: [blue]}]").messages == ["T0204 \"isolated\" needs two at least, found 1"])
        #expect(
            Self.found("checks: [{isolated: [blue, [h1, h1/b1]]}]").messages == [
                "T0204 \"h1/b1\" is to be apart from itself"
            ])
    }

    @Test("more than a million values are refused before they are made")
    func limit() {
        let text =
            "topology: t\nruntime: netns\nnetworks: {n: {kind: vxlan, subnet: 10.0.0.0/8}}\nhosts: {h: {containers: {c1..c600: {network: n}}}}\nchecks: [{ping: [n, n]}]"
        let found = examine(SourceFile(path: "a.topo", bytes: Array(text.utf8))).diagnostics
        #expect(found.map(\.code) == [.expansionTooLarge])
    }

    @Test("two VXLANs are apart, and what joins them is told with its place in the network")
    func apart() {
        #expect(Self.found("checks: [{isolated: [blue, red]}]").messages == [])
        let joined = Self.found(
            """
              h3:
                forwarding: true
                nics: {e: {lan: l, address: auto}}
                containers:
                  r: {forwarding: true, interfaces: {a: {network: blue}, b: {network: red}}}
            checks: [{isolated: [[h1/b1, h1/b2], [h2/r1, h2/r2]]}]
            """)
        #expect(joined.messages == ["T0701 check cannot hold: \"h1/b1\" reaches \"h2/r1\""])
        #expect(joined.labels == ["a request to 10.1.0.3 comes to it, by h3/r"])
    }

    @Test("a request that arrives is no isolation, though its answer is lost")
    func oneWay() {
        let one = Self.found(
            """
              h3:
                nics: {e: {lan: l, address: auto}}
                containers:
                  r: {forwarding: true, interfaces: {a: {network: blue, address: 10.0.0.254/24}, b: {network: red, address: 10.1.0.254/24}}}
                  s: {network: blue, gateway: 10.0.0.254}
                  t: {network: red, gateway: none}
            checks: [{isolated: [h3/s, h3/t]}]
            """)
        #expect(one.messages.contains("T0701 check cannot hold: \"h3/s\" reaches \"h3/t\""), "\(one.messages)")
    }

    @Test("both ends of what must not pass reach somebody of their own")
    func controls() {
        let found = Self.found("checks: [{isolated: [h1/b1, h2/r1]}, {no-ping: [h1, h2/r2]}]").expectations
        let silent = found.filter { if case .fails = $0.result { true } else { false } }
        #expect(silent.map { "\($0.source) \($0.target)" }.prefix(2) == ["h1/b1 h2/r1", "h2/r1 h1/b1"])
        for expectation in silent {
            for end in [expectation.source, expectation.target] {
                let heard = found.contains { other in
                    if case .reaches = other.result { other.source == end } else { false }
                }
                #expect(heard, "\(end)")
            }
        }
        #expect(found.contains { $0.isControl && $0.source == NodeName(host: "h1") })
    }

    @Test("of many alike one is asserted, and the script says how many are not")
    func many() throws {
        let text = """
            topology: t
            runtime: netns
            networks: {blue: {kind: vxlan, subnet: 10.0.0.0/16}, red: {kind: vxlan, subnet: 10.1.0.0/16}}
            hosts: {h: {containers: {b1..b20: {network: blue}, r1..r30: {network: red}}}}
            checks: [{isolated: [blue, red]}]
            """
        let outcome = examine(SourceFile(path: "a.topo", bytes: Array(text.utf8)))
        let plan = try #require(outcome.output?.plan)
        #expect(plan.expectations.count { $0.isStated } + (plan.leftOut["h"] ?? 0) == 2 * 20 * 30)
        #expect(plan.expectations.count { $0.isStated } < 10)
        let check = try #require(
            compile(SourceFile(path: "a.topo", bytes: Array(text.utf8)), only: ["shell"], templates: builtIn.get())
                .output?
                .artifacts.first { $0.path == "h/check.sh" }?.contents)
        #expect(
            check.contains(
                "printf '# %s: %d more pairs of the checks are like these, and were left out\\n' \"${host}\" \(plan.leftOut["h"] ?? 0)"
            ))
        // A person's own checks are all asked up to a number, then one of each two classes.
        let pings = text.replacing("{isolated: [blue, red]}", with: "{ping: [blue, blue]}, {trace: [b1, b2], hops: []}")
        let asked = try #require(examine(SourceFile(path: "a.topo", bytes: Array(pings.utf8))).output?.plan)
        #expect(asked.expectations.contains { $0.isTraced })
        #expect(asked.expectations.count { $0.isStated } + (asked.leftOut["h"] ?? 0) == 20 * 19 + 1)
        #expect((asked.leftOut["h"] ?? 0) > 100)
        let few = text.replacing("{isolated: [blue, red]}", with: "{ping: [b1..b14, b1..b14]}")
        #expect(examine(SourceFile(path: "a.topo", bytes: Array(few.utf8))).output?.plan.leftOut == [:])
    }

    @Test("with one address on both sides, what answers is told from what is asked")
    func sameAddress() throws {
        let text = """
            topology: t
            runtime: netns
            lans: {l: {subnet: 172.16.1.0/24}}
            networks: {blue: {kind: vxlan, subnet: 10.0.0.0/24}, red: {kind: vxlan, subnet: 10.0.0.0/24}}
            hosts:
              h1..h2:
                nics: {e: {lan: l, address: auto}}
                containers: {b1..b2: {network: blue}, r1..r2: {network: red}}
            checks: [{isolated: [blue, red]}]
            """
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, only: ["shell"], templates: builtIn.get())
        #expect(outcome.diagnostics.map(\.code) == [.notLocked], "\(outcome.diagnostics.map(\.message))")
        let check = try #require(outcome.output?.artifacts.first { $0.path == "h1/check.sh" }?.contents)
        let lines = check.split(separator: "\n").map { String($0.drop { $0 == " " }) }
        // On this host it is seen at the target; of another host it cannot be asked.
        #expect(
            lines.contains("keeps_out b1 h1/r2 10.0.0.2 r2 h1/b2 'h1/b2 has that address there'"),
            "\(lines.filter { $0.hasPrefix("keeps_out") || $0.hasPrefix("cannot") })")
        #expect(
            lines.contains { $0.hasPrefix("cannot_ask b1 h2/r") },
            "\(lines.filter { $0.hasPrefix("keeps_out") || $0.hasPrefix("cannot") })")
        let silent = lines.firstIndex { $0.hasPrefix("keeps_out ") } ?? 0
        #expect(!lines[silent...].contains { $0.hasPrefix("reaches ") }, "what passes is asked first")
    }
}
