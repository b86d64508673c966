import Testing
import TopoDiagnostics

@Suite struct SnippetTests {
    @Test func labelsThatHaveRoomShareALine() {
        let sample = Sample("a: 1, long name: 2\n")
        let snippet = sample.snippet(sample.span("long name"), "second", and: [.init(sample.span("a"), "one")])
        #expect(snippet == "1│ a: 1, long name: 2\n │ - one ^^^^^^^^^ second\n")
    }

    @Test func aLabelMayBeWhereALineEnds() {
        let sample = Sample("a: 1, b:\n")
        let snippet = sample.snippet(sample.span("a"), and: [.init(Span(8, 8), "no value")])
        #expect(snippet == "1│ a: 1, b:\n │ ^       - no value\n")
    }

    @Test func labelsThatCollideHaveLinesOfTheirOwn() {
        let sample = Sample("{a: 1, a: 2}\n")
        let snippet = sample.snippet(
            sample.span("a", 2), "again here", and: [.init(sample.span("a"), "first here"), .init(sample.span("2"))])
        #expect(
            snippet == """
                1│ {a: 1, a: 2}
                 │        ^ again here
                 │  - first here
                 │           -

                """)
    }

    @Test func aDotStandsBetweenLinesThatAreNotNeighbours() {
        let sample = Sample("a\nb\nc\nd\n")
        let snippet = sample.snippet(
            sample.span("b"), and: [.init(sample.span("c")), .init(sample.span("a")), .init(sample.span("d"))])
        #expect(
            snippet == """
                2│ b
                 │ ^
                3│ c
                 │ -
                 ·
                1│ a
                 │ -
                 ·
                4│ d
                 │ -

                """)
    }

    @Test func theGutterIsAsWideAsTheLargestNumber() {
        let sample = Sample("a" + String(repeating: "\n", count: 99) + "b")
        let snippet = sample.snippet(sample.span("a"), and: [.init(sample.span("b"))])
        #expect(snippet == "  1│ a\n   │ ^\n   ·\n100│ b\n   │ -\n")
    }

    @Test(arguments: [
        ("\ta:\tb", "1│     a:    b\n │           ^\n"),
        ("東京: b", "1│ 東京: b\n │       ^\n"),
        ("e\u{301}n\u{303}: b", "1│ e\u{301}n\u{303}: b\n │     ^\n"),
        ("한국 カナ Ａ: b", "1│ 한국 カナ Ａ: b\n │               ^\n"),
        ("\u{1F600}: b", "1│ \u{1F600}: b\n │     ^\n"),
        ("\u{FEFF}ñ: b", "1│ ñ: b\n │    ^\n"),
        ("ñ: b\r\nc", "1│ ñ: b\n │    ^\n"),
    ])
    func theMarkStandsUnderItsText(text: String, expected: String) {
        let sample = Sample(text)
        #expect(sample.snippet(sample.span("b")) == expected)
    }

    @Test func aWideTextHasAWideMark() {
        let sample = Sample("a: 東京\n")
        #expect(sample.snippet(sample.span("東京"), "x") == "1│ a: 東京\n │    ^^^^ x\n")
    }

    @Test func anEmptySpanHasOneCaret() {
        let sample = Sample("a:\nb: 1")
        #expect(sample.snippet(Span(2, 2), "no value") == "1│ a:\n │   ^ no value\n")
        #expect(sample.snippet(Span(7, 7), "end") == "2│ b: 1\n │     ^ end\n")
        #expect(Sample("a\n").snippet(Span(2, 2)) == "2│\n │ ^\n")
        #expect(Sample("").snippet(Span(0, 0)) == "1│\n │ ^\n")
    }

    @Test func aSpanOfSeveralLinesIsMarkedToTheEndOfItsFirst() {
        let sample = Sample("a: [1,\n  2,\n  3]\nb: 1\n")
        #expect(sample.snippet(Span(3, 16), "all") == "1│ a: [1,\n │    ^^^ all (to line 3)\n")
        #expect(sample.snippet(Span(3, 17)) == "1│ a: [1,\n │    ^^^ (to line 3)\n")
        #expect(sample.snippet(Span(3, 6)) == "1│ a: [1,\n │    ^^^\n")
    }

    @Test func bytesThatAreNoTextAreShownAsReplacements() {
        let sample = Sample(bytes: [0x61, 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0x62])
        #expect(sample.snippet(Span(1, 2)) == "1│ a\u{FFFD}\u{FFFD}(\u{FFFD}\u{FFFD}\u{FFFD}b\n │  ^\n")
    }

    @Test func aLongLineIsCutAroundItsMark() {
        let digits = String(repeating: "1234567890", count: 30)
        let sample = Sample(digits + "x" + digits)
        let around = sample.snippet(sample.span("x"), "here")
        let before = String(digits.suffix(40))
        #expect(
            around == "1│ …\(before)x\(digits.prefix(79))…\n │ \(String(repeating: " ", count: 41))^ here\n")
        let last = Sample(digits).snippet(Span(299, 300))
        #expect(last == "1│ …\(digits.suffix(120))\n │ \(String(repeating: " ", count: 120))^\n")
        let first = Sample(digits).snippet(Span(0, 300))
        #expect(first == "1│ \(digits.prefix(120))…\n │ \(String(repeating: "^", count: 120))\n")
    }

    @Test func placesFarApartOnALongLineAreShownApart() {
        let gap = String(repeating: ".", count: 300)
        let sample = Sample("a" + gap + "b")
        let snippet = sample.snippet(sample.span("b"), "p", and: [.init(sample.span("a"), "s")])
        #expect(
            snippet == """
                1│ …\(gap.prefix(119))b
                 │ \(String(repeating: " ", count: 120))^ p
                 ·
                1│ a\(gap.prefix(119))…
                 │ - s

                """)
    }
}
