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
        try [FigureView.layer2, .layer3].map { view in
            Artifact(
                path: "\(view.name).dot",
                contents: try drawFigure(plan, FigureOptions(view: view), templates: templates))
        }
    }
}
