import Foundation
import Testing
import TopoEmit

/// Words reach the shell as they are, whatever is in them.
@Suite struct ShellWordTests {
    static let words = [
        "plain", "10.0.0.1/24", "", "two words", "it's", "''", "'", "a\"b", "$(touch x)", "`x`", "$HOME", "a;b", "a&b",
        "*",
        "~", "~root", "back\\slash", "-n", "tab\tin", "new\nline", "ñ日本", "#", "{a,b}", "!x", "a=b",
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
        let read = String(decoding: data, as: UTF8.self).split(separator: "\0", omittingEmptySubsequences: false)
        #expect(read.dropLast().map(String.init) == Self.words)
    }

    @Test func commentsStayOnTheirLine() {
        #expect(shellComment("a\nrm -rf x\r\u{0}") == "a rm -rf x  ")
    }
}
