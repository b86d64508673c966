import TopoDiagnostics
import TopoModel
import TopoSyntax

/// A container whose interfaces are read, and whose routes wait until all addresses are known.
struct ContainerDraft {
    let name: Located<String>
    let fields: Fields
    let runtime: Runtime
    let docker: DockerNetworking
    let image: Located<String>?
    let interfaces: [ContainerInterface]
    let vlans: [VLANInterface]
    let loopback: [Located<InterfaceAddress>]
}

extension Lowering {
    /// A container's own settings and interfaces; nil where it is no mapping, or joined to nothing.
    mutating func draft(_ element: NamedNode, of host: HostOutline) -> ContainerDraft? {
        let before = findings.count
        let subject = Subject(kind: .container, name: element.name.value, owner: host.name)
        let node = NodeName(host: host.name, container: element.name.value)
        guard let fields = Fields(element.value, of: subject, at: element.name.span, &findings) else {
            addresses.add([], of: node, isBroken: true)
            return nil
        }
        let runtime = runtime(of: fields, ContainerKeys.runtime) ?? host.runtime
        findings.checkContainerName(element.name, runtime: runtime)
        let interfaces = interfaces(of: fields, container: element.name, runtime, host)
        let vlans = vlans(
            of: fields, element.name, interfaces: interfaces, isBroken: findings.count > before)
        let loopback = fields.read(ContainerKeys.loopback, &findings) ?? []
        addresses.add(
            interfaces.flatMap(\.allAddresses) + vlans.flatMap(\.addresses) + loopback, of: node,
            isBroken: findings.count > before)
        return ContainerDraft(
            name: element.name, fields: fields, runtime: runtime, docker: host.docker,
            image: fields.read(ContainerKeys.image, &findings) ?? host.image, interfaces: interfaces,
            vlans: vlans, loopback: loopback)
    }

    /// A container with its gateway and routes.
    mutating func container(_ draft: ContainerDraft, of host: HostOutline) -> Container {
        let router = NodeName(host: host.name, container: draft.name.value)
        let devices = Routed(
            node: router, names: host.names, interfaces: draft.interfaces.map(\.name) + draft.vlans.map(\.name))
        return Container(
            name: draft.name, runtime: draft.runtime, docker: draft.runtime == .docker ? draft.docker : .byHand,
            image: draft.image, command: command(of: draft),
            interfaces: draft.interfaces, vlans: draft.vlans,
            loopback: draft.loopback, gateway: gateway(of: draft.fields, ContainerKeys.gateway, router),
            routes: routes(draft.fields.read(ContainerKeys.routes, &findings) ?? [], of: devices),
            forwarding: draft.fields.read(ContainerKeys.forwarding, &findings),
            persist: draft.fields.read(ContainerKeys.persist, &findings),
            description: draft.fields.read(ContainerKeys.description, &findings))
    }

    /// What a container of Docker runs; the images of the others have an init that sees to that.
    private mutating func command(of draft: ContainerDraft) -> [Located<String>] {
        guard let place = draft.fields.keySpan(ContainerKeys.command) else { return [] }
        let command = draft.fields.read(ContainerKeys.command, &findings) ?? []
        if draft.runtime != .docker, forcedRuntime == nil {
            addConflict(
                "\(draft.fields.subject) has a \"command\", but its runtime is \(draft.runtime.rawValue)", at: place,
                "is for Docker containers", and: nil, help: "leave command: out, or give it runtime: docker")
        }
        return command
    }

    /// A container's interfaces, from `interfaces:` or from the keys of the only one.
    private mutating func interfaces(
        of fields: Fields, container: Located<String>, _ runtime: Runtime, _ host: HostOutline
    ) -> [ContainerInterface] {
        guard let place = fields.keySpan(ContainerKeys.interfaces) else {
            // The short form's interface is called eth0, as every runtime calls a container's first one.
            let name = Located("eth0", at: container.span)
            return interface(name, fields, description: nil, of: host).map { [$0] } ?? []
        }
        if let short = shortKey(of: fields) {
            addConflict(
                "\(fields.subject) has \"\(short.name)\" beside \"interfaces\"", at: short.span,
                "belongs to an interface",
                and: place, "the interfaces are here", help: "move \(short.name): below the interface that it is for")
        }
        let elements = fields.read(ContainerKeys.interfaces, &findings) ?? []
        return elements.compactMap { element in
            let subject = Subject(kind: .interface, name: element.name.value, owner: container.value)
            findings.checkDeviceName(element.name, of: subject)
            switch runtime {
            case .lxd, .incus: findings.checkInstanceDeviceName(element.name, runtime, of: subject)
            case .docker, .netns: break
            }
            guard let own = Fields(element.value, of: subject, at: element.name.span, &findings) else { return nil }
            return interface(element.name, own, description: own.read(InterfaceKeys.description, &findings), of: host)
        }
    }

    /// The first key in a container that is its only interface's.
    private func shortKey(of fields: Fields) -> (name: String, span: Span)? {
        let keys = [
            (InterfaceKeys.bridge.name, fields.keySpan(InterfaceKeys.bridge)),
            (InterfaceKeys.pointToPoint.name, fields.keySpan(InterfaceKeys.pointToPoint)),
            (InterfaceKeys.network.name, fields.keySpan(InterfaceKeys.network)),
            (InterfaceKeys.address.name, fields.keySpan(InterfaceKeys.address)),
            (InterfaceKeys.addresses.name, fields.keySpan(InterfaceKeys.addresses)),
            (InterfaceKeys.vlan.name, fields.keySpan(InterfaceKeys.vlan)),
            (InterfaceKeys.tagged.name, fields.keySpan(InterfaceKeys.tagged)),
            (InterfaceKeys.mac.name, fields.keySpan(InterfaceKeys.mac)),
            (InterfaceKeys.mtu.name, fields.keySpan(InterfaceKeys.mtu)),
        ]
        return keys.compactMap { name, span in span.map { (name, $0) } }.min { $0.1 < $1.1 }
    }
}
