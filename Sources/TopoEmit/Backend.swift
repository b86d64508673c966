public import TopoPlan
public import TopoTemplates

/// Something that writes a plan in one form: scripts, units, figures, a report.
public protocol Backend: Sendable {
    /// The name by which `topoc build --only NAME` calls it.
    static var name: String { get }

    /// Writes the plan.
    /// - Parameters:
    ///   - plan: all that a backend may know.
    ///   - templates: the frames of the artifacts.
    /// - Returns: the files, in the order of the plan.
    /// - Throws: what the backend cannot write.
    func emit(_ plan: Plan, templates: Templates) throws -> [Artifact]

    /// Writes what the lab, which has all hosts on one machine, runs in place of the files that `emit` gives.
    /// - Parameters:
    ///   - lab: the plan with bare namespaces for containers, and with the bridges that others would make.
    ///   - plan: the plan of the hosts themselves.
    /// - Returns: the files, by their paths in the lab's folder; none where the hosts' own will do.
    /// - Throws: what the backend cannot write.
    func emitForLab(_ lab: Plan, of plan: Plan, templates: Templates) throws -> [Artifact]
}

extension Backend {
    /// Nothing: a backend whose files do not depend on who makes containers and bridges.
    public func emitForLab(_ lab: Plan, of plan: Plan, templates: Templates) throws -> [Artifact] { [] }
}
