import Foundation
import Testing
import TopoText

/// Words reach the shell as they are, whatever is in them.
@Suite struct ShellTests {
    static let words = [
        "plain", "10.0.0.1/24", "", "two words", "it's", "''", "'", "a\"b", "$(touch x)", "`x`", "$HOME", "a;b", "a&b",
        "*",
        "~", "~root", "back\\slash", "-n", "tab\tin", "new\nline", "ñ日本", "#", "{a,b}", "!x", "a=b",
        "c'\u{301};touch${IFS}pwned;'\u{301}", "\u{600}'; id; '\u{200D}", "'\u{FE0F}\r\n'\r\n", "e\u{301}", "\u{E9}",
    ]

    @Test func plainWordsStayPlain() {
        #expect(shellWord("veth-c1") == "veth-c1")
        #expect(shellWord("10.0.0.1/24") == "10.0.0.1/24")
        #expect(shellWord("it's") == "'it'\\''s'")
    }

    @Test func theShellReadsTheSameWords() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let line = shellLine(Self.words)
        process.arguments = ["-c", "printf '%s\\0' \(line)"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let read = String(decoding: data, as: UTF8.self).utf8
            .split(separator: 0, omittingEmptySubsequences: false)
        #expect(read.dropLast().map(Array.init) == Self.words.map { Array($0.utf8) })
    }

    @Test func commentsStayOnTheirLine() {
        #expect(shellComment("a\nrm -rf x\r\u{0}") == "a␊rm -rf x␍␀")
        #expect(shellComment("\u{200C}\u{200D}\u{200E}\u{200F}") == "\u{200C}\u{200D}<U+200E><U+200F>")
        #expect(shellComment("a\u{202E}b\u{85}\u{2028}c") == "a<U+202E>b<U+0085><U+2028>c")
    }
}
