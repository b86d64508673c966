import TopoDiagnostics

/// What has been found wrong so far.
struct Findings {
    /// All findings, in the order in which they were made.
    private(set) var diagnostics: [Diagnostic] = []

    /// The number of findings: where it has grown, what was just read is broken.
    private(set) var count = 0
    /// How many names may still be compared with what was written instead of one: with many mistakes among many names,
    /// a suggestion for each would take hours.
    private var comparisons = 1_000_000

    /// True while findings are kept. Those that follow are counted, and not told.
    var isOpen: Bool { count < [Diagnostic].limit }

    /// Whether there is time to look for a suggestion among that many names.
    mutating func mayCompare(_ names: Int) -> Bool {
        guard isOpen, comparisons >= names else { return false }
        comparisons -= names
        return true
    }

    /// Where elements are named that have keys of another kind's: they were meant to be something else.
    private var misplaced: Set<Span> = []

    /// Notes that the element named there has unknown keys.
    mutating func noteUnknownKeys(of place: Span) { misplaced.insert(place) }

    /// True where the element named there has unknown keys: what it is called says nothing of what it was meant to be.
    func hasUnknownKeys(_ place: Span) -> Bool { misplaced.contains(place) }

    /// Adds a finding.
    mutating func add(
        _ code: DiagnosticCode, _ message: String, at span: Span, _ label: String = "",
        and secondary: [Diagnostic.Label] = [], notes: [String] = [], help: [String] = [],
        edits: [Edit] = []
    ) {
        count += 1
        guard count <= [Diagnostic].limit else { return }
        diagnostics.append(
            Diagnostic(code, message, at: .init(span, label), and: secondary, notes: notes, help: help, edits: edits))
    }
}
