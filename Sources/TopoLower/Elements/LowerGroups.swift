import TopoDiagnostics
import TopoModel
import TopoSyntax

extension Lowering {
    /// Says what is wrong with the groups as they are written. The checks that name them have been written out already.
    mutating func checkGroups(_ groups: [NamedNode]) {
        let item: ValueType<Located<String>> = .endpoint
        for group in groups {
            findings.checkLANName(group.name, calling: "group")
            let names = ValueType<[Located<String>]>.list(of: item).read(group.value, group.name.value, &findings)
            for name in names ?? [] { _ = node(name) }
            addClash(group.name, "group")
        }
        for network in networks { addClash(network, "network") }
    }

    /// Says that a name that checks may use is another's too.
    private mutating func addClash(_ name: Located<String>, _ kind: String) {
        var others: [(kind: ElementKind, place: Span)] = []
        if let host = directory.host(name.value) { others.append((.host, host.host.span)) }
        if let container = directory.containers(name.value).first, let place = directory.place(of: container) {
            others.append((.container, place))
        }
        if kind == "group", let network = networks.first(where: { NameKey($0.value) == NameKey(name.value) }) {
            others.append((.network, network.span))
        }
        guard let other = others.first else { return }
        findings.add(
            .duplicateName, "\"\(name.value)\" is a \(kind) and \(other.kind.withArticle)", at: name.span,
            "whom does a check mean?", and: [.init(other.place, "the \(other.kind.rawValue)")],
            help: ["give one of them another name"])
    }

    /// The sets of an `isolated` check; nil, with findings, where they are not two at least, apart from each other.
    mutating func sets(_ nodes: [Node], of fields: Fields) -> [[Endpoint]]? {
        let item: ValueType<Located<String>> = .endpoint
        let before = findings.count
        let sets = nodes.map { node -> [Endpoint] in
            let names: [Located<String>]
            if case .sequence = node.content {
                names = ValueType<[Located<String>]>.list(of: item).read(node, CheckKeys.isolated.name, &findings) ?? []
            } else {
                names = item.read(node, CheckKeys.isolated.name, &findings).map { [$0] } ?? []
            }
            return names.compactMap { name in
                self.node(name).map { Endpoint(host: $0.host, container: $0.container, span: name.span) }
            }
        }
        guard findings.count == before, !sets.contains(where: \.isEmpty) else { return nil }
        guard sets.count > 1 else {
            findings.add(
                .invalidValue, "\"isolated\" needs two at least, found \(sets.count)",
                at: fields.keySpan(CheckKeys.isolated) ?? fields.place, "apart from whom?",
                help: ["write isolated: [ONE, OTHER]"])
            return nil
        }
        var seen: [NodeName: (set: Int, span: Span)] = [:]
        for (index, set) in sets.enumerated() {
            for end in set {
                guard let host = end.host else { continue }
                let node = NodeName(host: host, container: end.container)
                guard let first = seen[node], first.set != index else {
                    seen[node] = (index, end.span)
                    continue
                }
                findings.add(
                    .invalidValue, "\"\(node.text)\" is to be apart from itself", at: end.span, "here again",
                    and: first.span == end.span ? [] : [.init(first.span, "in another of the sets too")],
                    help: ["take it out of one of them"])
                return nil
            }
        }
        return sets
    }
}
