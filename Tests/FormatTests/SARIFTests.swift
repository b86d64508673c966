import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoFindings

@Suite struct SARIFTests {
    /// The findings of every topology in `Tests/Fixtures/Errors`.
    private static func fixtures() throws -> [FileFindings] { try made.get() }

    private static let made = Result {
        let folder = JSONSchema.root.appendingPathComponent("Tests/Fixtures/Errors")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".topo") }
            .sorted().map { name in
                let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
                let source = SourceFile(path: "Tests/Fixtures/Errors/\(name)", bytes: bytes)
                return FileFindings(source, examine(source).diagnostics)
            }
    }

    private static func log(_ files: [FileFindings]) throws -> Log {
        try JSONDecoder().decode(Log.self, from: Data(sarifDocument(files, version: "1.2.3").utf8))
    }

    @Test(.enabled(if: JSONSchema.obstacle == nil, Comment(rawValue: JSONSchema.obstacle ?? "")))
    func everyFixturesLogIsValid() throws {
        let schema = try String(
            contentsOf: JSONSchema.root.appendingPathComponent("Tests/Fixtures/Schemas/sarif-2.1.0-used.json"),
            encoding: .utf8)
        let files = try Self.fixtures() + [.withEdits, .hostile]
        let nothing = FileFindings(SourceFile(path: "/tmp/a b.topo", bytes: []), [])
        let texts = [sarifDocument(files, version: "1.2.3"), sarifDocument([nothing], version: "1.2.3")]
        #expect(try JSONSchema.errors(in: try texts.map(parsed), by: schema) == [[], []])
        // That the schema can say no: a result without its place.
        let broken = sarifDocument([.withEdits], version: "1.2.3")
            .replacing("\"physicalLocation\"", with: "\"place\"", maxReplacements: 1)
        #expect(try JSONSchema.errors(in: [try parsed(broken)], by: schema).first?.isEmpty == false)
    }

    private func parsed(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8)) }

    @Test func everyFindingIsAResultOfItsRule() throws {
        let files = try Self.fixtures()
        let run = try #require(try Self.log(files).runs.first)
        #expect(run.results.map(\.ruleId) == files.flatMap { $0.diagnostics.map(\.code.rawValue) })
        let rules = run.tool.driver.rules
        #expect(rules.map(\.id) == rules.map(\.id).sorted())
        for result in run.results { #expect(rules[result.ruleIndex].id == result.ruleId) }
        for (file, artifact) in zip(files, run.artifacts) { #expect(file.source.path == artifact.location.uri) }
    }

    @Test func aFileGivenTwiceIsOneArtifact() throws {
        let run = try #require(try Self.log([.withEdits, .withEdits]).runs.first)
        #expect(run.artifacts.map(\.location.uri) == ["some%20where/a%3Ab.topo"])
        #expect(run.results.count == 2)
    }

    @Test func columnsCountUTF16CodeUnitsWithoutTheByteOrderMark() throws {
        let run = try #require(try Self.log([.withEdits]).runs.first)
        let result = try #require(run.results.first)
        // BOM, "é" (1 unit), "𝄞" (2 units), then the place.
        #expect(result.locations[0].physicalLocation.region == Log.Region(1, 4, 1, 5))
        #expect(result.relatedLocations?[0].physicalLocation.region == Log.Region(2, 1, 3, 1))
        #expect(result.relatedLocations?[0].message?.text == "related")
        #expect(result.message.text == "a message\na note\nhelp: a way out")
    }

    /// Texts refer to related locations by these numbers (3.28.2); GitHub shows them so.
    @Test func relatedLocationsAreNumberedFrom1() throws {
        let span = Span(0, 1)
        let finding = Diagnostic(
            .unusedName, "a message", at: .init(span, ""), and: [.init(span, "one"), .init(span, "two")])
        let file = FileFindings(SourceFile(path: "a.topo", bytes: Array("ab\n".utf8)), [finding])
        let result = try #require(try Self.log([file]).runs.first?.results.first)
        #expect(result.locations.map(\.id) == [nil])
        #expect(result.relatedLocations?.map(\.id) == [1, 2])
        #expect(result.relatedLocations?.map { $0.message?.text } == ["one", "two"])
    }

    @Test func aFixHasAllEdits() throws {
        let run = try #require(try Self.log([.withEdits]).runs.first)
        let changes = try #require(run.results.first?.fixes?.first?.artifactChanges)
        #expect(changes.map(\.artifactLocation.uri) == ["some%20where/a%3Ab.topo"])
        #expect(changes[0].replacements.map(\.insertedContent.text) == ["X", "\"\n"])
        #expect(changes[0].replacements.map(\.deletedRegion) == [Log.Region(1, 4, 1, 5), Log.Region(2, 1, 2, 1)])
    }

    @Test func noTextOfTheFileBreaksOut() throws {
        let text = sarifDocument([.hostile], version: "1.2.3")
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect(try Self.log([.hostile]).runs[0].results[0].message.text == "\u{1B}]0;\"\\\n\u{0}")
    }
}
