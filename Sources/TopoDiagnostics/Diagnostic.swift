/// One thing to say about a topology file: what is wrong, where, why it matters, and a way out.
public struct Diagnostic: Sendable, Hashable {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// Nothing is written.
        case error
        /// It compiles, and is likely not what was meant.
        case warning
    }

    /// A place in the file, with what to say of it.
    public struct Label: Sendable, Hashable {
        /// The bytes underlined.
        public let span: Span
        /// What is said of them, lower case and without a full stop; may be empty.
        public let text: String

        /// Makes a label.
        public init(_ span: Span, _ text: String = "") {
            self.span = span
            self.text = text
        }
    }

    /// What kind of finding it is; stable.
    public let code: DiagnosticCode
    /// How bad it is.
    public let severity: Severity
    /// The finding in one line: lower case, no full stop, the user's own names in double quotes.
    public let message: String
    /// The place that the finding is about.
    public let primary: Label
    /// Other places involved, in the order in which they are best read.
    public let secondary: [Label]
    /// What follows from it, a line each.
    public let notes: [String]
    /// A concrete way out, a line each.
    public let help: [String]
    /// The change of the file that mends it, where there is no doubt what was meant; empty elsewhere. All of them
    /// together are one change.
    public let edits: [Edit]

    /// Makes a diagnostic; its severity is the code's own unless given.
    public init(
        _ code: DiagnosticCode,
        _ message: String,
        at primary: Label,
        and secondary: [Label] = [],
        notes: [String] = [],
        help: [String] = [],
        edits: [Edit] = [],
        severity: Severity? = nil
    ) {
        self.code = code
        self.severity = severity ?? code.severity
        self.message = message
        self.primary = primary
        self.secondary = secondary
        self.notes = notes
        self.help = help
        self.edits = edits
    }

    /// The same finding as an error.
    public var asError: Diagnostic {
        Diagnostic(
            code, message, at: primary, and: secondary, notes: notes, help: help, edits: edits, severity: .error)
    }
}

extension [Diagnostic] {
    /// In the order of the file: by place, then by code, then by message.
    public func sortedByPlace() -> [Diagnostic] {
        sorted { left, right in
            if left.primary.span != right.primary.span { return left.primary.span < right.primary.span }
            if left.code != right.code { return left.code.rawValue < right.code.rawValue }
            return left.message < right.message
        }
    }

    /// The most findings of a file that are reported: whoever has more has made one mistake many times.
    public static var limit: Int { 1000 }

    /// As many as are reported, in the order of the file: errors before warnings where not all of them are.
    public func limited() -> [Diagnostic] {
        let sorted = sortedByPlace()
        guard sorted.count > Self.limit else { return sorted }
        let errors = sorted.filter { $0.severity == .error }.prefix(Self.limit)
        let warnings = sorted.filter { $0.severity == .warning }.prefix(Self.limit - errors.count)
        return (Array(errors) + warnings).sortedByPlace()
    }

    /// True where one of them is an error.
    public var hasErrors: Bool { contains { $0.severity == .error } }
}
