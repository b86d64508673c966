import Testing
import TopoDiagnostics
import TopoExplain

@Suite struct DiagnosticPageTests {
    @Test func everyPageHasACode() {
        let codes = DiagnosticCode.allCases.map(\.rawValue)
        #expect(diagnosticPages.map(\.code).filter { !codes.contains($0) } == [])
    }

    @Test(arguments: diagnosticPages) func beginsWithItsCodeAndEndsWithItsLine(page: DiagnosticPage) {
        #expect(page.text.hasPrefix("# \(page.code)"))
        #expect(page.title.count > page.code.count + 2)
        #expect(page.text.hasSuffix("\n"))
        #expect(!page.text.hasSuffix("\n\n"))
    }
}
