public import TopoEmit
internal import TopoEmitShell
public import TopoPlan
public import TopoTemplates

/// The scripts of a plan's hosts, as `build` writes them, without the other files.
/// - Throws: `TemplateError` where a replaced template cannot be used.
public func hostScripts(of plan: Plan, templates: Templates) throws -> [Artifact] {
    try ShellBackend().emit(plan, templates: templates).filter(\.isExecutable)
}
