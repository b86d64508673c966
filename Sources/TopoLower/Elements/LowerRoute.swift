import TopoDiagnostics
import TopoModel
import TopoSyntax

/// The host or container that routes are of.
struct Routed {
    /// Its name.
    let node: NodeName
    /// The names in its host.
    let names: HostNames
    /// A container's interfaces; nil for a host.
    let interfaces: [Located<String>]?
}

extension Lowering {
    /// The sound ones of a list of routes.
    mutating func routes(_ nodes: [Node], of router: Routed) -> [Route] {
        nodes.compactMap { route($0, of: router) }
    }

    private mutating func route(_ node: Node, of router: Routed) -> Route? {
        let subject = Subject(kind: .route, owner: router.node.container ?? router.node.host)
        guard let fields = Fields(node, of: subject, at: node.span, &findings) else { return nil }
        let metric = fields.read(RouteKeys.metric, &findings)
        let description = fields.read(RouteKeys.description, &findings)
        let to = fields.read(RouteKeys.to, &findings)
        guard let action = action(of: fields, to: to, router), let to else { return nil }
        let prefix: Prefix
        switch to.value {
        case .prefix(let written): prefix = written
        case .everything: prefix = .everything(action.family ?? .ipv4)
        }
        return Route(to: Located(prefix, at: to.span), action: action, metric: metric, description: description)
    }

    /// What becomes of a route's packets; nil, with a finding, where that is not said once and soundly.
    private mutating func action(of fields: Fields, to: Located<Destination>?, _ router: Routed) -> Route.Action? {
        let type = fields.read(RouteKeys.type, &findings)
        let next = [fields.keySpan(RouteKeys.via), fields.keySpan(RouteKeys.dev)].compactMap { $0 }.sorted()
        let onLink = onLink(of: fields)
        if let type, type.value != .unicast {
            if let place = next.first {
                addConflict(
                    "\(type.value.rawValue) route has a next hop", at: place, "packets go nowhere", and: type.span,
                    "since the route is \(type.value.rawValue)", help: "remove either of them")
                return nil
            }
            return type.value == .blackhole ? .blackhole(type.span) : .unreachable(type.span)
        }
        let dev = fields.read(RouteKeys.dev, &findings)
        let isKnown = dev.map { isDevice($0, of: router) }
        if fields.contains(RouteKeys.via) {
            guard isKnown != false else { return nil }
            let before = findings.count
            guard let written = fields.read(RouteKeys.via, &findings), findings.count == before else { return nil }
            let hops = written.compactMap {
                nextHop($0, on: dev, onLink: onLink, to: to, of: router.node, key: RouteKeys.via.name)
            }
            if let onLink, written.count > 1 {
                addConflict(
                    "\(fields.subject) has \"onlink\" and several routers", at: onLink, "of one router only",
                    and: fields.keySpan(RouteKeys.via) ?? onLink, "several",
                    help: "remove \"onlink\", and give the node an address in a subnet of the routers'")
                return nil
            }
            return hops.count == written.count ? action(via: hops, fields) : nil
        }
        if let dev { return isKnown == true ? .dev(dev) : nil }
        let isHidden = [fields.mayHide(RouteKeys.via), fields.mayHide(RouteKeys.dev), fields.mayHide(RouteKeys.type)]
        let isBroken = fields.contains(RouteKeys.dev) || fields.contains(RouteKeys.type) && type == nil
        if !isHidden.contains(true), !isBroken {
            findings.add(
                .missingKey, "\(fields.subject) has no \"via\"", at: fields.place, "leads nowhere",
                help: ["add via: with the next router's address or name, or type: unreachable to refuse the packets"])
        }
        return nil
    }

    /// A route by one of some routers; nil, with a finding, where these are none, or not of one family, or one is named twice.
    private mutating func action(via hops: [NextHop], _ fields: Fields) -> Route.Action? {
        guard let first = hops.first else {
            if let place = fields.keySpan(RouteKeys.via) {
                findings.add(
                    .invalidValue, "\"via\" is an empty list", at: place, "no router",
                    help: ["name at least one router, or write type: unreachable to refuse the packets"])
            }
            return nil
        }
        for (place, hop) in hops.enumerated().dropFirst() {
            if hop.address.family != first.address.family {
                addConflict(
                    "\(fields.subject) has routers of both families", at: hop.span, hop.address.family.title,
                    and: first.span, first.address.family.title, help: "write a route for each family")
                return nil
            }
            if let other = hops[..<place].first(where: { $0.address == hop.address }) {
                addConflict(
                    "\(fields.subject) names \(hop.address) twice", at: hop.span, "again", and: other.span,
                    "here first",
                    help: "name each router once: all get the same share")
                return nil
            }
        }
        return hops.count == 1 ? .via(first) : .multipath(hops)
    }

    /// Where it is said that the next hop is on the link; with a finding where the router or the link is not.
    private mutating func onLink(of fields: Fields) -> Span? {
        guard let written = fields.read(RouteKeys.onLink, &findings), written.value else { return nil }
        for (name, isThere, what) in [
            (RouteKeys.via.name, fields.contains(RouteKeys.via), "the router"),
            (RouteKeys.dev.name, fields.contains(RouteKeys.dev), "the interface whose link it is on"),
        ] where !isThere && !fields.mayHide(RouteKeys.via) && !fields.mayHide(RouteKeys.dev) {
            findings.add(
                .missingKey, "\(fields.subject) has \"onlink\" without \"\(name)\"", at: written.span,
                "which is \(what)?", help: ["add \(name): with \(what)"])
            return nil
        }
        return written.span
    }

    /// The next router that an address or a name stands for, of the family of the destination where one is given.
    /// - Parameters:
    ///   - key: the key that names it.
    ///   - owner: the node whose route it is.
    mutating func nextHop(
        _ written: Located<AddressOrName>, on device: Located<String>?, onLink: Span?, to: Located<Destination>?,
        of owner: NodeName, key: String
    ) -> NextHop? {
        let family = to?.value.family
        switch written.value {
        case .address(let address):
            if let to, let family, family != address.family {
                findings.add(
                    .invalidValue, "\"\(key)\" is \(address.family.title), and the destination is \(family.title)",
                    at: written.span, "\(address.family.title)", and: [.init(to.span, family.title)],
                    help: ["give the next hop's \(family.title) address"])
                return nil
            }
            return NextHop(span: written.span, address: address, device: device, onLink: onLink)
        case .name(let name):
            guard let node = node(Located(name, at: written.span)) else { return nil }
            if node == owner {
                findings.add(
                    .invalidValue, "\"\(key)\" names \(name) itself, whose route it is", at: written.span,
                    help: ["name the next router"])
                return nil
            }
            // Who is on the link anyway need be in no subnet of the owner's.
            let any =
                onLink == nil
                ? nil
                : addresses.addresses(of: node).map(\.value.address).first {
                    (family == nil || $0.family == family) && !$0.isIPv6LinkLocal
                }
            if let address = addresses.neighbour(node, of: owner, family: family) ?? any {
                return NextHop(
                    span: written.span, address: address, name: node.text, device: device, onLink: onLink)
            }
            if !addresses.broken.contains(node), !addresses.broken.contains(owner) {
                addNoSharedSubnet(owner, node, family, at: written.span)
            }
            return nil
        }
    }

    /// Says that a router has no address on a subnet of the node whose route goes by it.
    private mutating func addNoSharedSubnet(
        _ router: NodeName, _ node: NodeName, _ family: AddressFamily?, at span: Span
    ) {
        let sides = [router, node].map { side in
            let subnets = addresses.addresses(of: side).map(\.value.prefix)
                .filter { family == nil || $0.family == family }.map(\.description)
            let kind = family.map { "\($0.title) subnet" } ?? "subnet"
            return subnets.isEmpty
                ? "\(side.text) is in no \(kind)" : "\(side.text) is in \(subnets.joined(separator: ", "))"
        }
        findings.add(
            .noSharedSubnet, "\(router.text) and \(node.text) share no \(family.map { "\($0.title) " } ?? "")subnet",
            at: span, "no address of \(node.text) is a neighbour of \(router.text)", notes: sides,
            help: ["name a router that has an address on a subnet of \(router.text), or give both one on a common LAN"])
    }

    /// Whether a host or container has the interface that a route leads out of.
    private mutating func isDevice(_ dev: Located<String>, of router: Routed) -> Bool {
        guard let interfaces = router.interfaces else {
            return isDevice(dev, ElementKind.hostDevices, of: router.names)
        }
        if interfaces.contains(where: { NameKey($0.value) == NameKey(dev.value) }) { return true }
        if !addresses.broken.contains(router.node) {
            addUnknown(
                dev, [.interface], among: { _ in interfaces.map(\.value) }, of: interfaces.count,
                in: router.node.container)
        }
        return false
    }
}

extension Destination {
    /// The family, where the destination says it.
    fileprivate var family: AddressFamily? {
        switch self {
        case .everything: nil
        case .prefix(let prefix): prefix.family
        }
    }
}

extension Route.Action {
    /// The family of the next hops, where there is one.
    fileprivate var family: AddressFamily? { nextHops.first?.address.family }
}
