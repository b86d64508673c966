import TopoDiagnostics
import TopoLower
import TopoSyntax
import TopoText

/// A value that is written out.
struct Expanded {
    /// The value.
    let node: Node
    /// How many values it is, itself included.
    let size: Int
    /// True where it is another one on another host: a range in it leaves out the host itself.
    var dependsOnHost = false
}

/// Writes out ranges from the root of a tree on, where the tables of keys say that names stand.
struct Expander {
    /// What is wrong.
    private(set) var diagnostics: [Diagnostic] = []
    /// How many values the ranges stand for so far.
    private var spent = 0
    /// True while a part is written out once more: what is wrong with it has been told, and its size been counted.
    private var isRepeating = false

    /// Writes out a value.
    /// - Parameters:
    ///   - form: what the key that it belongs to takes.
    ///   - host: the name of the host that it is in; nil where that is not known.
    mutating func value(_ node: Node, as form: ValueForm, host: String?) -> Expanded {
        switch (form, node.content) {
        case (.named(let kind), .mapping(let entries)):
            return elements(entries, of: kind, at: node.span, host: host)
        case (.mapping(let kind), .mapping(let entries)):
            return mapping(entries, of: kind, at: node.span, host: host)
        case (.list(.mapping(.check)), .sequence(let items)):
            return list(items.flatMap { checks($0) }, at: node.span)
        case (.list(let item), .sequence(let items)) where item.takesNames:
            return list(items.map { set($0) }, at: node.span)
        case (.values(let form), .mapping(let entries)):
            return values(entries, as: form, at: node.span, host: host)
        case (.either(let forms), .mapping) where forms.namesForm != nil,
            (.either(let forms), .sequence) where forms.namesForm != nil:
            // The ports of a bridge: names alone, or with what is said of each.
            return value(node, as: forms.form(for: node), host: host)
        case (.list(let item), .sequence(let items)) where item.takesName:
            return list(items.flatMap { names($0, without: nil) }, at: node.span)
        case (.list(let item), .sequence(let items)):
            return list(items.map { value($0, as: item, host: host) }, at: node.span)
        case (_, .scalar(let text, _)) where form.takesName && NameRange.isMeant(by: text):
            addMisplaced(text, at: node.span, form)
            return Expanded(node: node, size: 1)
        case (_, _): return Expanded(node: node, size: node.size)
        }
    }

    private mutating func mapping(
        _ entries: [Node.Entry], of kind: ElementKind, at span: Span, host: String?
    ) -> Expanded {
        var size = 1
        var dependsOnHost = false
        let written = entries.map { entry in
            let expanded = value(of: entry, in: kind, host: host)
            size += expanded.size
            dependsOnHost = dependsOnHost || expanded.dependsOnHost
            return Node.Entry(key: entry.key, keySpan: entry.keySpan, value: expanded.node)
        }
        return Expanded(node: Node(.mapping(written), at: span), size: size, dependsOnHost: dependsOnHost)
    }

    private mutating func value(of entry: Node.Entry, in kind: ElementKind, host: String?) -> Expanded {
        guard let key = kind.keys.first(where: { $0.name.isSame(as: entry.key) }) else {
            return Expanded(node: entry.value, size: entry.value.size)
        }
        // The far ends of a tunnel are other hosts than its own.
        if kind == .tunnel, case .list(let item) = key.form, item.takesName,
            case .sequence(let items) = entry.value.content, items.contains(where: \.isRange)
        {
            var ends = list(items.flatMap { names($0, without: host) }, at: entry.value.span)
            ends.dependsOnHost = true
            return ends
        }
        return value(entry.value, as: key.form, host: host)
    }

    /// A set of an `isolated` check: a list, a range, which becomes one, or one name.
    private mutating func set(_ node: Node) -> Expanded {
        switch node.content {
        case .sequence(let items): return list(items.flatMap { names($0, without: nil) }, at: node.span)
        case .scalar where node.isRange: return list(names(node, without: nil), at: node.span)
        case .scalar, .mapping: return Expanded(node: node, size: node.size)
        }
    }

    /// Names with a value each, in which no name stands for several.
    private mutating func values(
        _ entries: [Node.Entry], as form: ValueForm, at span: Span, host: String?
    ) -> Expanded {
        let written = entries.map { entry -> (entry: Node.Entry, size: Int) in
            if entry.namesRange { addMisplaced(entry.key, at: entry.keySpan, .name([])) }
            let value = value(entry.value, as: form, host: host)
            return (Node.Entry(key: entry.key, keySpan: entry.keySpan, value: value.node), value.size)
        }
        return Expanded(
            node: Node(.mapping(written.map(\.entry)), at: span), size: written.reduce(1) { $0 + $1.size })
    }

    private func list(_ items: [Expanded], at span: Span) -> Expanded {
        Expanded(
            node: Node(.sequence(items.map(\.node)), at: span), size: items.reduce(1) { $0 + $1.size },
            dependsOnHost: items.contains(where: \.dependsOnHost))
    }
}

// MARK: - Elements

extension Expander {
    /// The elements of a mapping of names.
    private mutating func elements(
        _ entries: [Node.Entry], of kind: ElementKind, at span: Span, host: String?
    ) -> Expanded {
        let hasRanges = entries.contains { $0.namesRange }
        var made = Elements(isChecking: hasRanges)
        for entry in entries {
            let before = spent
            let inner = value(
                entry.value, as: .mapping(kind), host: kind == .host && !entry.namesRange ? entry.key : host)
            guard entry.namesRange else {
                made.add(entry.key, of: entry, inner)
                continue
            }
            guard let range = range(entry.key, at: entry.keySpan) else { continue }
            guard spend(range.count, times: inner.size, since: before, at: entry.keySpan) else { continue }
            for name in range.names {
                made.add(name, of: entry, kind == .host ? value(entry.value, of: name, like: inner) : inner)
            }
        }
        for clash in made.clashes where !isRepeating { addClash(clash) }
        return made.expanded(at: span)
    }

    /// The value of a host of a range.
    private mutating func value(_ node: Node, of host: String, like inner: Expanded) -> Expanded {
        guard inner.dependsOnHost else { return inner }
        let wasRepeating = isRepeating
        isRepeating = true
        defer { isRepeating = wasRepeating }
        return value(node, as: .mapping(.host), host: host)
    }

    /// Reads a range; nil, with a finding, where it is none.
    private mutating func range(_ text: String, at span: Span) -> NameRange? {
        do throws(RangeFault) {
            return try NameRange(text)
        } catch {
            guard !isRepeating else { return nil }
            diagnostics.append(
                Diagnostic(
                    .invalidRange, "the range \"\(text)\" \(error.reason)", at: .init(span, error.label),
                    help: [error.help],
                    edits: error.correction.map { [Edit(span, span.length == text.utf8.count ? $0 : "\"\($0)\"")] }
                        ?? []))
            return nil
        }
    }

    /// Counts what a range stands for; false, with a finding, where that is too much.
    private mutating func spend(_ count: Int, times size: Int, since before: Int, at span: Span) -> Bool {
        guard !isRepeating else { return true }
        let (product, overflows) = count.multipliedReportingOverflow(by: size)
        guard !overflows, product <= ExpansionLimits.nodes - before else {
            // What was counted inside is not made.
            spent = before
            diagnostics.append(
                Diagnostic(
                    .expansionTooLarge, "the ranges of the file stand for more than \(ExpansionLimits.nodes) values",
                    at: .init(span, "too many here"),
                    notes: ["every word, list and mapping counts, as often as the ranges repeat it"],
                    help: ["use shorter ranges, or write less in each element"]))
            return false
        }
        spent = before + product
        return true
    }
}

// MARK: - Lists of names, and checks

extension Expander {
    /// The names that an item of a list stands for.
    /// - Parameter host: the one that a range leaves out.
    private mutating func names(_ item: Node, without host: String?) -> [Expanded] {
        guard item.isRange, case .scalar(let text, let isQuoted) = item.content else {
            return [Expanded(node: item, size: item.size)]
        }
        let names = names(of: text, at: item.span) ?? []
        return names.filter { name in host.map { !name.isSame(as: $0) } ?? true }
            .map { Expanded(node: Node(.scalar($0, isQuoted: isQuoted), at: item.span), size: 1) }
    }

    /// The names that a word stands for, `host1..host3/c1..c2` as well; nil, with a finding, where they cannot be told.
    private mutating func names(of text: String, at span: Span) -> [String]? {
        guard NameRange.isMeant(by: text) else { return [text] }
        let before = spent
        var names = [""]
        for (index, part) in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .enumerated()
        {
            let word = String(decoding: part, as: UTF8.self)
            let slash = index == 0 ? "" : "/"
            guard NameRange.isMeant(by: word) else {
                names = names.map { "\($0)\(slash)\(word)" }
                continue
            }
            guard let range = range(word, at: span), spend(range.count, times: names.count, since: before, at: span)
            else { return nil }
            names = names.flatMap { name in range.names.map { "\(name)\(slash)\($0)" } }
        }
        return names
    }

    /// The checks that an item of the list of checks stands for: each of one end with each of the other.
    private mutating func checks(_ item: Node) -> [Expanded] {
        guard case .mapping(let entries) = item.content,
            let place = entries.firstIndex(where: { $0.ends?.contains(where: \.isRange) == true }),
            let ends = entries[place].ends, let first = ends[0].word, let second = ends[1].word
        else { return [value(item, as: .mapping(.check), host: nil)] }
        let before = spent
        guard let ones = names(of: first, at: ends[0].span), let others = names(of: second, at: ends[1].span) else {
            return []
        }
        spent = before
        // What else the check has is written out once.
        let inner = mapping(
            entries.enumerated().map { $0.offset == place ? $0.element.naming(ones[0], others[0]) : $0.element },
            of: .check, at: item.span, host: nil)
        let (pairs, overflows) = ones.count.multipliedReportingOverflow(by: others.count)
        guard case .mapping(var written) = inner.node.content,
            spend(
                overflows ? .max : pairs, times: inner.size, since: before,
                at: ends[0].isRange ? ends[0].span : ends[1].span)
        else { return [] }
        let apart = ones.flatMap { one in others.filter { !$0.isSame(as: one) }.map { (one, $0) } }
        // One name alone, and that twice, is for the lowering to refuse.
        return (apart.isEmpty ? [(ones[0], others[0])] : apart).map { one, other in
            written[place] = entries[place].naming(one, other)
            return Expanded(node: Node(.mapping(written), at: item.span), size: inner.size)
        }
    }
}

// MARK: - Messages

extension Expander {
    private mutating func addMisplaced(_ text: String, at span: Span, _ form: ValueForm) {
        guard !isRepeating, (try? NameRange(text)) != nil else { return }
        diagnostics.append(
            Diagnostic(
                .misplacedRange, "the range \"\(text)\" is written where one name is needed",
                at: .init(span, form == .name([]) ? "expected one name" : "expected \(form)"),
                notes: ["ranges are for names of elements, lists of names, and the ends of checks"],
                help: ["write one name"]))
    }

    private mutating func addClash(_ clash: Elements.Clash) {
        let (first, second) = (clash.first, clash.second)
        diagnostics.append(
            Diagnostic(
                .duplicateName, "\"\(second.key)\" and \"\(first.key)\" both name \"\(clash.name)\"",
                at: .init(second.keySpan, "the second"), and: [.init(first.keySpan, "the first")],
                help: ["remove it from one of them; a range can be split in two around the name"]))
    }
}
