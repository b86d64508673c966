internal import TopoDiagnostics
internal import TopoExpand
internal import TopoLower
internal import TopoModel
internal import TopoSyntax

/// What a topology file says, as far as it can be made out.
struct Meaning {
    /// Its values, with what is short in it written out.
    let tree: Node?
    /// The lock of its automatic addresses as it is to be; nil where it has none.
    let lock: [UInt8]?
    /// The topology.
    let topology: Topology?
    /// What is wrong with how it says it, in any order.
    let diagnostics: [Diagnostic]
}

/// Reads a file, writes out what is short in it, and lowers it.
func meaning(of source: SourceFile) -> Meaning {
    let tree = read(source)
    guard let root = tree.output else {
        return Meaning(tree: nil, lock: nil, topology: nil, diagnostics: tree.diagnostics)
    }
    let expanded = expand(root, of: source)
    let ofFile = tree.diagnostics + expanded.diagnostics
    guard let plain = expanded.output else {
        return Meaning(tree: nil, lock: nil, topology: nil, diagnostics: ofFile)
    }
    // With a tree, the only errors of YAML are keys that are there twice.
    let lowered = lower(plain.tree, isWhole: !ofFile.hasErrors)
    // A range that is wrong is no unknown name besides.
    let told = Set(expanded.diagnostics.map(\.primary.span))
    let others = lowered.diagnostics.asWritten(in: source).filter { !told.contains($0.primary.span) }
    let all = ofFile + others
    // Of a file that cannot be built, nothing is locked yet.
    let diagnostics = all.hasErrors ? all.filter { $0.code != .notLocked } : all
    return Meaning(tree: plain.tree, lock: plain.lock, topology: lowered.output, diagnostics: diagnostics)
}
