public import TopoEmit
internal import TopoModel
public import TopoPlan
public import TopoTemplates

/// Writes `lab.sh`, which brings the whole topology up on one machine.
public struct LabBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "lab"

    /// The templates with the functions of `lab.sh`, which do not differ between topologies.
    private static let functions = ["lab-guards.sh", "lab-namespaces.sh", "lab-verbs.sh"]

    /// Makes the backend.
    public init() {}

    /// Writes the script.
    public func emit(_ plan: Plan, templates: Templates) throws -> [Artifact] {
        let hosts = plan.hosts.map(\.name)
        let wiring = LabWiring(plan)
        let nodes = LabNodes(plan)
        let needs = LabNeeds(plan)
        let values: [String: Any] = [
            "titleComment": shellComment("\"\(plan.title)\""),
            "hosts": hosts.map(shellWord),
            "hostsWord": shellWord(shellLine(hosts)),
            "nameWord": shellWord(plan.name),
            "hasVariants": plan.needsLabVariant,
            "lans": wiring.lans.map(shellLine),
            "plugs": wiring.plugs.map(shellLine),
            "tools": needs.tools.map(shellLine),
            "types": needs.deviceTypes.map(shellLine),
            "nodes": nodes.known,
            "ambiguous": nodes.ambiguous,
            "functions": LabBackend.functions.map(templates.text).joined(separator: "\n"),
            "nodeList": shellWord(shellLine(nodes.names)),
        ]
        return [Artifact(path: "lab.sh", isExecutable: true, contents: templates.render("lab.sh", values))]
    }
}

extension Plan {
    /// Whether the lab needs scripts of its own: some container is no bare namespace, or some bridge is made by others.
    public var needsLabVariant: Bool {
        hosts.contains { host in
            host.containers.contains { $0.runtime != .netns } || host.bridges.contains { $0.manager != .topoc }
        }
    }
}
