import TopoDiagnostics
import TopoModel
import TopoSyntax

extension Lowering {
    /// The links of `p2p:`, at most one for each family of addresses.
    /// - Returns: the sound ones; none, with findings, where there are none.
    mutating func links(_ node: Node, of owner: Fields, at place: Span, on host: HostOutline) -> [PointToPointLink] {
        guard case .sequence(let items) = node.content else {
            return link(node, of: owner, at: place, on: host).map { [$0] } ?? []
        }
        if items.isEmpty {
            findings.add(
                .invalidValue, "\"p2p\" is an empty list", at: node.span, "a link has a subnet",
                help: ["write a subnet of its own, as in p2p: 10.2.0.0/30"])
        }
        var links: [PointToPointLink] = []
        for item in items {
            guard let link = link(item, of: owner, at: item.span, on: host) else { continue }
            let family = link.host.value.address.family
            if let other = links.first(where: { $0.host.value.address.family == family }) {
                addConflict(
                    "\(owner.subject) has two \(family.title) subnets on one link", at: link.host.span, "the second",
                    and: other.host.span, "the first",
                    help: "keep one; a second link is a second interface below interfaces:")
            } else {
                links.append(link)
            }
        }
        return links
    }

    /// One link, as a subnet or with both ends' addresses.
    private mutating func link(
        _ node: Node, of owner: Fields, at place: Span, on host: HostOutline
    ) -> PointToPointLink? {
        switch node.content {
        case .scalar("auto", isQuoted: false):
            findings.add(
                .missingKey, "\(owner.subject) has \"p2p: auto\" and is in no network", at: node.span,
                "a subnet of which network?",
                help: ["add network: with a routed network, or write a subnet, as in p2p: 10.2.0.0/30"])
            return nil
        case .scalar where !node.isNull:
            let type: ValueType<Located<Prefix>> = .prefix
            return type.read(node, InterfaceKeys.pointToPoint.name, &findings).map(PointToPointLink.init(subnet:))
        case .scalar, .sequence:
            findings.addWrongType(
                node, InterfaceKeys.pointToPoint.name, InterfaceKeys.pointToPointForm,
                help: ["write a subnet of its own, as in p2p: 10.2.0.0/30"])
            return nil
        case .mapping:
            let subject = Subject(kind: .pointToPoint, owner: owner.subject.name)
            guard let fields = Fields(node, of: subject, at: place, &findings) else { return nil }
            return link(fields, on: host)
        }
    }

    /// A link written in full: with both ends' addresses, or with a single address of the container's.
    private mutating func link(_ fields: Fields, on host: HostOutline) -> PointToPointLink? {
        let end = fields.read(PointToPointKeys.host, &findings)
        let container = fields.read(PointToPointKeys.container, &findings)
        let announce = fields.read(PointToPointKeys.announce, &findings)
        let isKnown = announce.map { isDevice($0, ElementKind.hostDevices, of: host.names) } ?? true
        if let place = fields.keySpan(PointToPointKeys.announce), let other = fields.keySpan(PointToPointKeys.host) {
            addConflict(
                "\(fields.subject) has both \"host\" and \"announce\"", at: max(place, other),
                "excludes the other", and: min(place, other), "first here",
                help: "a host announces a single address: write container: with a /32 or /128, and no host")
            return nil
        }
        guard let container else { return nil }
        let (address, width) = (container.value.address, container.value.address.family.width)
        guard fields.keySpan(PointToPointKeys.host) == nil else {
            return end.map { PointToPointLink(host: $0, container: container) }
        }
        guard container.value.length == width else {
            if !fields.mayHide(PointToPointKeys.host) {
                findings.add(
                    .missingKey, "\(fields.subject) has no \"host\"", at: container.span,
                    "only a /\(width) does without an address of the host's end",
                    help: ["add host: with another address of \(container.value.prefix), or write \(address)/\(width)"])
            }
            return nil
        }
        guard !address.isIPv6LinkLocal else {
            findings.add(
                .invalidValue, "\"\(address)\" is link-local: nothing is routed to it", at: container.span,
                "needs an address that others can reach",
                help: ["write another address, or write host: too, with a subnet for the two ends"])
            return nil
        }
        return isKnown ? PointToPointLink(routed: container, announce: announce) : nil
    }
}

extension PointToPointLink {
    /// The link of a subnet: its first two addresses are the host's and the container's.
    ///
    /// A /31 (RFC 3021) and a /127 (RFC 6164) have no others; elsewhere the network address comes first and is skipped.
    fileprivate init(subnet: Located<Prefix>) {
        let prefix = subnet.value
        let first: UInt128 = prefix.length >= prefix.family.width - 1 ? 0 : 1
        let ends = [first, first + 1].map { offset in
            let network = prefix.network.bits
            let bits = prefix.last.bits - network < offset ? prefix.last.bits : network + offset
            return Located(
                InterfaceAddress(IPAddress(prefix.family, bits: bits), length: prefix.length), at: subnet.span)
        }
        self.init(host: ends[0], container: ends[1])
    }
}

extension AddressFamily {
    /// The family as it is called in messages.
    var title: String {
        switch self {
        case .ipv4: "IPv4"
        case .ipv6: "IPv6"
        }
    }
}
