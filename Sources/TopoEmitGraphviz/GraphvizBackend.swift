public import TopoEmit
public import TopoPlan
public import TopoTemplates

/// Writes the figures of layers 2 and 3 in Graphviz's DOT language.
public struct GraphvizBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "graphviz"

    /// Makes the backend.
    public init() {}

    /// Writes `l2.dot` and `l3.dot`.
    public func emit(_ plan: Plan, templates: Templates) throws -> [Artifact] {
        [("l2.dot", "layer 2", L2Figure(plan: plan).lines()), ("l3.dot", "layer 3", L3Figure(plan: plan).lines())]
            .map { name, view, lines in
                let values: [String: Any] = [
                    "title": dotString("\(plan.title): \(view)"),
                    "titleComment": shellComment("\"\(plan.title)\""),
                    "lines": lines,
                ]
                return Artifact(path: name, contents: templates.render(name, values))
            }
    }
}
