public import TopoEmit
public import TopoPlan
public import TopoTemplates

/// Writes the figures of layers 2 and 3 in Graphviz's DOT language.
public struct GraphvizBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "graphviz"

    /// Whether the layer 3 figure says where hosts and routers send what is for no subnet that they know.
    public let showsDefaultRoutes: Bool

    /// Makes the backend.
    public init(showsDefaultRoutes: Bool = false) { self.showsDefaultRoutes = showsDefaultRoutes }

    /// Writes `l2.dot` and `l3.dot`.
    public func emit(_ plan: Plan, templates: Templates) throws -> [Artifact] {
        let hosts = plan.hosts.map(HostFacts.init)
        let overlays = Overlay.all(hosts)
        let layer2 = L2Figure(lans: plan.lans, hosts: hosts, overlays: overlays)
        let layer3 = L3Figure(
            lans: plan.lans, hosts: hosts, overlays: overlays, showsDefaultRoutes: showsDefaultRoutes)
        return [("l2.dot", "layer 2", layer2.lines()), ("l3.dot", "layer 3", layer3.lines())]
            .map { name, view, lines in
                let values: [String: Any] = [
                    "name": dotID([(view, plan.name)]),
                    "title": dotString("\(plan.title): \(view)"),
                    "titleComment": shellComment("\"\(plan.title)\""),
                    "description": dotString(plan.description ?? plan.title),
                    "lines": lines,
                ]
                return Artifact(path: name, contents: templates.render(name, values))
            }
    }
}
