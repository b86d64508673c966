import Testing
import TopoDiagnostics
import TopoSyntax

@Suite struct SyntaxErrorTests {
    /// A text, the place of its finding and the message.
    @Test(arguments: [
        ("a: {x: 1\nb: 3\n", 3, "the bracket \"{\" is not closed"),
        ("a: \"abc\nb: 3\n", 3, "the quote is not closed"),
        ("a: b: c\n", 4, "a second \":\" in one line"),
        ("a: 1\n  b: 2\n", 8, "a key cannot stand here"),
        ("a:\n  b: 2\n c: 3\n", 11, "expected a key, found \"c\""),
        ("a:\n  b: 2\nfoo\nc: 1\n", 10, "a key without \":\""),
        ("é: @x\n", 4, "a value cannot begin with \"@\""),
        ("é: *\n", 5, "expected an anchor's name after \"*\""),
        ("a: &\n", 4, "expected a name of letters, digits, \"-\" and \"_\" after \"&\""),
        ("a: \"x\\q\"\n", 5, "unknown escape in a text with double quotes"),
        ("a: - b\n", 3, "a list cannot begin here"),
        ("- a\nb: 1\n", 4, "expected \"- \", found \"b\""),
        ("a: [1,,2]\n", 6, "expected a value, found \",\""),
        (": 1\n", 0, "a key is missing in front of \":\""),
        ("a: 'it's'\n", 7, "a value goes on after its end"),
        ("a: |x\n  t\n", 4, "a block of text begins on the line after \"|\" or \">\""),
        ("{a: 1}\nb: 2\n", 7, "text after the end of the document"),
        ("%YAML 1.2\na: 1\n", 10, "expected \"---\" after the lines that begin with \"%\""),
        ("%YAML 3.2\n---\na: 1\n", 0, "this version of YAML is not supported"),
        ("a: !x!y z\n", 3, "unknown tag"),
    ])
    func isSaidInPlainWords(text: String, offset: Int, message: String) {
        let outcome = read(source(text))
        #expect(outcome.output == nil)
        #expect(outcome.diagnostics.map(\.code) == [.invalidYAML])
        #expect(outcome.diagnostics.map(\.message) == [message])
        #expect(outcome.diagnostics.map(\.primary.span.start) == [offset])
    }

    @Test func aBracketThatIsNotClosedIsShownWithWhereThatWasSeen() {
        let source = source("\u{FEFF}ñ: [1, 2\nb: 3\n")
        #expect(
            render(read(source).diagnostics, of: source, style: .plain) == """
                error[T0102]: the bracket "[" is not closed
                 ┌─ a.topo:1:4
                1│ ñ: [1, 2
                 │    ^ opened here
                2│ b: 3
                 │  - expected "," or "]", found ":"
                 = help: close it with "]", or put a comma between the values

                """)
    }
}
