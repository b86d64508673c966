/// Texts with signs that some reader takes for more than themselves, and around them what hides them from Swift.
struct HostileText: Sendable, CustomStringConvertible {
    /// The sign.
    let sign: String
    /// What to write, the worst first: a place takes one of them, or has no such sign.
    let tries: [Try]

    /// A text with the sign, also as YAML has it.
    struct Try: Sendable {
        let text: String
        let quoted: [UInt8]

        init(_ text: String) { (self.text, quoted) = (text, Document.quoted(text)) }
    }

    init(sign: String) {
        self.sign = sign
        let (inner, wide) = (HostileText.inner(sign), HostileText.wide(sign))
        tries = [wide, "a" + wide, inner, "a" + inner].map(Try.init)
    }

    /// All of them.
    static let all: [HostileText] =
        "'\"\\$`;|&<>(){}[]*?#~=%!-+@,:^/._ ".unicodeScalars.map { HostileText(sign: "\($0)") }
        + ["--", "..", "]]>", "-->", "%%{"].map { HostileText(sign: $0) } + controls

    /// Controls, line ends, what hides or turns a text, and what Unicode leaves to others: refused but in titles and
    /// descriptions.
    static let controls: [HostileText] = [
        "\n", "\r\n", "\r", "\t", "\0", "\u{7}", "\u{1B}[2J", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}",
        "\u{E000}", "\u{E0041}", "\u{10FFFD}",
    ].map { HostileText(sign: $0) }

    /// All of them in groups, signs that are alike in different ones.
    static func groups(of size: Int) -> [[HostileText]] {
        let count = (all.count + size - 1) / size
        return (0..<count).map { number in stride(from: number, to: all.count, by: count).map { all[$0] } }
    }

    /// The sign before a mark, a joiner and a variation selector: what a word may have. A reader who ends the word there
    /// writes a file.
    private static func inner(_ sign: String) -> String {
        ["\u{301}", "\u{200D}", "\u{FE0F}"].map { "\(sign)\($0);>pwned;\(sign)\($0)" }.joined(separator: "a")
    }

    /// The same, then the sign after a prepending sign, between bidirectional controls, and beside CR LF.
    private static func wide(_ sign: String) -> String {
        inner(sign)
            + ["\u{600}\(sign)", "x\(sign)\u{202E}\u{2066}\(sign)\u{2069}"].map { "\($0);>pwned;\($0)" }.joined()
    }

    var description: String { sign.debugDescription }
}
