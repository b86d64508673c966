import Testing
import TopoDiagnostics
import TopoDriver

/// The examples in the codes' pages do what the pages say.
@Suite struct DiagnosticPageTests {
    /// Codes whose example cannot stand in a page: bytes that are no UTF-8, a file without bounds, deep nesting, a thousand
    /// containers.
    private static let withoutExample: Set<DiagnosticCode> = [.notUTF8, .fileTooLarge, .nestingTooDeep, .tooManyPorts]

    @Test func everyCodeHasAPage() {
        let pages = Fixtures.names(in: Fixtures.pages, ending: "md")
        #expect(DiagnosticCode.allCases.map(\.rawValue).filter { !pages.contains($0) } == [])
    }

    @Test(arguments: DiagnosticCode.allCases.filter { !withoutExample.contains($0) })
    func theFirstExampleFailsAndTheSecondWorks(code: DiagnosticCode) throws {
        let blocks = try Fixtures.blocks(of: code.rawValue)
        try #require(blocks.count == 2)
        #expect(codes(blocks[0]) == [code])
        #expect(codes(blocks[1]) == [])
    }

    private func codes(_ text: String) -> [DiagnosticCode] {
        examine(SourceFile(path: "example.topo", bytes: Array(text.utf8))).diagnostics.map(\.code)
    }
}
