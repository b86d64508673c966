import Foundation
import Testing
import TopoDiagnostics
import TopoDriver

/// The examples in the codes' pages do what the pages say.
@Suite struct DiagnosticPageTests {
    /// Codes whose example cannot stand in a page: bytes that are no UTF-8, a file without bounds, deep nesting, a thousand
    /// containers, a lock beside the file.
    private static let withoutExample: Set<DiagnosticCode> = [
        .notUTF8, .fileTooLarge, .nestingTooDeep, .tooManyPorts, .unreadableLock, .addressRenumbered,
    ]

    @Test func everyCodeHasAPage() {
        let pages = Fixtures.names(in: Fixtures.pages, ending: "md")
        #expect(DiagnosticCode.allCases.map(\.rawValue).filter { !pages.contains($0) } == [])
    }

    /// The list of all codes, and the table of mistakes, each with a topology that shows it.
    @Test func theIndexHasAllPagesAndLeadsToTopologies() throws {
        let text = try String(contentsOf: Fixtures.pages.appendingPathComponent("README.md"), encoding: .utf8)
        for code in DiagnosticCode.allCases.map(\.rawValue) {
            let title = try Fixtures.title(of: code)
            #expect(text.contains("- [\(code)](\(code).md): \(title)\n"))
        }
        let topologies = Fixtures.names(in: Fixtures.errors, ending: "topo")
        let rows = text.split(separator: "\n").filter { $0.contains("/Errors/") }
        #expect(rows.count >= 25)
        for row in rows {
            let name = row.components(separatedBy: "/Errors/")[1].components(separatedBy: ".topo)")[0]
            #expect(topologies.contains(name), "\(name)")
            #expect(row.contains("| [\(name.prefix(5))]("), "\(name)")
        }
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
