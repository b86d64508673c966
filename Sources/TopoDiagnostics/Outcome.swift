/// What a stage gives: its output, where there is one to go on with, and all that it found.
public struct Outcome<Output: Sendable>: Sendable {
    /// The output; nil where nothing sensible could be made.
    public let output: Output?
    /// All findings, in any order.
    public let diagnostics: [Diagnostic]

    /// Makes an outcome.
    public init(_ output: Output?, _ diagnostics: [Diagnostic] = []) {
        self.output = output
        self.diagnostics = diagnostics
    }
}
