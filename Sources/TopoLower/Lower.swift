public import TopoDiagnostics
public import TopoModel
public import TopoSyntax

/// Turns a file's YAML into a topology: keys known, values typed, names resolved.
///
/// It goes over the hosts three times: for their names, for their interfaces, and for what refers to these by name.
/// - Parameters:
///   - isWhole: false where the tree is not all that is in the file, so that what seems to be missing may be there.
///   - runtime: makes all containers with this runtime, whatever the file says; nil where what it says counts.
/// - Returns: the topology as far as it could be made out, with all errors of keys, types, names and address forms.
public func lower(_ tree: Node, isWhole: Bool = true, runtime: Runtime? = nil) -> Outcome<Topology> {
    var lowering = Lowering(isWhole: isWhole, runtime: runtime)
    let topology = lowering.topology(tree)
    return Outcome(topology, lowering.findings.diagnostics)
}
