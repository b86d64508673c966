import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// That something does not pass is asked by itself, after all hosts have seen that something does.
@Suite struct SilenceOrderTests {
    private static let text = """
        topology: net
        runtime: netns
        lans: {wire: {}}
        hosts:
          host1:
            nics: {eth0: {lan: wire}}
            bridges: {br0: {ports: [eth0]}, br1: {}}
            containers:
              a: {bridge: br0, address: 10.0.0.1/24}
              b: {bridge: br1, address: 10.0.1.1/24}
              d: {bridge: br1, address: 10.0.1.2/24}
          host2:
            nics: {eth0: {lan: wire}}
            bridges: {br0: {ports: [eth0]}}
            containers: {c: {bridge: br0, address: 10.0.0.2/24}}
        checks:
          - {no-ping: [a, b]}
        """

    /// Two hosts of which all reach all.
    private static let open = """
        topology: net
        runtime: netns
        lans: {wire: {}}
        hosts:
          host1:
            nics: {eth0: {lan: wire}}
            bridges: {br0: {ports: [eth0]}}
            containers: {a: {bridge: br0, address: 10.0.0.1/24}}
          host2:
            nics: {eth0: {lan: wire}}
            bridges: {br0: {ports: [eth0]}}
            containers: {c: {bridge: br0, address: 10.0.0.2/24}}
        """

    private static func files(_ text: String = text) throws -> [String: String] {
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, templates: Templates())
        let compilation = try #require(outcome.output, "\(outcome.diagnostics.map(\.message))")
        return Dictionary(uniqueKeysWithValues: compilation.artifacts.map { ($0.path, $0.contents) })
    }

    /// Runs a `check.sh` where every ping is answered.
    private static func run(_ script: String, _ words: [String]) throws -> (status: Int32, lines: [String]) {
        let commands = [
            "id": "echo 0", "ping": "exit 0", "tcpdump": "exit 0", "traceroute": "exit 0", "find": "exit 0",
            // ip netns exec NODE COMMAND…
            "ip": "shift 3; exec \"$@\"",
        ]
        return try withCommands(commands) { try runOfShell(script, words, path: $0.path) }
    }

    @Test func eachPartHasItsOwnPlanAndBothTogetherAreTheWhole() throws {
        let script = try #require(try Self.files()["host1/check.sh"])
        let (whole, passing, silent) = (
            try Self.run(script, []).lines, try Self.run(script, ["passing"]).lines,
            try Self.run(script, ["silent"]).lines
        )
        func results(_ lines: [String]) -> [String] {
            lines.filter { $0.firstMatch(of: #/^(not )?ok /#) != nil }.map { String($0.split(separator: " - ")[1]) }
        }
        for lines in [whole, passing, silent] {
            #expect(lines.first == "1..\(results(lines).count)", "\(lines)")
        }
        #expect(results(whole) == results(passing) + results(silent))
        #expect(results(passing).allSatisfy { !$0.contains("does not reach") } && !results(passing).isEmpty)
        // Every ping is answered, which is what must not be.
        #expect(results(silent).allSatisfy { $0.contains("does not reach") } && results(silent).count > 1)
        #expect(silent.contains { $0.hasPrefix("not ok 1 - ") })
    }

    @Test func anotherWordIsRefusedBeforeAnythingIsAsked() throws {
        let script = try #require(try Self.files()["host1/check.sh"])
        let run = try Self.run(script, ["all"])
        #expect(run.status == 2 && run.lines == [])
    }

    @Test func whereAllReachAllThereAreNoParts() throws {
        let files = try Self.files(Self.open)
        for host in ["host1", "host2"] {
            let script = try #require(files["\(host)/check.sh"])
            #expect(!script.contains("silent") && !script.contains("${part}"))
        }
        #expect(files["lab.sh"]?.contains("\nsilent_hosts=''\n") == true)
    }

    @Test func whereNothingMustPassThatPartIsEmpty() throws {
        let text = """
            topology: net
            runtime: netns
            hosts:
              host1:
                bridges: {br0: {}, br1: {}}
                containers: {a: {bridge: br0, address: 10.0.0.1/24}, b: {bridge: br1, address: 10.0.1.1/24}}
            checks: [{no-ping: [a, b]}]
            """
        let script = try #require(try Self.files(text)["host1/check.sh"])
        let passing = try Self.run(script, ["passing"])
        #expect(passing.status == 0 && passing.lines.first == "1..0", "\(passing.lines)")
        #expect(try Self.run(script, ["silent"]).lines.contains { $0.contains("a does not reach b") })
    }

    @Test func theLabKnowsWhoseChecksHaveParts() throws {
        let lab = try #require(try Self.files()["lab.sh"])
        #expect(lab.contains("\nsilent_hosts='host1 host2'\n"))
        let start = try #require(lab.range(of: "\ntest_all() {\n")?.upperBound)
        let passing = try #require(lab[start...].range(of: "check_on \"${host}\" passing"))
        let silent = try #require(lab[start...].range(of: "check_on \"${host}\" silent"))
        #expect(passing.lowerBound < silent.lowerBound)
    }
}
