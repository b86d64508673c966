import Testing
import TopoTemplates

/// How `lab.sh test` makes one stream of all hosts' TAP: its own functions run, over streams that are only said to be theirs.
@Suite struct LabStreamTests {
    private func stream(_ lines: [String]) throws -> (lines: [String], status: String) {
        let functions = try builtIn.get().text("lab-verbs.sh")
        let script =
            "\(functions)\n{ one_stream; echo \"status $?\"; } <<'END'\n\(lines.joined(separator: "\n"))\nEND\n"
        let said = try linesOfShell(script)
        return (Array(said.dropLast()), said.last ?? "")
    }

    @Test func allAreNumberedThroughWithOnePlanAtTheEnd() throws {
        let said = try stream(["# --- a ---", "1..1", "ok 1 - x", "1..2", "ok 1 - y", "ok 2 - z # SKIP why"])
        #expect(
            said.lines == [
                "# --- a ---", "ok 1 - x", "ok 2 - y", "ok 3 - z # SKIP why", "1..3", "# all hosts: 3 of 3 hold",
            ])
        #expect(said.status == "status 0")
    }

    /// What fails, what ends before its plan does, more than was planned, and a host that could not begin.
    @Test(arguments: [
        ["1..1", "not ok 1 - x"], ["1..2", "ok 1 - x"], ["1..1", "ok 1 - x", "ok 2 - y"], ["Bail out! needs root"],
    ])
    func whatIsNotAllThereFails(lines: [String]) throws { #expect(try stream(lines).status == "status 1") }
}
