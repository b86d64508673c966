public import TopoDiagnostics
internal import TopoCheck
public import TopoEmit
internal import TopoEmitGraphviz
internal import TopoEmitReport
internal import TopoEmitShell
internal import TopoForwarding
internal import TopoLower
public import TopoModel
internal import TopoPlan
internal import TopoSyntax
public import TopoTemplates

/// The backends, in the order in which their files are listed. A new one is a line here.
let backends: [any Backend] = [ShellBackend(), GraphvizBackend(), ReportBackend()]

/// Compiles a topology file: the whole way through.
/// - Returns: the files to write, none where there are errors, and all findings sorted by place.
/// - Throws: `TemplateError` where a replaced template cannot be used.
public func compile(
    _ source: SourceFile, runtime: Runtime? = nil, templates: Templates
) throws -> Outcome<[Artifact]> {
    let tree = read(source)
    guard let root = tree.output else { return Outcome(nil, tree.diagnostics.sortedByPlace()) }
    let lowered = lower(root)
    var diagnostics = tree.diagnostics + lowered.diagnostics
    guard let topology = lowered.output else { return Outcome(nil, diagnostics.sortedByPlace()) }
    diagnostics += check(topology)
    guard !diagnostics.hasErrors else { return Outcome(nil, diagnostics.sortedByPlace()) }
    var plan = plan(topology, runtime: runtime)
    plan.expectations = predict(plan).expectations
    let artifacts = try backends.flatMap { try $0.emit(plan, templates: templates) }
    return Outcome(artifacts, diagnostics.sortedByPlace())
}
