public import TopoDiagnostics

/// What mending a topology file has come to.
public struct Mending: Sendable {
    /// The file as it is now; the same bytes where there was nothing to change.
    public let source: SourceFile
    /// What was changed, in the order of the changes.
    public let changes: [Change]
    /// What there is to say of the file as it is now.
    public let diagnostics: [Diagnostic]

    /// A change of one place.
    public struct Change: Sendable, Hashable {
        /// The finding that it mends.
        public let code: DiagnosticCode
        /// Where it is; since no change is of more than a line, in every version of the file the same line.
        public let position: SourceFile.Position
        /// What was there.
        public let removed: String
        /// What is there now.
        public let written: String
    }
}

/// Changes a topology file where its findings leave no doubt what was meant, and nothing else in it.
///
/// A mended mistake may let others be seen, so it goes on until there is nothing more to mend.
public func mend(_ source: SourceFile) -> Mending {
    var source = source
    var changes: [Mending.Change] = []
    // Each round mends what the rounds before had hidden; the language is 7 levels deep.
    for _ in 0..<16 {
        let diagnostics = findings(in: source)
        let accepted = accept(diagnostics, in: source)
        guard !accepted.isEmpty else { return Mending(source: source, changes: changes, diagnostics: diagnostics) }
        changes += accepted.map { code, edit in
            Mending.Change(
                code: code, position: source.position(at: edit.span.start), removed: source.text(of: edit.span),
                written: edit.replacement)
        }
        source = apply(accepted.map(\.edit), to: source)
    }
    return Mending(source: source, changes: changes, diagnostics: findings(in: source))
}

/// The edits of all findings, in the order of the file, without those that touch one before them.
///
/// A finding's edits are one change: all or none. In a value with an anchor, a mistake is found once for each use of it,
/// and mended once.
private func accept(
    _ diagnostics: [Diagnostic], in source: SourceFile
) -> [(code: DiagnosticCode, edit: Edit)] {
    var known = Set<Edit>()
    let edits = diagnostics.enumerated().flatMap { index, diagnostic in
        diagnostic.edits.filter { known.insert($0).inserted }.map { (finding: index, edit: $0) }
    }.sorted { ($0.edit.span, $0.finding) < ($1.edit.span, $1.finding) }
    var refused = Set<Int>()
    var end = -1
    for (finding, edit) in edits {
        guard edit.span.start > end, isAcceptable(edit, in: source) else {
            refused.insert(finding)
            continue
        }
        end = edit.span.end
    }
    return edits.filter { !refused.contains($0.finding) }.map { (diagnostics[$0.finding].code, $0.edit) }
}

/// True for a change within one line that changes something.
private func isAcceptable(_ edit: Edit, in source: SourceFile) -> Bool {
    guard edit.span.end <= source.bytes.count else { return false }
    let removed = source.bytes[edit.span.start..<edit.span.end]
    let isOneLine = { (byte: UInt8) in byte != 0x0A && byte != 0x0D }
    return removed.allSatisfy(isOneLine) && edit.replacement.utf8.allSatisfy(isOneLine)
        && !removed.elementsEqual(edit.replacement.utf8)
}

/// Replaces some of a file's bytes.
/// - Parameter edits: in order, not touching each other.
private func apply(_ edits: [Edit], to source: SourceFile) -> SourceFile {
    var bytes: [UInt8] = []
    var offset = 0
    for edit in edits {
        bytes += source.bytes[offset..<edit.span.start]
        bytes += edit.replacement.utf8
        offset = edit.span.end
    }
    return SourceFile(path: source.path, bytes: bytes + source.bytes[offset...], lock: source.lock)
}
