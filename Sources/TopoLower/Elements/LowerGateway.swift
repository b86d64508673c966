import TopoDiagnostics
import TopoModel
import TopoSyntax

/// What may stand in `gateway:` of a host or container.
enum GatewayForm {
    /// One router, one for each family, or none.
    static let form = ValueForm.either([one, .list(one), .choice(["none"])])
    fileprivate static let one = ValueForm.either([.address, .name([.host, .container])])
}

extension Lowering {
    /// The `gateway:` of a host or container.
    mutating func gateway(of fields: Fields, _ key: Key<Node>, _ owner: NodeName) -> GatewayChoice {
        guard let node = fields.read(key, &findings) else { return .derived }
        switch node.content {
        case .scalar("none", isQuoted: _):
            return .none(node.span)
        case .scalar where !node.isNull:
            let routers = routers(node, key, owner)
            return routers.isEmpty ? .derived : .routers(routers)
        case .scalar, .mapping:
            findings.addWrongType(
                node, key.name, GatewayForm.form,
                help: [owner.container == nil ? "leave gateway: out" : "leave gateway: out to have it derived"])
            return .derived
        case .sequence(let items):
            let written = items.flatMap { routers($0, key, owner) }
            return .routers(
                oneOfEachFamily(
                    written, of: fields, help: "keep one; routes: with a metric can name another"
                ) { Located($0.address, at: $0.span) })
        }
    }

    /// The router of an address; of a name, those of each family of which the node is a neighbour of the owner's.
    private mutating func routers(_ node: Node, _ key: Key<Node>, _ owner: NodeName) -> [NextHop] {
        let type: ValueType<Located<AddressOrName>> = .addressOrName(of: [.host, .container])
        guard let written = type.read(node, key.name, &findings),
            let first = nextHop(written, on: nil, onLink: nil, to: nil, of: owner, key: key.name)
        else { return [] }
        guard first.name != nil, let router = self.node(Located(node.scalarText ?? "", at: node.span)) else {
            return [first]
        }
        return AddressFamily.allCases.compactMap { family in
            addresses.neighbour(router, of: owner, family: family).map {
                NextHop(span: first.span, address: $0, name: first.name)
            }
        }
    }

    /// The first gateway of each family; a finding says so of another.
    mutating func oneOfEachFamily<Gateway>(
        _ written: [Gateway], of fields: Fields, help: String, address: (Gateway) -> Located<IPAddress>
    ) -> [Gateway] {
        var kept: [Gateway] = []
        for gateway in written {
            let (place, family) = (address(gateway).span, address(gateway).value.family)
            if let other = kept.first(where: { address($0).value.family == family }) {
                addConflict(
                    "\(fields.subject) has two \(family.title) gateways", at: place, "the second",
                    and: address(other).span, "the first", help: help)
            } else {
                kept.append(gateway)
            }
        }
        return kept
    }
}

extension GatewayChoice {
    /// The default routes that a host has by it, of which nothing is derived.
    var routes: [Route] {
        routers.map { router in
            Route(to: Located(.everything(router.address.family), at: router.span), action: .via(router))
        }
    }
}
