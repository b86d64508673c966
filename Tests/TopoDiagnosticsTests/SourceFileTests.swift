import Testing
import TopoDiagnostics

@Suite struct SourceFileTests {
    @Test func countsLinesAndScalars() {
        let file = SourceFile(path: "a.topo", bytes: Array("é: 1\r\nb: 2\n".utf8))
        #expect(file.lineCount == 3)
        #expect(file.position(at: 2) == .init(line: 1, column: 2))
        #expect(file.position(at: 7) == .init(line: 2, column: 1))
        #expect(file.text(of: file.span(ofLine: 1)) == "é: 1")
    }

    @Test func aByteOrderMarkTakesNoColumn() {
        let file = SourceFile(path: "a.topo", bytes: [0xEF, 0xBB, 0xBF] + Array("ab: 1\nc: 2\n".utf8))
        #expect((0...4).map { file.position(at: $0).column } == [1, 1, 1, 1, 2])
        #expect(file.position(at: 9) == .init(line: 2, column: 1))
    }
}
