import TopoDiagnostics
import TopoModel
import TopoSyntax

/// A host with its elements found and named, and none of them read yet.
struct HostOutline {
    /// Its keys.
    let fields: Fields
    /// Its names.
    let names: HostNames
    /// The runtime of its containers that name none.
    let runtime: Runtime
    /// How its containers of Docker come to their interfaces.
    let docker: DockerNetworking
    /// The image of its containers that name none.
    let image: Located<String>?
    let nics: [NamedNode]
    let bridges: [NamedNode]
    let tunnels: [NamedNode]
    let vlans: [NamedNode]
    let containers: [NamedNode]

    /// Its name.
    var name: String { names.host.value }
}

extension Lowering {
    /// Finds out what is in a host, and takes its names into the directory.
    /// - Returns: nil where it is no mapping.
    mutating func outline(_ host: NamedNode) -> HostOutline? {
        let subject = Subject(kind: .host, name: host.name.value)
        findings.checkFolderName(host.name, of: subject)
        var names = HostNames(host: host.name)
        guard let fields = Fields(host.value, of: subject, at: host.name.span, &findings) else {
            names.isBroken = true
            directory.isBroken = true
            directory.declare(names)
            addresses.add([], of: NodeName(host: host.name.value), isBroken: true)
            return nil
        }
        names.isBroken = !isWhole
        let before = findings.count
        let nics = nics(of: fields)
        let bridges = fields.read(HostKeys.bridges, &findings) ?? []
        let tunnels = fields.read(HostKeys.tunnels, &findings) ?? []
        let vlans = fields.read(HostKeys.vlans, &findings) ?? []
        let containers = fields.read(HostKeys.containers, &findings) ?? []
        let isHidden =
            fields.mayHide(HostKeys.nics) || fields.mayHide(HostKeys.interfaces) || fields.mayHide(HostKeys.bridges)
            || fields.mayHide(HostKeys.tunnels) || fields.mayHide(HostKeys.vlans)
            || fields.mayHide(HostKeys.containers)
        if findings.count > before || isHidden {
            names.isBroken = true
            directory.isBroken = true
        }
        let outline = HostOutline(
            fields: fields,
            names: declare(
                [(.nic, nics), (.bridge, bridges), (.tunnel, tunnels), (.vlan, vlans)], containers, in: &names),
            runtime: runtime(of: fields, HostKeys.runtime) ?? runtime,
            docker: fields.read(HostKeys.docker, &findings)?.value ?? docker,
            image: fields.read(HostKeys.image, &findings) ?? image, nics: nics, bridges: bridges, tunnels: tunnels,
            vlans: vlans, containers: containers)
        directory.declare(names)
        return outline
    }

    /// A host's NICs, under either of the two spellings of their key.
    private mutating func nics(of fields: Fields) -> [NamedNode] {
        if let first = fields.keySpan(HostKeys.nics), let second = fields.keySpan(HostKeys.interfaces) {
            addConflict(
                "\(fields.subject) has both \"nics\" and \"interfaces\"", at: max(first, second), "says the same again",
                and: min(first, second), "first here", help: "put all of them below one of the two")
        }
        let nics = fields.read(HostKeys.nics, &findings) ?? []
        let others = fields.read(HostKeys.interfaces, &findings) ?? []
        guard !nics.isEmpty else { return others }
        // Where both are written, that is the mistake: a NIC that stands in both is none of its own.
        return nics + others.filter { other in !nics.contains { $0.name.value == other.name.value } }
    }

    /// Takes the names of a host's elements, and says where two interfaces share one.
    private mutating func declare(
        _ devices: [(kind: ElementKind, elements: [NamedNode])], _ containers: [NamedNode], in names: inout HostNames
    ) -> HostNames {
        for (kind, elements) in devices {
            for element in elements {
                let subject = Subject(kind: kind, name: element.name.value, owner: names.host.value)
                findings.checkDeviceName(element.name, of: subject)
                guard let other = names.declare(kind, element.name) else { continue }
                findings.add(
                    .duplicateName,
                    "\(names.host.value) has \(other.kind.withArticle) and \(kind.withArticle) named \"\(element.name.value)\"",
                    at: element.name.span, "the \(kind.rawValue)",
                    and: [.init(other.name.span, "the \(other.kind.rawValue) already has this name")],
                    notes: ["two interfaces of a host cannot have the same name"], help: ["rename one of them"])
            }
        }
        names.declareContainers(containers.map(\.name))
        return names
    }
}
