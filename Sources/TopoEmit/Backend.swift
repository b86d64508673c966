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
    /// - Throws: `TemplateError` where a replaced template cannot be used.
    func emit(_ plan: Plan, templates: Templates) throws -> [Artifact]
}
