public import TopoDiagnostics
internal import TopoLayout

/// A topology file with all that is short in it written out, in the one layout: what `topoc expand` prints.
///
/// Building it gives the same bytes as building the file, and to write it out once more changes nothing.
/// - Returns: the file; nil where it has errors, which are the findings then, or, without an error, where it cannot be
///   written so that it says the same. Errors of the network in a file that says what it should are none.
public func writtenOut(_ source: SourceFile) -> Outcome<SourceFile> {
    let meaning = meaning(of: source)
    guard let tree = meaning.tree, !meaning.diagnostics.hasErrors else {
        return Outcome(nil, meaning.diagnostics.filter { $0.severity == .error }.limited())
    }
    return Outcome(writeOut(tree, of: source), [])
}
