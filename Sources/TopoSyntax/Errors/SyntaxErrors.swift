import TopoDiagnostics

/// libyaml's error in the words of our messages; `hasDocument`: whether a document came to its end before.
/// - Parameter start: where the last scalar begins that libyaml read.
func diagnostic(
    for problem: EventStream.Problem, after start: Int, in source: SourceFile, hasDocument: Bool
) -> Diagnostic {
    if let tabs = indentationTabs(at: problem.offset, in: source) { return tabIndentation(tabs) }
    if let quote = openQuote(for: problem, from: start, in: source) { return quote }
    if let space = missingSpace(for: problem, after: start, in: source) { return space }
    let rewording = Rewording(problem, source, hasDocument: hasDocument)
    let place = Diagnostic.Label(span(ofCharacterAt: problem.offset, in: source), rewording.label)
    var labels = [place]
    if let offset = problem.contextOffset, offset != problem.offset, let text = rewording.context {
        let context = Diagnostic.Label(span(ofCharacterAt: offset, in: source), text)
        labels = !rewording.isAboutContext ? [place, context] : rewording.label.isEmpty ? [context] : [context, place]
    }
    return Diagnostic(
        .invalidYAML, rewording.message, at: labels[0], and: Array(labels.dropFirst()), help: rewording.help)
}

/// The tabs at the start of the line, among its indentation; nil where the line begins with something else.
private func indentationTabs(at offset: Int, in source: SourceFile) -> Span? {
    let line = source.span(ofLine: source.line(at: offset))
    let bytes = source.bytes[line.start..<line.end]
    guard let first = bytes.firstIndex(where: { $0 != 0x20 }), bytes[first] == 0x09 else { return nil }
    let end = bytes[first...].firstIndex { $0 != 0x09 } ?? line.end
    return Span(first, end)
}

private func tabIndentation(_ span: Span) -> Diagnostic {
    Diagnostic(
        .tabIndentation, "the line is indented with a tab", at: .init(span),
        notes: ["YAML allows only spaces, because a tab has no fixed width"],
        help: ["use two spaces for each level"])
}

/// One character; nothing at the end of the file or of a line.
private func span(ofCharacterAt offset: Int, in source: SourceFile) -> Span {
    guard offset < source.bytes.count else { return Span(offset, offset) }
    let byte = source.bytes[offset]
    if byte == 0x0A || byte == 0x0D { return Span(offset, offset) }
    return Span(offset, offset + source.scalar(at: offset).length)
}
