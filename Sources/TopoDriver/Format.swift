public import TopoDiagnostics
internal import TopoLayout

/// Lays a topology file out in the one way; what it says, and every comment, stays.
/// - Returns: the file as it is to be, the same bytes where it is so already; nil where it has errors, which are the
///   findings then, or, without an error, where it cannot be laid out so that it says the same. Errors of the network in a
///   file that says what it should are none.
public func format(_ source: SourceFile) -> Outcome<SourceFile> {
    let diagnostics = meaning(of: source).diagnostics
    guard !diagnostics.hasErrors else { return Outcome(nil, diagnostics.filter { $0.severity == .error }.limited()) }
    return Outcome(layOut(source), [])
}
