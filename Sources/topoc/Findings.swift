import TopoDiagnostics

/// How `--format` wants findings to be written.
enum FindingFormat: String, CaseIterable {
    /// For a person: the places in the file, with notes and help.
    case text
    /// For an editor: one line a finding, `PATH:LINE:COLUMN: SEVERITY[CODE]: MESSAGE`.
    case short
}

extension StandardStream {
    /// Writes what was found in a file, and how much that is.
    func write(_ findings: [Diagnostic], of source: SourceFile, as format: FindingFormat, color: ColorChoice) {
        switch format {
        case .text:
            guard let summary = summary(of: findings) else { return }
            write(render(findings, of: source, style: hasColor(color) ? .colored : .plain) + "\n\(summary)\n")
        case .short:
            write(renderShort(findings, of: source))
        }
    }
}
