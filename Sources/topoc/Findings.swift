import ArgumentParser
import TopoDiagnostics
import TopoFindings

/// How `--format` wants findings to be written.
enum FindingFormat: String, CaseIterable, ExpressibleByArgument {
    /// For a person: the places in the file, with notes and help.
    case text
    /// For an editor: one line a finding, `PATH:LINE:COLUMN: SEVERITY[CODE]: MESSAGE`.
    case short
    /// For a program: one document about all files.
    case json
    /// For tools that gather findings: one document about all files.
    case sarif
    /// For GitHub Actions: one workflow command a finding.
    case github
}

/// What `--deny` makes an error.
enum Denied: String, CaseIterable, ExpressibleByArgument {
    case warnings
}

extension [Diagnostic] {
    /// The findings as `--deny` wants them judged.
    func denying(_ denied: Denied?) -> [Diagnostic] {
        switch denied {
        case .warnings: map(\.asError)
        case nil: self
        }
    }
}

extension StandardStream {
    /// Writes what was found in a file, and how much that is; of the formats that are one document about all files,
    /// nothing.
    /// - Parameter isFixing: all that can be mended is mended, and need not be spoken of.
    func write(
        _ findings: [Diagnostic], of source: SourceFile, as format: FindingFormat, color: ColorChoice,
        isFixing: Bool = false
    ) throws(FileError) {
        switch format {
        case .text:
            guard let summary = summary(of: findings) else { return }
            try write(render(findings, of: source, style: hasColor(color) ? .colored : .plain) + "\n\(summary)\n")
            let mendable = findings.count { !$0.edits.isEmpty }
            if mendable > 0, !isFixing { try write("\"topoc check --fix\" mends \(mendable) of them\n") }
        case .short: try write(renderShort(findings, of: source))
        case .github: try write(githubCommands(FileFindings(source, findings)))
        case .json, .sarif: break
        }
    }

    /// Writes the document about all files, where the format is one.
    func write(_ files: [FileFindings], as format: FindingFormat) throws(FileError) {
        switch format {
        case .json: try write(jsonDocument(files))
        case .sarif: try write(sarifDocument(files, version: Topoc.version))
        case .text, .short, .github: break
        }
    }
}
