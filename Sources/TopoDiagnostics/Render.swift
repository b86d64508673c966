internal import TopoText

/// Writes findings with the lines of the file that they are about.
/// - Parameters:
///   - diagnostics: the findings, in any order; they are written in the order of their places.
///   - source: the file that they are about.
///   - style: with colours or without.
/// - Returns: for each finding its lines, with an empty line between two findings; "" where there are none.
public func render(_ diagnostics: [Diagnostic], of source: SourceFile, style: RenderStyle) -> String {
    let ink = Ink(style: style)
    return diagnostics.sortedByPlace().map { render($0, of: source, ink) }.joined(separator: "\n")
}

/// Writes each finding on one line, as editors and `grep` read it: `path:line:column: error[T0302]: message`.
public func renderShort(_ diagnostics: [Diagnostic], of source: SourceFile) -> String {
    diagnostics.sortedByPlace().map { diagnostic in
        "\(place(of: diagnostic.primary, in: source)): \(title(of: diagnostic)): \(VisibleText(diagnostic.message).text)\n"
    }.joined()
}

/// How many findings there are: `error: 3 errors, 1 warning`; nil where there are none. Of as many as are told at most, it
/// is said that there may be more.
public func summary(of diagnostics: [Diagnostic]) -> String? {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
    guard let worst = counts.first else { return nil }
    return "\(worst.1): " + counts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
        + (diagnostics.count < [Diagnostic].limit ? "" : "; more are not told")
}

/// Writes a place of the file as a finding shows it, where there is no finding to speak of.
/// - Parameters:
///   - span: the place.
///   - note: what stands beside it.
///   - help: ways out.
/// - Returns: the place's name and its line, each with a line end.
public func renderPlace(
    _ span: Span, _ note: String, help: [String] = [], of source: SourceFile, style: RenderStyle
) -> String {
    let body = Body(labels: [.init(span, note)], severity: .error, notes: [], help: help)
    return body.lines(in: source, Ink(style: style)).map { $0 + "\n" }.joined()
}

private func render(_ diagnostic: Diagnostic, of source: SourceFile, _ ink: Ink) -> String {
    let title =
        ink.paint(title(of: diagnostic), .severity(diagnostic.severity))
        + ink.paint(": " + VisibleText(diagnostic.message).text, .message)
    let body = Body(
        labels: [diagnostic.primary] + diagnostic.secondary, severity: diagnostic.severity, notes: diagnostic.notes,
        help: diagnostic.help)
    return ([title] + body.lines(in: source, ink)).map { $0 + "\n" }.joined()
}

/// All of a finding but its title.
private struct Body {
    /// The places, the first of which names it.
    let labels: [Diagnostic.Label]
    let severity: Diagnostic.Severity
    let notes: [String]
    let help: [String]

    func lines(in source: SourceFile, _ ink: Ink) -> [String] {
        let snippets = Snippet.snippets(of: labels, in: source)
        let gutter = String(snippets.map(\.window.line).max() ?? 1).utf8.count
        let indent = String(repeating: " ", count: gutter)
        func edge(_ sign: String) -> String { ink.paint(indent + sign, .gutter) }

        var lines = labels.prefix(1).map { edge("┌─") + " " + place(of: $0, in: source) }
        var previous: Int?
        for snippet in snippets {
            let line = snippet.window.line
            if let previous, line != previous + 1 { lines.append(edge("·")) }
            let number = String(repeating: " ", count: gutter - String(line).utf8.count) + String(line)
            let text = snippet.window.shown.text
            lines.append(ink.paint(number + "│", .gutter) + (text.isEmpty ? "" : " " + text))
            lines += snippet.underlines(ink, severity).map { edge("│") + " " + $0 }
            previous = line
        }
        lines += notes.map { edge("=") + " " + VisibleText($0).text }
        lines += help.map { edge("=") + " " + ink.paint("help:", .help) + " " + VisibleText($0).text }
        return lines
    }
}

/// `error[T0302]`
private func title(of diagnostic: Diagnostic) -> String {
    "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
}

/// `path:line:column`
private func place(of label: Diagnostic.Label, in source: SourceFile) -> String {
    let position = source.position(at: label.span.start)
    return "\(visiblePath(source.path)):\(position.line):\(position.column)"
}
