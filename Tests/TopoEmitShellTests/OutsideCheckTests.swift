import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// Checks with addresses, run where `ping` and `traceroute` say what they were asked, and answer as the test wants.
@Suite struct OutsideCheckTests {
    private static let text = """
        topology: net
        runtime: netns
        lans: {internet: {subnet: 203.0.113.0/24, gateway: 203.0.113.1}, office: {subnet: 10.0.0.0/24}}
        hosts:
          flat:
            nics: {eth0: {lan: internet}}
            bridges: {br0: {ports: [eth0]}, br1: {}}
            containers:
              web: {bridge: br0, addresses: [203.0.113.21/24, 203.0.113.22/24]}
              apart: {bridge: br1, address: 10.9.0.2/24}
        checks:
          - {trace: [web, 198.51.100.7], hops: []}
          - {ping: [203.0.113.22, 198.51.100.7]}
          - {no-ping: [198.51.100.7, apart]}
          - {ping: [198.51.100.7, web]}
        """

    private static func script(_ path: String) throws -> String {
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, templates: Templates())
        let compilation = try #require(outcome.output, "\(outcome.diagnostics.map(\.message))")
        return try #require(compilation.artifacts.first { $0.path == path }).contents
    }

    /// Runs a script.
    /// - Parameters:
    ///   - answers: whether pings are answered.
    ///   - hops: what `traceroute` prints.
    /// - Returns: the results, and what `ping` and `traceroute` were asked.
    private static func run(
        _ script: String, answers: Bool = true, hops: String = ""
    ) throws -> (results: [String], asked: [String]) {
        let commands = [
            "id": "echo 0", "find": "exit 0", "ip": "shift 3; exec \"$@\"",
            "ping": "echo \"ping $*\" >>\"${0%/*}/asked\"; exit \(answers ? 0 : 1)",
            "traceroute": "echo \"traceroute $*\" >>\"${0%/*}/asked\"; printf '\(hops)'",
        ]
        return try withCommands(commands) { folder in
            // A variable of the caller's is no address to send from.
            let run = try runOfShell(
                "from=6.6.6.6 beyond=yes reached=0\nexport from beyond reached\n" + script, path: folder.path)
            let asked = try? String(contentsOf: folder.appendingPathComponent("asked"), encoding: .utf8)
            return (
                run.lines.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") },
                (asked ?? "").split(separator: "\n").map(String.init)
            )
        }
    }

    @Test func packetsComeFromTheAddressThatTheCheckNames() throws {
        let run = try Self.run(try Self.script("flat/check.sh"))
        #expect(run.asked.contains { $0.contains("-I 203.0.113.22 ") && $0.hasSuffix(" 198.51.100.7") }, "\(run.asked)")
        // Only there: the next assertion's packets come from where the node likes.
        #expect(run.asked.contains { !$0.contains("-I ") && $0.hasPrefix("ping") && $0.hasSuffix(" 198.51.100.7") })
        #expect(!run.asked.contains { $0.contains("6.6.6.6") })
        #expect(run.asked.contains { $0.hasPrefix("traceroute ") && !$0.contains("-s ") })
    }

    @Test func fromOutsideAllPacketsComeFromTheAddress() throws {
        let run = try Self.run(try Self.script("outside/internet.sh"))
        let foreign = run.asked.filter { $0.hasSuffix(" 203.0.113.21") || $0.hasSuffix(" 10.9.0.2") }
        #expect(foreign.count >= 4 && foreign.allSatisfy { $0.contains("-I 198.51.100.7 ") }, "\(run.asked)")
        // Every ping is answered, which is what must not be.
        #expect(run.results.contains { $0.hasPrefix("not ok ") && $0.contains("does not reach apart") })
    }

    @Test func onARealHostNobodyAsksFromOutside() throws {
        let results = try Self.run(try Self.script("flat/check.sh")).results
        #expect(
            results.contains {
                $0.hasSuffix("198.51.100.7 reaches web (203.0.113.21) # SKIP it is asked from outside, as the lab does")
            }, "\(results)")
        #expect(results.contains { $0.contains("198.51.100.7 does not reach apart (10.9.0.2) # SKIP ") })
    }

    /// Of the way to the outside the routers of the topology are seen, and that somebody answers behind them.
    @Test func theWayOutEndsWhereTheTopologyDoes() throws {
        let script = try Self.script("flat/check.sh")
        func isOut(_ run: (results: [String], asked: [String])) -> Bool? {
            run.results.first { $0.contains("web goes to outside:internet") }.map { $0.hasPrefix("ok ") }
        }
        let far = #" 1  203.0.113.1  0.1 ms\n 2  192.0.2.9  0.2 ms\n 3  198.51.100.7  0.3 ms\n"#
        #expect(isOut(try Self.run(script, hops: far)) == true, "others' routers are not the topology's")
        #expect(isOut(try Self.run(script, answers: false, hops: far)) == false)
    }
}
