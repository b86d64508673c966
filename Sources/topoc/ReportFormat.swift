import ArgumentParser

/// What `--format` of a report takes.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
    case html
    case markdown
    case latex
    case csv

    /// The format that a file's name asks for; html where there is no file.
    /// - Throws: `UsageError` for an ending that says nothing.
    init(ending path: String?) throws(UsageError) {
        let ending = path?.split(separator: "/").last?.split(separator: ".").last.map(String.init)
        switch ending {
        case nil, "html", "htm": self = .html
        case "md", "markdown": self = .markdown
        case "tex": self = .latex
        case "csv": self = .csv
        case .some:
            throw UsageError(
                "\"\(path ?? "")\" does not tell the format: say --format "
                    + ReportFormat.allValueStrings.joined(separator: ", "))
        }
    }
}
