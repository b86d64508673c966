public import TopoEmit
internal import TopoEmitShell
public import TopoPlan
public import TopoTemplates

/// The scripts of a plan's hosts, as `build` writes them, without the other files.
public func hostScripts(of plan: Plan, templates: Templates) -> [Artifact] {
    ShellBackend().emit(plan, templates: templates).filter(\.isExecutable)
}
