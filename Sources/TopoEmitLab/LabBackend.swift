public import TopoEmit
internal import TopoModel
public import TopoPlan
public import TopoTemplates
internal import TopoText

/// Writes `lab.sh`, which brings the whole topology up on one machine.
public struct LabBackend: Backend {
    /// The name by which the command line calls it.
    public static let name = "lab"

    /// The templates with the functions of `lab.sh`, which do not differ between topologies.
    private static let functions = ["lab-guards.sh", "lab-namespaces.sh", "lab-networkd.sh", "lab-verbs.sh"]

    /// Makes the backend.
    public init() {}

    /// Writes the script.
    public func emit(_ plan: Plan, templates: Templates) -> [Artifact] {
        let hosts = plan.hosts.map(\.name)
        let wiring = LabWiring(plan)
        let nodes = LabNodes(plan)
        let needs = LabNeeds(plan)
        let outsides = plan.lans.filter { $0.outside != nil }.map { NodeName(outsideOf: $0.name).host }
        let silent = plan.silentHosts
        let listening = plan.listeningHosts(to: hosts + outsides)
        let values: [String: Filling] = [
            "titleComment": .text(shellComment("\"\(plan.title)\"")),
            "hosts": .texts(hosts.map(shellWord)),
            "hostsWord": .text(shellWord(shellLine(hosts))),
            "silentHostsWord": .text(shellWord(shellLine((hosts + outsides).filter(silent.contains)))),
            "listenersWord": .text(shellWord(shellLine((hosts + outsides).filter(listening.contains)))),
            "nameWord": .text(shellWord(plan.name)),
            "hasVariants": .flag(plan.needsLabVariant),
            "lans": .texts(wiring.lans.map(shellLine)),
            "plugs": .texts(wiring.plugs.map(shellLine)),
            "outsides": .texts(wiring.outsides.map(shellLine)),
            "outsidesWord": .text(shellWord(shellLine(outsides))),
            "tools": .texts(needs.tools.map(shellLine)),
            "types": .texts(needs.deviceTypes.map(shellLine)),
            "needs": .texts(needs.functions),
            "nodes": .rows(nodes.known),
            "ambiguous": .rows(nodes.ambiguous),
            "functions": .text(LabBackend.functions.map(templates.text).joined(separator: "\n")),
            "nodeList": .text(shellWord(shellLine(nodes.names))),
        ]
        return [Artifact(path: "lab.sh", isExecutable: true, contents: templates.render("lab.sh", values))]
    }
}
