/// The page of a diagnostic's code, as `topoc explain` prints it: a file of `docs/diagnostics`.
public struct DiagnosticPage: Sendable, Hashable {
    /// The code, as in `T0302`.
    public let code: String
    /// The page's first line without its `#`, as in `T0302: subnets overlap`.
    public let title: String
    /// The whole page, Markdown.
    public let text: String
}

/// All pages, by code.
public let diagnosticPages: [DiagnosticPage] = embeddedPages.map { code, text in
    let heading = text.utf8.prefix { $0 != UInt8(ascii: "\n") }.drop { "# ".utf8.contains($0) }
    return DiagnosticPage(code: code, title: String(Substring(heading)), text: text)
}
