import TopoDiagnostics

/// How `--format` wants findings to be written.
enum FindingFormat: String, CaseIterable {
    /// For a person: the places in the file, with notes and help.
    case text
    /// For an editor: one line a finding, `PATH:LINE:COLUMN: SEVERITY: MESSAGE [CODE]`.
    case short
}

extension StandardStream {
    /// Writes what was found in a file.
    func write(_ findings: [Diagnostic], of source: SourceFile, as format: FindingFormat, color: ColorChoice) {
        for finding in findings {
            let place = source.position(at: finding.primary.span.start)
            write(
                "\(source.path):\(place.line):\(place.column): \(finding.severity): \(finding.message) [\(finding.code.rawValue)]\n"
            )
        }
    }
}
