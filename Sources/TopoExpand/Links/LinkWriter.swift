import TopoDiagnostics
import TopoLower
import TopoSyntax
import TopoText

/// Writes out `links`: a cable between two hosts as a LAN with two NICs, one between two containers of a host as a bridge.
struct LinkWriter {
    /// An end of a link, `r1:eth1`.
    private struct End {
        let node: String
        let interface: String
        let span: Span
    }

    /// What is wrong.
    private(set) var diagnostics: [Diagnostic] = []

    /// The tree with LANs, bridges and interfaces in the place of links.
    mutating func written(_ tree: Node) -> Node {
        var made = tree
        for (ends, place) in ends(of: tree["links"], among: tree["hosts"], .host) {
            let taken = Set((made["lans"]?.entries ?? []).map { NameKey($0.key) })
            let name = name(of: ends, upTo: 63, taken)
            made = made.adding([entry(name, Node(.mapping([]), at: place), place)], to: "lans", at: place)
            made = made.changing("hosts") { hosts in
                hosts.changingEach { host, node in
                    ends.filter { $0.node.isSame(as: host) }.reduce(node) { plug($1, of: $0, to: name, place) }
                }
            }
        }
        return made.changing("hosts") { hosts in hosts.changingEach { onHost($1) } }
    }

    /// A host with the links between its containers.
    private mutating func onHost(_ host: Node) -> Node {
        let isSound =
            host["links"]?.items.allSatisfy { $0.items.count == 2 && $0.items.allSatisfy { $0.word != nil } } ?? false
        var made = isSound ? Node(.mapping(host.entries.filter { $0.key != "links" }), at: host.span) : host
        for (ends, place) in ends(of: host["links"], among: host["containers"], .container) {
            let taken = Set((made["bridges"]?.entries ?? []).map { NameKey($0.key) })
            let name = name(of: ends, upTo: 15, taken)
            made = made.adding([entry(name, Node(.mapping([]), at: place), place)], to: "bridges", at: place)
            made = made.changing("containers") { containers in
                containers.changingEach { container, node in
                    ends.filter { $0.node.isSame(as: container) }.reduce(node) { join($1, of: $0, to: name, place) }
                }
            }
        }
        return made
    }

    /// The name of what a link becomes, which nothing else has: `r1.eth1-r2.eth0`.
    private func name(of ends: [End], upTo length: Int, _ taken: Set<NameKey>) -> String {
        let whole = ends.map { "\($0.node).\($0.interface)" }.joined(separator: "-")
        let names = sequence(first: 0) { $0 + 1 }.lazy.map { number in
            shortened(number == 0 ? whole : "\(whole)-\(number)", to: length)
        }
        return names.first { !taken.contains(NameKey($0)) } ?? whole
    }

    private func entry(_ key: String, _ value: Node, _ place: Span) -> Node.Entry {
        Node.Entry(key: key, keySpan: place, value: value)
    }

    private func word(_ text: String, _ place: Span) -> Node { Node(.scalar(text, isQuoted: false), at: place) }
}

// MARK: - Interfaces

extension LinkWriter {
    /// A host with a NIC on the LAN of a link.
    private mutating func plug(_ end: End, of host: Node, to lan: String, _ place: Span) -> Node {
        let section = host["interfaces"] == nil ? "nics" : "interfaces"
        let key = entry("lan", word(lan, place), place)
        guard let nic = host[section]?[end.interface] else {
            return host.adding(
                [entry(end.interface, Node(.mapping([key]), at: place), place)], to: section, at: place)
        }
        guard isFree(nic, end, ["lan"]) else { return host }
        return host.changing(section) { nics in
            nics.changing(end.interface) { Node(.mapping($0.entries + [key]), at: $0.span) }
        }
    }

    /// A container with an interface on the bridge of a link.
    private mutating func join(_ end: End, of container: Node, to bridge: String, _ place: Span) -> Node {
        let key = entry("bridge", word(bridge, place), place)
        let wires = ["bridge", "p2p", "network"]
        let made = entry(end.interface, Node(.mapping([key]), at: place), place)
        if let interfaces = container["interfaces"] {
            guard let interface = interfaces[end.interface] else {
                return container.adding([made], to: "interfaces", at: place)
            }
            guard isFree(interface, end, wires) else { return container }
            return container.changing("interfaces") { interfaces in
                interfaces.changing(end.interface) { Node(.mapping($0.entries + [key]), at: $0.span) }
            }
        }
        let ofInterface = wires + ["address", "addresses", "mac", "mtu"]
        let own = container.entries.filter { ofInterface.contains($0.key) }
        if end.interface == "eth0", !own.isEmpty {
            guard isFree(container, end, wires) else { return container }
            return Node(.mapping(container.entries + [key]), at: container.span)
        }
        // In the short form the only interface is eth0.
        let first = own.isEmpty ? [] : [entry("eth0", Node(.mapping(own), at: own[0].keySpan), own[0].keySpan)]
        let others = container.entries.filter { !ofInterface.contains($0.key) }
        let all = entry("interfaces", Node(.mapping(first + [made]), at: place), place)
        return Node(.mapping(others + [all]), at: container.span)
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
        of links: Node?, among nodes: Node?, _ kind: ElementKind
    ) -> [(ends: [End], place: Span)] {
        var owners: [NameKey: Span] = [:]
        let known = Set((nodes?.entries ?? []).map { NameKey($0.key) })
        return (links?.items ?? []).compactMap { link in
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

    private mutating func end(_ node: Node, among known: Set<NameKey>, _ kind: ElementKind) -> End? {
        let text = node.word ?? ""
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")), colon > text.utf8.startIndex,
            text.utf8.index(after: colon) < text.utf8.endIndex
        else {
            diagnostics.append(
                Diagnostic(
                    .invalidValue, "\"\(text)\" is no end of a link", at: .init(node.span, "which interface?"),
                    help: ["write \(kind == .host ? "HOST" : "CONTAINER"):INTERFACE in quotes, as in \"r1:eth1\""]))
            return nil
        }
        let name = String(decoding: text.utf8[..<colon], as: UTF8.self)
        guard known.contains(NameKey(name)) else {
            diagnostics.append(
                Diagnostic(
                    .unknownName, "unknown \(kind.rawValue) \"\(name)\"", at: .init(node.span),
                    help: [
                        kind == .host
                            ? "the links of the topology are between hosts; those between containers stand at their host"
                            : "the links of a host are between its containers"
                    ]))
            return nil
        }
        let interface = String(decoding: text.utf8[text.utf8.index(after: colon)...], as: UTF8.self)
        return End(node: name, interface: interface, span: node.span)
    }
}
