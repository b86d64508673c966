public import TopoEmit
public import TopoPlan
internal import TopoJSON
public import TopoTemplates

/// Writes the plan for those who do not run it: `topology.json` for other programs, `RUNBOOK.md` for people.
public struct ReportBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "report"

    /// Makes the backend.
    public init() {}

    /// Writes the plan as JSON (`docs/json.md`) and as a runbook.
    public func emit(_ plan: Plan, templates: Templates) -> [Artifact] {
        [
            Artifact(path: "topology.json", contents: topologyDocument(plan).text),
            Artifact(path: "RUNBOOK.md", contents: templates.render("RUNBOOK.md", Runbook(plan).values)),
        ]
    }
}
