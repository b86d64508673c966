public import TopoDiagnostics

/// Reads a topology file as YAML 1.1 in the way of libyaml, with the byte span of every value.
///
/// An empty value (`key:`) is the unquoted scalar "" with an empty span just after the colon, or after the dash of a
/// list's line. The entries that a merge key (`<<`) brings stand in its place.
/// - Returns: the document's value, and all findings. Of two entries with the same key, which is an error, the first is
///   in the value; with any other error there is no value.
public func read(_ source: SourceFile) -> Outcome<Node> {
    guard source.bytes.count <= ReadingLimits.bytes else { return Outcome(nil, [fileTooLarge(source)]) }
    let check = TextCheck(source)
    if let diagnostic = check.diagnostic { return Outcome(nil, [diagnostic]) }
    return source.bytes.withUnsafeBufferPointer { bytes in
        compose(bytes, of: source, isASCII: check.isASCII)
    }
}

private func compose(_ bytes: UnsafeBufferPointer<UInt8>, of source: SourceFile, isASCII: Bool) -> Outcome<Node> {
    guard var events = EventStream(bytes, from: source.byteOrderMarkLength, isASCII: isASCII) else {
        return Outcome(nil, [outOfMemory()])
    }
    var composer = Composer(bytes)
    var lastScalar = 0
    reading: while true {
        guard let event = events.next() else {
            composer.finish()
            let problem = diagnostic(
                for: events.problem(), after: lastScalar, in: source, hasDocument: composer.root != nil)
            return Outcome(nil, composer.diagnostics + [problem])
        }
        if case .scalar = event.kind { lastScalar = event.span.start }
        switch composer.take(event) {
        case .goOn:
            if case .streamEnd = event.kind { break reading }
        case .stop:
            composer.finish()
            return Outcome(nil, composer.diagnostics)
        }
    }
    composer.finish()
    let findings = composer.diagnostics
    guard findings.allSatisfy({ $0.code == .duplicateKey }) else { return Outcome(nil, findings) }
    guard let root = composer.root, !root.isNull else {
        return Outcome(nil, findings + [emptyFile(at: composer.root?.span ?? Span(0, 0))])
    }
    return Outcome(root, findings)
}

extension Node {
    /// True of what YAML 1.1 calls null: nothing, `~` and `null`.
    fileprivate var isNull: Bool {
        guard case .scalar(let text, isQuoted: false) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }
}

private func emptyFile(at span: Span) -> Diagnostic {
    Diagnostic(
        .emptyFile, "the file contains no topology", at: .init(span),
        help: ["begin with \"topology: NAME\", \"lans:\" and \"hosts:\""])
}

private func fileTooLarge(_ source: SourceFile) -> Diagnostic {
    Diagnostic(
        .fileTooLarge,
        "the file has \(source.bytes.count) bytes; at most \(ReadingLimits.bytes) are read", at: .init(Span(0, 0)),
        help: ["split the topology into several files"])
}

private func outOfMemory() -> Diagnostic {
    Diagnostic(.fileTooLarge, "there is not enough memory to read the file", at: .init(Span(0, 0)))
}
