import Foundation
import Testing
import TopoDiagnostics
import TopoDriver

/// Files, and how each is laid out.
@Suite struct CaseTests {
    @Test(arguments: Files.caseNames) func isLaidOutAsWanted(name: String) throws {
        let outcome = format(try Files.source("Tests/Fixtures/Layout/\(name).topo"))
        let laidOut = try #require(outcome.output, "\(outcome.diagnostics.map(\.message))")
        let file = Files.cases.appendingPathComponent("\(name).want")
        if Files.isUpdating { try Data(laidOut.bytes).write(to: file) }
        #expect(
            String(decoding: laidOut.bytes, as: UTF8.self)
                == String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }

    /// What the project shows to others is laid out.
    @Test(arguments: Files.all.filter { $0.hasPrefix("topologies/") }) func theTopologiesAreLaidOut(path: String) throws
    {
        let source = try Files.source(path)
        #expect(format(source).output?.bytes == source.bytes)
    }

    @Test func thereAreCases() { #expect(Files.caseNames.count >= 7) }

    @Test func aFileWithErrorsIsNotLaidOut() throws {
        for text in ["topology: a\nhosts: {host1: {nonsense: 1}}\n", "topology: a\n  hosts: b\n", "", "# nothing\n"] {
            let outcome = format(SourceFile(path: "a.topo", bytes: Array(text.utf8)))
            #expect(outcome.output == nil && outcome.diagnostics.hasErrors, "\(text)")
        }
    }

    /// A network that cannot work may be laid out: it is read all the same.
    @Test func aWrongNetworkIsLaidOut() throws {
        let text = """
            topology: a
            runtime: netns
            hosts: {h: {bridges: {br0: {address: 10.1.0.1/24}}, containers: {c: {bridge: br0, address: 10.1.0.1/24}}}}

            """
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
        #expect(findings(in: source).hasErrors)
        let outcome = format(source)
        #expect(outcome.output?.lineCount == 9 && outcome.diagnostics.isEmpty)
    }
}
