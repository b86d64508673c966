import TopoDiagnostics

/// A quote that is not closed, where libyaml stops behind the next quote: that one closes the text, and what it was to open stands
/// bare. Nil elsewhere.
/// - Parameter start: where the last scalar begins that libyaml read.
func openQuote(for problem: EventStream.Problem, from start: Int, in source: SourceFile) -> Diagnostic? {
    var offset = start
    while offset < problem.offset {
        let quote = source.bytes[offset]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), source.beginsValue(at: offset) else {
            offset += 1
            continue
        }
        guard let close = source.closing(quote, after: offset), close < problem.offset else { return nil }
        if source.bytes[(close + 1)..<problem.offset].allSatisfy({ $0 == 0x20 }), source.holdsKeys(offset, close) {
            return Diagnostic(
                .invalidYAML, "the quote is not closed", at: .init(Span(offset, offset + 1), "opened here"),
                and: [.init(Span(close, close + 1), "the text goes on to the next quote")],
                help: ["close it with the same quote at the end of the text"])
        }
        offset = close + 1
    }
    return nil
}

extension SourceFile {
    /// True where a quote opens a text: at the start of a line, or after a sign that a value or key follows.
    fileprivate func beginsValue(at offset: Int) -> Bool {
        let before = bytes[span(ofLine: line(at: offset)).start..<offset].last { $0 != 0x20 }
        return before.map { ":,[{-?".utf8.contains($0) } ?? true
    }

    /// Where a text in quotes ends; nil where it does not.
    fileprivate func closing(_ quote: UInt8, after start: Int) -> Int? {
        var offset = start + 1
        while offset < bytes.count {
            if bytes[offset] == quote {
                let isDoubled = quote == UInt8(ascii: "'") && offset + 1 < bytes.count && bytes[offset + 1] == quote
                guard isDoubled else { return offset }
                offset += 1
            } else if bytes[offset] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                offset += 1
            }
            offset += 1
        }
        return nil
    }

    /// True where a text goes over a line's end, and what follows that has a key in it.
    fileprivate func holdsKeys(_ start: Int, _ end: Int) -> Bool {
        guard let lineEnd = bytes[start..<end].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return false }
        let rest = bytes[lineEnd..<end]
        return zip(rest, rest.dropFirst()).contains {
            $0 == UInt8(ascii: ":") && ($1 == 0x20 || $1 == 0x0A || $1 == 0x0D)
        }
    }
}
