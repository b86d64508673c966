public import TopoEmit
public import TopoPlan
public import TopoTemplates

/// To be written.
public struct GraphvizBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "graphviz"

    /// Makes the backend.
    public init() {}

    /// Writes the plan.
    public func emit(_ plan: Plan, templates: Templates) throws -> [Artifact] { [] }
}
