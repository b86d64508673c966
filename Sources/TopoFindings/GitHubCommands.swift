internal import TopoDiagnostics
internal import TopoText

/// Findings as workflow commands, a line each, which GitHub Actions shows beside the lines of the files.
public func githubCommands(_ findings: FileFindings) -> String {
    findings.diagnostics.map { findings.command($0) + "\n" }.joined()
}

extension FileFindings {
    fileprivate func command(_ diagnostic: Diagnostic) -> String {
        let span = diagnostic.primary.span
        let start = source.position(at: span.start)
        // The last byte marked is one before the end, which may be the beginning of the next line.
        let end = source.position(at: max(span.start, span.end - 1))
        let properties = [
            ("file", ByteText.replaced(source.path)), ("line", String(start.line)), ("endLine", String(end.line)),
            ("col", String(start.column)), ("title", diagnostic.code.rawValue),
        ]
        let list = properties.map { "\($0)=\(GitHub.property($1))" }.joined(separator: ",")
        return "::\(diagnostic.severity.rawValue) \(list)::\(GitHub.message(text(of: diagnostic)))"
    }

    /// The finding with what belongs to it, a line each: an annotation shows no other place of the file.
    private func text(of diagnostic: Diagnostic) -> String {
        let related = diagnostic.secondary.filter { !$0.text.isEmpty }.map { label in
            "line \(source.line(at: label.span.start)): \(label.text)"
        }
        let label = diagnostic.primary.text.isEmpty ? [] : [diagnostic.primary.text]
        let lines =
            [diagnostic.message] + label + related + diagnostic.notes + diagnostic.help.map { "help: \($0)" }
        return lines.map(visible).joined(separator: "\n")
    }
}
