public import TopoEmit
public import TopoPlan
public import TopoTemplates

/// To be written.
public struct ReportBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "report"

    /// Makes the backend.
    public init() {}

    /// Writes the plan.
    public func emit(_ plan: Plan, templates: Templates) throws -> [Artifact] { [] }
}
