import TopoDiagnostics

/// A file for a test, with spans found by their text.
struct Sample {
    let source: SourceFile

    init(_ text: String) {
        source = SourceFile(path: "a.topo", bytes: Array(text.utf8))
    }

    init(bytes: [UInt8]) {
        source = SourceFile(path: "a.topo", bytes: bytes)
    }

    /// The span of the text's occurrence number `nth`, from 1; an empty one at the file's end where there is none.
    func span(_ text: String, _ nth: Int = 1) -> Span {
        let wanted = Array(text.utf8)
        var left = nth
        for start in 0...max(0, source.bytes.count - wanted.count) where source.bytes[start...].starts(with: wanted) {
            left -= 1
            if left == 0 { return Span(start, start + wanted.count) }
        }
        return Span(source.bytes.count, source.bytes.count)
    }

    /// A finding about a place, rendered without colours, without its first two lines.
    func snippet(_ primary: Span, _ text: String = "", and secondary: [Diagnostic.Label] = []) -> String {
        let diagnostic = Diagnostic(.invalidValue, "m", at: .init(primary, text), and: secondary)
        return render([diagnostic], of: source, style: .plain).split(separator: "\n", omittingEmptySubsequences: false)
            .dropFirst(2).joined(separator: "\n")
    }
}
