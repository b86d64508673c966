import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// What `check.sh` waits for before it asks.
@Suite struct SpanningTreeTests {
    /// The lines of a host's `check.sh` from its plan on.
    private func asked(_ host: String, first: Bool, second: Bool) throws -> [Substring] {
        let hosts = [(1, first), (2, second)].map { number, stp in
            """
              host\(number):
                nics: {eth0: {lan: wire}}
                bridges: {br0: {stp: \(stp), ports: [eth0]}, br1: {stp: \(stp)}}
                containers: {c\(number): {bridge: br0, address: 10.0.0.\(number)/24}}

            """
        }
        let text = "topology: net\nruntime: netns\nlans: {wire: {}}\nhosts:\n" + hosts.joined()
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let compilation = try #require(try compile(source, only: ["shell"], templates: builtIn.get()).output)
        let check = try #require(compilation.artifacts.first { $0.path == "\(host)/check.sh" }).contents
        let asked = check.split(separator: "\n").drop { !$0.hasPrefix("printf '1..") }
        return Array(asked.filter { $0.hasPrefix("await_") || $0.hasPrefix("reaches ") }.prefix(2))
    }

    @Test func waitsForTheOwnBridgesPorts() throws {
        #expect(
            try asked("host1", first: true, second: false) == [
                "await_forwarding br0 br1", "reaches c1 c2 10.0.0.2",
            ])
    }

    @Test func waitsForAnAnswerThroughTheOthers() throws {
        #expect(
            try asked("host2", first: true, second: false) == [
                "await_answer c2 c1 10.0.0.1", "reaches c2 c1 10.0.0.1",
            ])
        #expect(
            try asked("host2", first: true, second: true) == [
                "await_forwarding br0 br1", "await_answer c2 c1 10.0.0.1",
            ])
    }

    @Test func waitsForNothingElse() throws {
        #expect(try asked("host1", first: false, second: false).first == "reaches c1 c2 10.0.0.2")
    }
}
