public import TopoDiagnostics

/// A topology file with what was found in it.
public struct FileFindings: Sendable, Hashable {
    /// The file.
    public let source: SourceFile
    /// What was found, in the order of the file.
    public let diagnostics: [Diagnostic]

    /// Takes what was found in a file, in any order.
    public init(_ source: SourceFile, _ diagnostics: [Diagnostic]) {
        self.source = source
        self.diagnostics = diagnostics.sortedByPlace()
    }
}
