public import TopoEmit
public import TopoPlan
public import TopoTemplates

/// To be written.
public struct ShellBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "shell"

    /// Makes the backend.
    public init() {}

    /// Writes the plan.
    public func emit(_ plan: Plan, templates: Templates) throws -> [Artifact] { [] }
}
