import Testing
import TopoText

/// Signs that a reader of today forgives, or that no reader here reads: each is written as its format's rules say.
@Suite struct SignTests {
    /// What acts on a terminal, hides or has no meaning is shown by its picture or number; what only joins letters stays.
    @Test func aReaderSeesEverySign() {
        #expect(visible("a\u{0}\u{1B}\u{7F}b") == "a\u{2400}\u{241B}\u{2421}b")
        #expect(visible("a\tb\u{200D}c\u{E9}") == "a    b\u{200D}c\u{E9}")
        #expect(visible("\u{85}\u{202E}\u{2028}\u{2029}") == "<U+0085><U+202E><U+2028><U+2029>")
        #expect(visible("\u{E000}\u{378}\u{10FFFF}") == "<U+E000><U+0378><U+10FFFF>")
    }

    /// Each byte of a file's name that is no UTF-8 comes back, and so do those of what stands for one.
    @Test func bytesOfANameComeBack() {
        let bytes = Array(UInt8(1)...255)
        #expect(ByteText.bytes(of: ByteText.text(bytes)) == bytes)
        let standIns = Array("\u{10F77F}\u{10F780}\u{10F7FF}\u{10F800}".utf8)
        #expect(ByteText.bytes(of: ByteText.text(standIns)) == standIns)
        #expect(ByteText.replaced(ByteText.text([0x61, 0x80, 0xFF])) == "a\u{FFFD}\u{FFFD}")
    }

    @Test func htmlHasNoQuoteOfEitherKind() {
        #expect(HTML.text("a'b\"c<d>&e") == "a&#39;b&quot;c&lt;d&gt;&amp;e")
    }

    @Test func jsonInAPageHasNoSignOfMarkup() {
        #expect(
            String(decoding: jsonString("a&b<c>\n", isForHTML: true), as: UTF8.self)
                == #""a\u0026b\u003cc\u003e\u000a""#)
        #expect(String(decoding: jsonString("a&b<c>\n"), as: UTF8.self) == #""a&b<c>\n""#)
    }

    @Test func latexHasLettersOfItsFontsAndNumbersOfOthers() {
        #expect(LaTeX.text("\u{17F}\u{180}\u{250}") == "\u{17F}[U+180][U+250]")
    }

    /// A span that begins or ends with a backtick has a space beside its fence (CommonMark 0.31, 6.1).
    @Test func codeThatEndsWithABacktickKeepsIt() {
        #expect(Markdown.code("a`") == "`` a` ``")
        #expect(Markdown.code("`a") == "`` `a ``")
        #expect(Markdown.code("a`b") == "``a`b``")
    }

    /// `;` ends a statement of Mermaid's.
    @Test func mermaidReadsNoSignOfItsOwn() {
        #expect(Mermaid.text("a;b\"c#d") == "a#59;b#34;c#35;d")
    }
}
