import TopoDiagnostics
import TopoSyntax

/// The source of a test.
func source(_ text: String) -> SourceFile { SourceFile(path: "a.topo", bytes: Array(text.utf8)) }

/// What `read` makes of a text: each value on a line of its own with the bytes it is at, or each finding.
func outline(_ text: String) -> String {
    let source = source(text)
    let outcome = read(source)
    let findings = outcome.diagnostics.sortedByPlace().map { finding($0, in: source) }
    let lines = outcome.output.map { outline($0, in: source, depth: 0) } ?? []
    return (findings + lines).joined(separator: "\n")
}

private func outline(_ node: Node, in source: SourceFile, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    switch node.content {
    case .scalar(let text, let isQuoted):
        return ["\(indent)\(isQuoted ? "quoted" : "plain") \(escaped(text)) \(place(node.span, in: source))"]
    case .sequence(let items):
        return ["\(indent)sequence \(place(node.span, in: source))"]
            + items.flatMap { outline($0, in: source, depth: depth + 1) }
    case .mapping(let entries):
        return ["\(indent)mapping \(place(node.span, in: source))"]
            + entries.flatMap { entry in
                ["\(indent)  \(escaped(entry.key)) \(place(entry.keySpan, in: source)):"]
                    + outline(entry.value, in: source, depth: depth + 2)
            }
    }
}

/// A span as its offsets and its text.
func place(_ span: Span, in source: SourceFile) -> String {
    "\(span.start)..<\(span.end) `\(escaped(source.text(of: span)))`"
}

private func finding(_ diagnostic: Diagnostic, in source: SourceFile) -> String {
    let labels = ([diagnostic.primary] + diagnostic.secondary).map { label in
        "\n  at \(place(label.span, in: source))\(label.text.isEmpty ? "" : " \(label.text)")"
    }
    let remarks = diagnostic.notes.map { "\n  = \($0)" } + diagnostic.help.map { "\n  = help: \($0)" }
    return "\(diagnostic.code.rawValue): \(diagnostic.message)" + labels.joined() + remarks.joined()
}

private func escaped(_ text: String) -> String {
    String(text.unicodeScalars.flatMap { $0.value < 0x20 ? Array($0.escaped(asASCII: true)) : [Character($0)] })
}
