import Testing
import TopoDiagnostics
import TopoSyntax

@Suite struct RefusalTests {
    /// A text, and of each finding the code, the text at its place and the message.
    @Test(arguments: [
        ("", ["T0103 `` the file contains no topology"]),
        ("# c\n", ["T0103 `` the file contains no topology"]),
        ("---\n", ["T0103 `` the file contains no topology"]),
        ("--- ~\n...\n", ["T0103 `~` the file contains no topology"]),
        ("a: 1\n---\nb: 2\n", ["T0104 `---` a second YAML document begins"]),
        ("a: 1\n...\n---\nb: 2\n", ["T0104 `---` a second YAML document begins"]),
        ("a: 1\na: 2\na: 3\n", ["T0105 `a` duplicate key \"a\"", "T0105 `a` duplicate key \"a\""]),
        ("<<: {x: 1}\n<<: {y: 1}\n", ["T0105 `<<` duplicate key \"<<\""]),
        ("a: *b\n", ["T0109 `*b` there is no anchor \"b\""]),
        ("a: *b\nb: &b 1\n", ["T0109 `*b` there is no anchor \"b\" yet"]),
        ("a: &a\n  x: *a\n", ["T0109 `*a` the value of anchor \"a\" contains itself"]),
        ("a: {<<: *b}\n", ["T0109 `*b` there is no anchor \"b\""]),
        ("a: {<<: [{x: 1}, *b]}\n", ["T0109 `*b` there is no anchor \"b\""]),
        ("a: {<<: 3}\n", ["T0110 `3` the value of \"<<\" is the text \"3\", which cannot be merged"]),
        ("a: {<<: [{}, []]}\n", ["T0110 `[]` the list of \"<<\" contains a list, which cannot be merged"]),
        ("a:\n\tb: 1\n", ["T0111 `\t` the line is indented with a tab"]),
        ("a: 1\n \t\tb: 1\n", ["T0111 `\t\t` the line is indented with a tab"]),
        (
            "a: !!str 1\nb: &x !t {}\n",
            [
                "T0112 `!!str` the tag \"!!str\" is not supported", "T0112 `!t` the tag \"!t\" is not supported",
            ]
        ),
        ("? [a]\n: 1\n", ["T0112 `[` a key must be text, not a list"]),
        ("{a: 1}: 2\n", ["T0112 `{` a key must be text, not a mapping"]),
        ("a: \u{0}\n", ["T0112 `\u{0}` a NUL byte (U+0000) is not allowed in YAML"]),
        ("a: \u{1B}\n", ["T0112 `\u{1B}` the control character U+001B is not allowed in YAML"]),
        (
            "a: é\u{FEFF}\n",
            ["T0112 `\u{FEFF}` a byte order mark (U+FEFF) in the middle of the file is not allowed in YAML"]
        ),
        (
            "a: 1\na: 2\nb: [\n",
            ["T0105 `a` duplicate key \"a\"", "T0102 `` expected a value, found the end of the file"]
        ),
    ])
    func isRefused(text: String, expected: [String]) {
        let source = source(text)
        let found = read(source).diagnostics.sortedByPlace().map {
            "\($0.code.rawValue) `\(source.text(of: $0.primary.span))` \($0.message)"
        }
        #expect(found == expected)
    }

    @Test func bytesThatAreNoUTF8AreNamedWithTheirOffset() {
        for (bytes, offset, message) in [
            ([0x61, 0x3A, 0x20, 0xE9, 0x0A] as [UInt8], 3, "byte 0xE9 at offset 3 is not valid UTF-8"),
            ([0x61, 0xC0, 0x80], 1, "byte 0xC0 at offset 1 is not valid UTF-8"),
            ([0xED, 0xA0, 0x80], 0, "byte 0xED at offset 0 is not valid UTF-8"),
            ([0xFF, 0xFE, 0x61, 0x00], 0, "the file is in UTF-16 (little-endian), not in UTF-8"),
            ([0xFE, 0xFF, 0x00, 0x61], 0, "the file is in UTF-16 (big-endian), not in UTF-8"),
        ] {
            let found = read(SourceFile(path: "a.topo", bytes: bytes)).diagnostics
            #expect(found.map(\.code) == [.notUTF8])
            #expect(found.map(\.message) == [message])
            #expect(found.map(\.primary.span) == [Span(offset, offset + 1)])
        }
    }

    @Test func aDuplicateKeyLeavesTheFirst() {
        let outcome = read(source("a: 1\nb: 2\na: 3\n"))
        guard case .mapping(let entries)? = outcome.output?.content else {
            Issue.record("no mapping")
            return
        }
        #expect(entries.map(\.key) == ["a", "b"])
        #expect(entries[0].value.content == .scalar("1", isQuoted: false))
        #expect(outcome.diagnostics.map(\.secondary) == [[.init(Span(0, 1), "first here")]])
    }

    @Test func aNameThatIsNearIsSuggested() {
        let found = read(source("a: &defaults {x: 1}\nb: *default\n")).diagnostics
        #expect(found.flatMap(\.help) == ["did you mean \"*defaults\"?"])
    }

    @Test(arguments: [
        "%YAML 1.1\n---\na: 1\n", "%YAML 1.2\n--- # c\na: 1\n...\n", "\r\n# c\r\n---\r\na: 1", "a: 1   \n   \n",
    ])
    func whatYAMLAllowsAroundADocumentIsRead(text: String) {
        let outcome = read(source(text))
        #expect(outcome.diagnostics.isEmpty)
        #expect(outcome.output.map { source(text).text(of: $0.span) } == "a: 1")
    }
}
