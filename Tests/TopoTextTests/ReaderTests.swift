import Foundation
import Testing
import TopoText

/// Quoted texts, read back by the programs that they are quoted for.
@Suite struct ReaderTests {
    /// Every sign that some reader takes for more than itself, with marks, joiners and line ends around it.
    static let texts: [String] = {
        let signs =
            "'\"\\$`;|&<>(){}[]*?#~=%!-+@,:\n\t".unicodeScalars.map { "\($0)" } + ["\r\n", "\r", "]]>", "</script>"]
        let surroundings = [
            ("", "\u{301}"), ("", "\u{200D}"), ("", "\u{FE0F}"), ("\u{600}", ""), ("\u{202E}", "\u{2066}"),
            ("", "\r\n"),
            ("a", "\u{2028}"), ("e\u{301}", "\u{E9}"),
        ]
        let plain = signs.flatMap { sign in surroundings.map { $0 + sign + $1 } }
        return plain + plain.map { $0 + ";touch${IFS}pwned;" + $0 } + ["", "\u{1F468}\u{200D}\u{1F469}", "\u{E0001}"]
    }()

    @Test func theShellReadsEveryWord() throws {
        let script = "printf '%s\\0' " + shellLine(Self.texts) + "\n"
        let read = try run("/bin/sh", ["-s"], input: Data(script.utf8))
        #expect(
            read.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { Array($0) }
                == Self.texts.map { Array($0.utf8) })
    }

    @Test func pythonReadsJSON() throws {
        for isForHTML in [false, true] {
            let list =
                "["
                + Self.texts.map { String(decoding: jsonString($0, isForHTML: isForHTML), as: UTF8.self) }
                .joined(separator: ",") + "]"
            let seen = list.unicodeScalars.contains { $0 != "\n" && standIn(for: $0) != nil }
            #expect(!seen && !(isForHTML && list.utf8.contains(UInt8(ascii: "<"))))
            #expect(try texts("json.load(source)", list) == Self.texts.map { Array($0.utf8) })
        }
    }

    @Test func pythonReadsCSV() throws {
        let rows = Self.texts.map { CSV.line(["x", $0, "y"]) }.joined()
        let cells = try texts("[c for r in csv.reader(source, strict=True) for c in r[1:-1] + r[3:]]", rows)
        let expected = Self.texts.map { text in
            let isFormula = text.utf8.prefix(1).contains { "=+-@\t\r\n".utf8.contains($0) }
            return Array(((isFormula ? "'" : "") + text.parts(at: "\n").map(visible).joined(separator: "\n")).utf8)
        }
        #expect(cells == expected)
    }

    @Test func pythonReadsYAML() throws {
        let list = Self.texts.map { "- " + yamlString($0) + "\n" }.joined()
        #expect(try texts("yaml.safe_load(source)", list) == Self.texts.map { Array(visible($0).utf8) })
    }

    @Test func pythonFindsNoElementInHTML() throws {
        let page = Self.texts.map { "<p title=\"\(HTML.text($0))\">\(HTML.text($0))</p>" }.joined()
        let tags = try texts("tags(source.read())", page)
        #expect(Set(tags) == [Array("p title".utf8)] && tags.count == Self.texts.count)
    }

    @Test func gitHubsRunnerReadsOneLine() {
        for text in Self.texts {
            let message = GitHub.message(text)
            #expect(!message.utf8.contains { $0 == 10 || $0 == 13 })
            #expect(message.removingPercentEncoding.map { Array($0.utf8) } == Array(text.utf8))
            #expect(!GitHub.property(text).utf8.contains { ":,".utf8.contains($0) })
        }
    }

    @Test func markdownHasNoLiveSignAndNoSecondLine() {
        for text in Self.texts {
            var wasEscape = false
            for byte in Markdown.text(text).utf8 {
                #expect(byte >= 0x20 && (wasEscape || !"<>`*_[]()|#".utf8.contains(byte)))
                wasEscape = byte == UInt8(ascii: "\\") && !wasEscape
            }
            let code = Array(Markdown.code(text).utf8)
            let fence = code.prefix { $0 == UInt8(ascii: "`") }.count
            let runs = code[fence..<max(fence, code.count - fence)].split { $0 != UInt8(ascii: "`") }
            #expect(runs.allSatisfy { $0.count < fence } && !code.contains(10) && !code.contains(13))
        }
    }

    @Test func mermaidReadsNoDirectiveInAComment() {
        for text in Self.texts.map({ "%%{init: \($0)}%%" }) {
            #expect(!Mermaid.comment(text).utf8.contains { $0 == UInt8(ascii: "%") || $0 == 10 || $0 == 13 })
        }
    }

    @Test func bytesAreCompared() {
        #expect(!"e\u{301}".isSame(as: "\u{E9}") && "a".isSame(as: "a"))
        #expect("-\u{301}".begins(with: "-") && "\u{600}-".ends(with: "-") && !"a-".begins(with: "-"))
        #expect("a\r\nb".parts(at: "\n").map { Array($0.utf8) } == [[97, 13], [98]])
    }

    /// What Python makes of a document: a list of texts.
    private func texts(_ expression: String, _ document: String) throws -> [[UInt8]] {
        let program = """
            import csv, html.parser, io, json, sys, yaml
            def tags(text):
                found = []
                class Reader(html.parser.HTMLParser):
                    def handle_starttag(self, tag, attributes):
                        found.append(" ".join([tag] + [name for name, _ in attributes]))
                reader = Reader()
                reader.feed(text)
                reader.close()
                return found
            source = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")
            sys.stdout.buffer.write(b"".join(text.encode() + b"\\0" for text in \(expression)))
            """
        let output = try run("/usr/bin/python3", ["-c", program], input: Data(document.utf8))
        return output.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { Array($0) }
    }

    /// Runs a program in a folder without any file, and sees that it makes none.
    private func run(_ program: String, _ arguments: [String], input: Data) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-text-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("input")
        try input.write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["input"])
        return data
    }
}
