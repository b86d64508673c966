import TopoDiagnostics
import TopoLower
import TopoSyntax
import TopoText

/// Writes out checks whose ends are groups or networks, in a tree without ranges: each of one end with each of the other, and
/// what is isolated as lists of names.
struct SetWriter {
    /// What is wrong.
    private(set) var diagnostics: [Diagnostic] = []
    private let sets: NameSets
    /// How many values the checks stand for so far.
    private var spent = 0

    /// Takes the groups of a tree, and its networks with their hosts.
    init(of tree: Node, _ networks: [WrittenNetwork], _ members: NetworkMembers) {
        sets = NameSets(of: tree, networks, members)
    }

    /// The tree with the names of hosts and containers alone in its checks.
    mutating func written(_ tree: Node) -> Node {
        guard !sets.isEmpty else { return tree }
        return tree.changing("checks") { checks in
            guard case .sequence(let items) = checks.content else { return checks }
            return Node(.sequence(items.flatMap { written(check: $0) }), at: checks.span)
        }
    }

    /// The checks that one stands for.
    private mutating func written(check: Node) -> [Node] {
        let entries = check.entries.map { entry in
            entry.key == "isolated"
                ? Node.Entry(key: entry.key, keySpan: entry.keySpan, value: isolated(entry.value)) : entry
        }
        let plain = check.entries.isEmpty ? check : Node(.mapping(entries), at: check.span)
        guard let place = entries.firstIndex(where: { $0.ends?.contains(where: sets.names) == true }),
            let ends = entries[place].ends
        else { return [plain] }
        let (ones, others) = (members(of: ends[0]), members(of: ends[1]))
        guard !ones.isEmpty, !others.isEmpty else { return [] }
        let (pairs, overflows) = ones.count.multipliedReportingOverflow(by: others.count)
        guard !overflows, spend(pairs, times: plain.size, at: sets.names(ends[0]) ? ends[0].span : ends[1].span) else {
            return []
        }
        // One name alone, and that twice, is for the lowering to refuse.
        let apart = ones.flatMap { one in others.filter { !sets.areSame(one, $0) }.map { (one, $0) } }
        return (apart.isEmpty ? [(ones[0], others[0])] : apart).map { one, other in
            var written = entries
            written[place] = entries[place].naming(one, other)
            return Node(.mapping(written), at: check.span)
        }
    }

    /// The sets of an `isolated` check, with lists of names in the place of groups and networks.
    private mutating func isolated(_ value: Node) -> Node {
        guard case .sequence(let items) = value.content else { return value }
        return Node(
            .sequence(
                items.map { item in
                    switch item.content {
                    case .scalar:
                        return sets.names(item) ? list(members(of: item), at: item.span) : item
                    case .sequence(let names):
                        let all = names.map { name in
                            sets.names(name) ? list(members(of: name), at: name.span).items : [name]
                        }
                        return Node(.sequence(all.flatMap(\.self)), at: item.span)
                    case .mapping: return item
                    }
                }), at: value.span)
    }

    private mutating func list(_ names: [String], at span: Span) -> Node {
        guard spend(names.count, times: 1, at: span) else { return Node(.sequence([]), at: span) }
        return Node(.sequence(names.map { .made($0, at: span) }), at: span)
    }

    /// The names that an end stands for; none, with a finding, where nobody is in it.
    private mutating func members(of end: Node) -> [String] {
        guard let word = end.word else { return [] }
        guard let members = sets[word] else { return [word] }
        if members.isEmpty {
            diagnostics.append(
                Diagnostic(
                    .invalidValue, "nobody is in \"\(word)\", which a check names",
                    at: .init(end.span, "whom does it check?"),
                    help: ["put a container into it, or take the check out"]))
        }
        return members
    }

    /// Counts what a check stands for; false, with a finding, where that is too much.
    private mutating func spend(_ count: Int, times size: Int, at span: Span) -> Bool {
        let (product, overflows) = count.multipliedReportingOverflow(by: size)
        guard !overflows, product <= ExpansionLimits.nodes - spent else {
            diagnostics.append(
                Diagnostic(
                    .expansionTooLarge,
                    "the groups and networks at the ends of checks stand for more than \(ExpansionLimits.nodes) values",
                    at: .init(span, "too many here"),
                    notes: ["words, lists and mappings are counted, each as often as it would be written"],
                    help: ["name a smaller group"]))
            return false
        }
        spent += product
        return true
    }
}
