import TopoDiagnostics
import TopoModel
import TopoSyntax

extension Lowering {
    /// The runtime that is written, or that all containers have whatever is.
    mutating func runtime(of fields: Fields, _ key: Key<Located<Runtime>>) -> Runtime? {
        let written = fields.read(key, &findings)?.value
        return forcedRuntime ?? written
    }

    /// The topology of a file; nil, with findings, where it is no mapping or has no name.
    mutating func topology(_ tree: Node) -> Topology? {
        let subject = Subject(kind: .topology)
        let place = tree.mappingEntries?.first?.keySpan ?? tree.span
        guard let fields = Fields(tree, of: subject, at: place, &findings) else { return nil }
        let name = fields.read(TopologyKeys.topology, &findings)
        if let name { findings.checkFolderName(name, of: subject) }
        runtime = runtime(of: fields, TopologyKeys.runtime) ?? runtime
        docker = fields.read(TopologyKeys.docker, &findings)?.value ?? docker
        image = fields.read(TopologyKeys.image, &findings)
        let title = fields.read(TopologyKeys.title, &findings)
        let description = fields.read(TopologyKeys.description, &findings)
        let bridgeTools = fields.read(TopologyKeys.bridgeTools, &findings)?.value ?? .brctl
        lans = lans(of: fields)
        let networks = fields.read(TopologyKeys.networks, &findings) ?? []
        self.networks = networks.map(\.name)
        networkKinds = networks.map { network in
            network.value.mappingEntries?.first { $0.key == NetworkKeys.kind.name }?.value.scalarText
                .flatMap(NetworkKind.init)
        }
        let hosts = hosts(of: fields)
        for network in networks { checkNetwork(network) }
        let names = directory
        checkLinks(
            fields.read(TopologyKeys.links, &findings) ?? [], between: .host, isBroken: names.isBroken
        ) { names.host($0) != nil }
        let routing = fields.read(TopologyKeys.routing, &findings)
        checkGroups(fields.read(TopologyKeys.groups, &findings) ?? [])
        // A check that could not be made out takes nothing from what is known of the network.
        let isComplete = findings.count == 0 && isWhole
        let checks = (fields.read(TopologyKeys.checks, &findings) ?? []).compactMap { check($0) }
        addMissingImage(hosts)
        addSharedMachines(hosts)
        addUselessDocker(fields.keySpan(TopologyKeys.docker), of: fields.subject, hosts)
        guard let name else { return nil }
        return Topology(
            name: name, title: title, description: description, runtime: runtime, image: image,
            bridgeTools: bridgeTools,
            lans: lans, hosts: hosts, routing: routing, checks: checks, isComplete: isComplete)
    }

    private mutating func lans(of fields: Fields) -> [LAN] {
        let before = findings.count
        let elements = fields.read(TopologyKeys.lans, &findings) ?? []
        if findings.count > before || fields.mayHide(TopologyKeys.lans) { directory.isBroken = true }
        for element in elements { directory.declareLAN(element.name) }
        return elements.compactMap { lan($0) }
    }

    private mutating func hosts(of fields: Fields) -> [Host] {
        let before = findings.count
        let elements = fields.read(TopologyKeys.hosts, &findings) ?? []
        if findings.count > before || fields.mayHide(TopologyKeys.hosts) { directory.isBroken = true }
        let outlines = elements.compactMap { outline($0) }
        let drafts = outlines.map { draft($0) }
        return drafts.map { host($0) }
    }

    /// Says, once, that containers whose runtime starts them from an image have none.
    private mutating func addMissingImage(_ hosts: [Host]) {
        guard image == nil, findings.count == 0 else { return }
        let lacking = hosts.flatMap { host in
            host.containers.filter { $0.runtime != .netns && $0.image == nil }
        }
        guard let first = lacking.first else { return }
        let message =
            lacking.count == 1
            ? "container \"\(first.name.value)\" has no image"
            : "\(lacking.count) containers have no image: \(lacking.map(\.name.value).shortList)"
        findings.add(
            .missingKey, message, at: first.name.span, "runs in \(first.runtime.rawValue), which needs one",
            help: ["add image: to the topology, as in image: ubuntu:24.04"])
    }
}
