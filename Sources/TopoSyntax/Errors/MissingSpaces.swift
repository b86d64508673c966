import TopoDiagnostics

/// The space that is missing after a key's colon, `forwarding:true`, where libyaml stops because of it; nil elsewhere.
///
/// To YAML it is one word. Where a key follows in the next line, the word goes on there, and libyaml stops at that key's
/// colon; a comment ends the word, and with it the document.
/// - Parameter start: where the last scalar begins that libyaml read.
func missingSpace(for problem: EventStream.Problem, after start: Int, in source: SourceFile) -> Diagnostic? {
    switch problem.text {
    case "did not find expected <document start>":
        let key = GluedKey(inLine: source.line(at: start), of: source)
        return key?.span.start == start ? key.map { $0.diagnostic(isCertain: $0.column == 0) } : nil
    case "mapping values are not allowed in this context":
        let last = source.line(at: problem.offset)
        // `br0:{address: 10.1.0.1/24, mtu: 1400}`: the second colon of the line.
        if let key = GluedKey(inLine: last, of: source), key.beginsCollection { return key.diagnostic(isCertain: true) }
        var first: GluedKey?
        var line = last - 1
        while line >= 1, last - line < 100, source.goesOn(inLine: line) {
            if let key = GluedKey(inLine: line, of: source) { first = key }
            line -= 1
        }
        let column = source.indentation(ofLine: last)
        return first.map { $0.diagnostic(isCertain: $0.column == column) }
    case "could not find expected ':'":
        guard let offset = problem.contextOffset else { return nil }
        let key = GluedKey(inLine: source.line(at: offset), of: source)
        return key.map { $0.diagnostic(isCertain: $0.span.start == offset) }
    case "found unexpected ':'":
        let span = Span(problem.offset, min(problem.offset + 1, source.bytes.count))
        return Diagnostic(
            .invalidYAML, "a space is missing after \":\"", at: .init(span, "between a key and its value"),
            help: ["write \": \" between a key and its value"], edits: [Edit(Span(span.end, span.end), " ")])
    default: return nil
    }
}

/// A line that begins with a key, a colon, and a value without a space between them.
private struct GluedKey {
    /// The key.
    let key: String
    /// The key and the value.
    let span: Span
    /// How many bytes stand in front of the key in its line.
    let column: Int
    /// Whether the value begins with a bracket or a brace.
    let beginsCollection: Bool

    /// Looks at the beginning of a line: a word of letters, digits and hyphens, a colon, and a value that is none of an IPv6 address
    /// or a URL.
    init?(inLine line: Int, of source: SourceFile) {
        let whole = source.span(ofLine: line)
        var start = whole.start
        while start < whole.end, source.bytes[start] == 0x20 || source.bytes[start] == UInt8(ascii: "-") { start += 1 }
        let text = source.bytes[start..<whole.end]
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > start, colon + 1 < whole.end,
            Self.isLetter(source.bytes[start]), text[..<colon].allSatisfy(Self.isOfWord),
            !": /\t".utf8.contains(source.bytes[colon + 1])
        else { return nil }
        key = String(decoding: text[..<colon], as: UTF8.self)
        beginsCollection = "[{".utf8.contains(source.bytes[colon + 1])
        let comment = (colon..<whole.end - 1).first {
            source.bytes[$0] == 0x20 && source.bytes[$0 + 1] == UInt8(ascii: "#")
        }
        var end = comment ?? whole.end
        while end > colon, source.bytes[end - 1] == 0x20 { end -= 1 }
        span = Span(start, end)
        column = start - whole.start
    }

    func diagnostic(isCertain: Bool) -> Diagnostic {
        let place = span.start + key.utf8.count + 1
        return Diagnostic(
            .invalidYAML, "a space is missing after \"\(key):\"", at: .init(span, "one word to YAML"),
            help: ["write \"\(key): \" and then the value"],
            edits: isCertain ? [Edit(Span(place, place), " ")] : [])
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
    }
}

extension SourceFile {
    /// True where a line is a part of a plain text over several lines: it is no key, comment or line of a list.
    fileprivate func goesOn(inLine line: Int) -> Bool {
        let bytes = self.bytes[span(ofLine: line).start..<span(ofLine: line).end]
        guard let first = bytes.first(where: { $0 != 0x20 }), first != UInt8(ascii: "#") else { return false }
        let isKey = zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: ":") && $1 == 0x20 }
        return !isKey && bytes.last != UInt8(ascii: ":")
    }

    /// The spaces at the start of a line.
    fileprivate func indentation(ofLine line: Int) -> Int {
        bytes[span(ofLine: line).start...].prefix { $0 == 0x20 }.count
    }
}
