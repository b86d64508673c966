import ArgumentParser
import TopoDiagnostics
internal import TopoText

/// What `--format` of a report takes.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
    case html
    case markdown
    case latex
    case csv

    /// The format that a file's name asks for; html where there is no file.
    /// - Throws: `UsageError` for an ending that says nothing.
    init(ending path: String?) throws(UsageError) {
        let path = ResultPlace(path).path
        switch path.map({ $0.pathEnding ?? "" }) {
        case nil, "html", "htm": self = .html
        case "md", "markdown": self = .markdown
        case "tex": self = .latex
        case "csv": self = .csv
        case .some:
            throw UsageError(
                "\"\(visiblePath(path ?? ""))\" does not tell the format: say --format "
                    + ReportFormat.allValueStrings.joined(separator: ", "))
        }
    }
}
