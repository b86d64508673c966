public import TopoDiagnostics
internal import TopoLayout
internal import TopoLower
internal import TopoSyntax

/// Lays a topology file out in the one way; what it says, and every comment, stays.
/// - Returns: the file as it is to be, the same bytes where it is so already; nil where it has errors, which are the
///   findings then, or, without an error, where it cannot be laid out so that it says the same. Errors of the network in a
///   file that says what it should are none.
public func format(_ source: SourceFile) -> Outcome<SourceFile> {
    let tree = read(source)
    guard let root = tree.output, !tree.diagnostics.hasErrors else { return Outcome(nil, tree.diagnostics.limited()) }
    let errors = lower(root, isWhole: true).diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { return Outcome(nil, errors.limited()) }
    return Outcome(layOut(source), [])
}
