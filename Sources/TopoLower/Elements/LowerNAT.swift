import TopoDiagnostics
import TopoModel
import TopoSyntax

extension Lowering {
    /// A rule for the source of packets that a host forwards; nil, with findings, where it is not sound.
    mutating func natRule(_ node: Node, of host: HostNames) -> NATRule? {
        let subject = Subject(kind: .natRule, owner: host.host.value)
        guard let fields = Fields(node, of: subject, at: node.span, &findings) else { return nil }
        let before = findings.count
        let out = fields.read(NATKeys.out, &findings)
        let from = fields.read(NATKeys.from, &findings) ?? []
        let except = fields.read(NATKeys.except, &findings) ?? []
        let source = fields.read(NATKeys.source, &findings)
        let description = fields.read(NATKeys.description, &findings)
        guard let out, isDevice(out, ElementKind.hostDevices, of: host), findings.count == before else { return nil }
        let named = from.map { ($0.value.family, $0.span) } + except.map { ($0.value.family, $0.span) }
        if let source, let other = named.first(where: { $0.0 != source.value.family }) {
            findings.add(
                .invalidValue,
                "\"\(NATKeys.source.name)\" is \(source.value.family.title), and the rule is for \(other.0.title)",
                at: source.span, source.value.family.title, and: [.init(other.1, other.0.title)],
                help: ["write a rule for each family"])
            return nil
        }
        return NATRule(
            out: out, from: from, except: except, source: source, at: node.span, description: description)
    }

    /// A port of a host that stands for another's; nil, with findings, where it is not sound.
    mutating func publishedPort(_ node: Node, of host: HostNames) -> PublishedPort? {
        let subject = Subject(kind: .publishedPort, owner: host.host.value)
        guard let fields = Fields(node, of: subject, at: node.span, &findings) else { return nil }
        let before = findings.count
        let interface = fields.read(PublishKeys.interface, &findings)
        let transport = transport(of: fields)
        let written = fields.read(PublishKeys.to, &findings)
        let port = fields.read(PublishKeys.port, &findings)
        let description = fields.read(PublishKeys.description, &findings)
        guard let interface, isDevice(interface, ElementKind.hostDevices, of: host), let transport, let written,
            let target = endpoint(written), findings.count == before
        else { return nil }
        guard let name = target.host, target.container != nil || name != host.host.value else {
            findings.add(
                .invalidValue,
                "a port is published to \(target.host == nil ? "nobody of the topology" : "its own host")",
                at: written.span, help: ["name a container or another host, or write one of their addresses"])
            return nil
        }
        let receiver = NodeName(host: name, container: target.container)
        return PublishedPort(
            in: interface, transport.0, transport.1, to: target,
            addresses: addressesForPublishing(target, receiver, of: NodeName(host: host.host.value)),
            targetPort: port?.value ?? transport.1.value, at: node.span, description: description)
    }

    /// The protocol and the host's port; nil, with a finding, where not one of the two is said.
    private mutating func transport(of fields: Fields) -> (Transport, Located<UInt16>)? {
        let tcp = fields.read(PublishKeys.tcp, &findings)
        let udp = fields.read(PublishKeys.udp, &findings)
        if let first = fields.keySpan(PublishKeys.tcp), let second = fields.keySpan(PublishKeys.udp) {
            addConflict(
                "\(fields.subject) has both \"tcp\" and \"udp\"", at: max(first, second), "a second port",
                and: min(first, second), "the first", help: "write each as an item of its own, with \"- \" before it")
            return nil
        }
        if let tcp { return (.tcp, tcp) }
        if let udp { return (.udp, udp) }
        let isHidden = fields.mayHide(PublishKeys.tcp) || fields.mayHide(PublishKeys.udp)
        if !isHidden, !fields.contains(PublishKeys.tcp), !fields.contains(PublishKeys.udp) {
            findings.add(
                .missingKey, "\(fields.subject) has neither \"tcp\" nor \"udp\"", at: fields.place,
                "which port?", help: ["add tcp: or udp: with the host's port"])
        }
        return nil
    }

    /// The address that is written; else, of each family, the target's on a subnet of the host, or its first.
    private func addressesForPublishing(_ target: Endpoint, _ node: NodeName, of host: NodeName) -> [IPAddress] {
        if let written = target.address { return [written] }
        return AddressFamily.allCases.compactMap { family in
            addresses.neighbour(node, of: host, family: family)
                ?? addresses.addresses(of: node).map(\.value.address).first {
                    $0.family == family && !$0.isIPv6LinkLocal
                }
        }
    }
}
