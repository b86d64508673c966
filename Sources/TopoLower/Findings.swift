import TopoDiagnostics

/// What has been found wrong so far.
struct Findings {
    /// All findings, in the order in which they were made.
    private(set) var diagnostics: [Diagnostic] = []

    /// The number of findings: where it has grown, what was just read is broken.
    var count: Int { diagnostics.count }

    /// Adds a finding.
    mutating func add(
        _ code: DiagnosticCode, _ message: String, at span: Span, _ label: String = "",
        and secondary: [Diagnostic.Label] = [], notes: [String] = [], help: [String] = [],
        edits: [Edit] = []
    ) {
        diagnostics.append(
            Diagnostic(code, message, at: .init(span, label), and: secondary, notes: notes, help: help, edits: edits))
    }
}
