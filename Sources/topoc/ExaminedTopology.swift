import TopoDiagnostics
import TopoDriver

/// Examines a topology of which there is one, and says what was found.
/// - Parameter despiteErrors: takes a network that is wrong, as long as it can be built.
/// - Throws: `FileError`, `UsageError`, and `ExitCode` where it has errors, after they are told.
func examinedTopology(
    _ source: SourceFile, despiteErrors: Bool = false, color: ColorChoice = .auto
) throws -> Examination {
    let outcome = examine(source, despiteErrors: despiteErrors)
    try StandardStream.error.write(outcome.diagnostics, of: source, as: .text, color: color)
    guard let examination = outcome.output else { throw Status.topologyHasErrors.thrown }
    return examination
}
