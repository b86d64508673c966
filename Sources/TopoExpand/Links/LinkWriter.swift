import TopoDiagnostics
import TopoLower
import TopoSyntax
import TopoText

/// Writes out `links`: a cable between two hosts as a LAN with two NICs, one between two containers of a host as a bridge.
struct LinkWriter {
    /// An end of a link.
    private struct End {
        let node: String
        let interface: String
        let span: Span
    }

    /// An end of a link with what joins it to the other.
    private struct Plug {
        let end: End
        /// The name of the LAN or bridge.
        let wire: String
        /// The link's place.
        let place: Span
    }

    /// What the links of a mapping join, and by what.
    private enum Kind {
        case hosts
        case containers

        var nodes: String { self == .hosts ? "hosts" : "containers" }
        var wires: String { self == .hosts ? "lans" : "bridges" }
        /// The most bytes of a LAN's or bridge's name.
        var longestName: Int { self == .hosts ? 63 : 15 }
    }

    /// What is wrong.
    private(set) var diagnostics: [Diagnostic] = []

    /// The tree with LANs, bridges and interfaces in the place of links.
    mutating func written(_ tree: Node) -> Node {
        wired(tree, .hosts).changing("hosts") { hosts in hosts.changingEach { wired($1, .containers) } }
    }

    /// The topology, or a host, with what its links stand for. Those that are no pairs of texts stay, for the lowering to tell.
    private mutating func wired(_ owner: Node, _ kind: Kind) -> Node {
        guard let links = owner["links"] else { return owner }
        let isSound = links.items.allSatisfy { $0.items.count == 2 && $0.items.allSatisfy { $0.word != nil } }
        let rest = isSound ? owner.entries.filter { $0.key != "links" } : owner.entries
        var taken = Set((owner[kind.wires]?.entries ?? []).map { NameKey($0.key) })
        var wires: [Node.Entry] = []
        var plugs: [NameKey: [Plug]] = [:]
        for (ends, place) in ends(of: links, among: owner[kind.nodes], kind) {
            let wire = name(of: ends, upTo: kind.longestName, taken)
            taken.insert(NameKey(wire))
            wires.append(Node.Entry(made: wire, at: place, .made([], at: place)))
            for end in ends {
                plugs[NameKey(end.node), default: []].append(Plug(end: end, wire: wire, place: place))
            }
        }
        let made = Node(.mapping(rest), at: owner.span)
        guard let first = wires.first else { return made }
        return made.adding(wires, to: kind.wires, at: first.keySpan).changing(kind.nodes) { nodes in
            nodes.changingEach { name, node in
                (plugs[NameKey(name)] ?? []).reduce(node) { kind == .hosts ? plug($1, into: $0) : join($1, to: $0) }
            }
        }
    }

    /// The name of what a link becomes, which nothing else has: `r1.eth1-r2.eth0`.
    private func name(of ends: [End], upTo length: Int, _ taken: Set<NameKey>) -> String {
        let whole = ends.map { "\($0.node).\($0.interface)" }.joined(separator: "-")
        let names = sequence(first: 0) { $0 + 1 }.lazy.map { number in
            shortened(number == 0 ? whole : "\(whole)-\(number)", to: length)
        }
        return names.first { !taken.contains(NameKey($0)) } ?? whole
    }
}

// MARK: - Interfaces

extension LinkWriter {
    /// A host with a NIC on the LAN of a link.
    private mutating func plug(_ plug: Plug, into host: Node) -> Node {
        let section = host["interfaces"] == nil ? "nics" : "interfaces"
        let key = Node.Entry(made: "lan", at: plug.place, .made(plug.wire, at: plug.place))
        guard let nic = host[section]?[plug.end.interface] else {
            return host.adding([interface(plug, key)], to: section, at: plug.place)
        }
        guard isFree(nic, plug.end, ["lan"]) else { return host }
        return host.changing(section) { $0.adding(key, to: plug.end.interface) }
    }

    /// A container with an interface on the bridge of a link.
    private mutating func join(_ plug: Plug, to container: Node) -> Node {
        let key = Node.Entry(made: "bridge", at: plug.place, .made(plug.wire, at: plug.place))
        let wires = ["bridge", "p2p", "network"]
        if let interfaces = container["interfaces"] {
            guard let known = interfaces[plug.end.interface] else {
                return container.adding([interface(plug, key)], to: "interfaces", at: plug.place)
            }
            guard isFree(known, plug.end, wires) else { return container }
            return container.changing("interfaces") { $0.adding(key, to: plug.end.interface) }
        }
        let ofInterface = wires + ["address", "addresses", "mac", "mtu"]
        let own = container.entries.filter { ofInterface.contains($0.key) }
        if plug.end.interface == "eth0", !own.isEmpty {
            guard isFree(container, plug.end, wires) else { return container }
            return Node(.mapping(container.entries + [key]), at: container.span)
        }
        // In the short form the only interface is eth0.
        let first = own.isEmpty ? [] : [Node.Entry(made: "eth0", at: own[0].keySpan, .made(own, at: own[0].keySpan))]
        let others = container.entries.filter { !ofInterface.contains($0.key) }
        return Node(.mapping(others), at: container.span)
            .adding(first + [interface(plug, key)], to: "interfaces", at: plug.place)
    }

    /// An interface of which nothing is said but what joins it.
    private func interface(_ plug: Plug, _ key: Node.Entry) -> Node.Entry {
        Node.Entry(made: plug.end.interface, at: plug.place, .made([key], at: plug.place))
    }

    /// Whether an interface that has an entry says nothing of what it is joined to; a finding says so where it does.
    private mutating func isFree(_ interface: Node, _ end: End, _ keys: [String]) -> Bool {
        guard let other = interface.entries.first(where: { keys.contains($0.key) }) else { return true }
        diagnostics.append(
            Diagnostic(
                .conflictingKeys, "\"\(end.interface)\" of \(end.node) has a link, and \"\(other.key)\" besides",
                at: .init(other.keySpan, "excludes the other"), and: [.init(end.span, "the link")],
                help: ["take one of them out"]))
        return false
    }
}

// MARK: - Ends

extension LinkWriter {
    /// The ends of each sound link of a list.
    private mutating func ends(
        of links: Node, among nodes: Node?, _ kind: Kind
    ) -> [(ends: [End], place: Span)] {
        var owners: [NameKey: Span] = [:]
        let known = Set((nodes?.entries ?? []).map { NameKey($0.key) })
        return links.items.compactMap { link in
            // What is no pair of texts is for the lowering to tell.
            guard link.items.count == 2, link.items.allSatisfy({ $0.word != nil }) else { return nil }
            let ends = link.items.compactMap { end($0, among: known, kind) }
            guard ends.count == 2 else { return nil }
            for end in ends {
                let key = NameKey("\(end.node):\(end.interface)")
                guard let other = owners[key] else {
                    owners[key] = end.span
                    continue
                }
                diagnostics.append(
                    Diagnostic(
                        .duplicateName, "\"\(end.interface)\" of \(end.node) is the end of two links",
                        at: .init(end.span, "again"), and: [.init(other, "the first")],
                        help: ["name another interface: a cable has two ends"]))
                return nil
            }
            return (ends, link.span)
        }
    }

    private mutating func end(_ node: Node, among known: Set<NameKey>, _ kind: Kind) -> End? {
        let text = node.word ?? ""
        guard let end = LinkEnd(text) else {
            diagnostics.append(
                Diagnostic(
                    .invalidValue, "\"\(text)\" is no end of a link", at: .init(node.span, "which interface?"),
                    help: ["write \(kind == .hosts ? "HOST" : "CONTAINER"):INTERFACE in quotes, as in \"r1:eth1\""]))
            return nil
        }
        guard known.contains(NameKey(end.node)) else {
            let element = kind == .hosts ? ElementKind.host : .container
            diagnostics.append(
                Diagnostic(
                    .unknownName, "unknown \(element.rawValue) \"\(end.node)\"", at: .init(node.span),
                    help: [
                        kind == .hosts
                            ? "the links of the topology are between hosts; those between containers stand at their host"
                            : "the links of a host are between its containers"
                    ]))
            return nil
        }
        return End(node: end.node, interface: end.interface, span: node.span)
    }
}

extension Node {
    /// A mapping of interfaces with one more key of one of them.
    fileprivate func adding(_ key: Entry, to interface: String) -> Node {
        changing(interface) { Node(.mapping($0.entries + [key]), at: $0.span) }
    }
}
