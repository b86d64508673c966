import TopoDiagnostics
import TopoDriver

/// Examines a topology of which there is one, and says what was found.
/// - Throws: `FileError`, `UsageError`, and `ExitCode` where it has errors, after they are told.
func examinedTopology(_ path: String, color: ColorChoice = .auto) throws -> Examination {
    let source = try readTopology(path)
    let outcome = examine(source)
    try StandardStream.error.write(outcome.diagnostics, of: source, as: .text, color: color)
    guard let examination = outcome.output else { throw Status.topologyHasErrors.thrown }
    return examination
}
