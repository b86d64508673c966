import TopoDiagnostics
import TopoModel
import TopoSyntax

/// An element under its name, not read yet.
struct NamedNode: Sendable {
    /// The name.
    let name: Located<String>
    /// What is said of it.
    let value: Node
}

extension ValueType {
    /// A list of values; broken ones are left out.
    static func list<Item>(of item: ValueType<Item>) -> ValueType<[Item]> where Value == [Item] {
        ValueType(form: .list(item.form)) { node, key, findings in
            if node.isNull { return [] }
            guard case .sequence(let items) = node.content else {
                // Brackets alone make a list of it only where one word can be an item.
                let isItem = !item.form.hasParts
                findings.addWrongType(
                    node, key, .list(item.form),
                    help: isItem ? node.bracketed.map { ["write a list: \(key): \($0)"] } ?? [] : [],
                    edits: isItem ? node.bracketing : [])
                return nil
            }
            let values = item.form.isAddress ? Node.withJoinedNumbers(items) : items
            return values.compactMap { item.read($0, key, &findings) }
        }
    }

    /// One value, or a list of them; broken ones are left out.
    static func oneOrMore<Item>(of item: ValueType<Item>) -> ValueType<[Item]> where Value == [Item] {
        let list: ValueType<[Item]> = .list(of: item)
        return ValueType(form: .either([item.form, list.form])) { node, key, findings in
            if case .sequence = node.content { return list.read(node, key, &findings) }
            return item.read(node, key, &findings).map { [$0] }
        }
    }

    /// Two values.
    /// - Parameters:
    ///   - item: what each of them is.
    ///   - sample: how the two are written, where that is not `KEY: [FROM, TO]`.
    static func pair<Item>(of item: ValueType<Item>, sample: String? = nil) -> ValueType<Pair<Item>>
    where Value == Pair<Item> {
        let form = ValueForm.pair(item.form)
        return ValueType(form: form) { node, key, findings in
            let help = ["write \(sample ?? "\(key): [FROM, TO]")"]
            guard case .sequence(let items) = node.content else {
                findings.addWrongType(node, key, form, help: help)
                return nil
            }
            guard items.count == 2 else {
                findings.add(
                    .invalidValue, "\"\(key)\" must be a list of two, found \(items.count)", at: node.span, help: help)
                return nil
            }
            let first = item.read(items[0], key, &findings)
            let second = item.read(items[1], key, &findings)
            guard let first, let second else { return nil }
            return Pair(first: first, second: second)
        }
    }
}

/// Two values of a type.
struct Pair<Item: Sendable>: Sendable {
    let first: Item
    let second: Item
}

extension ValueType where Value == Node {
    /// A value that is read where it is used; `form` describes it.
    static func node(_ form: ValueForm) -> Self { ValueType(form: form) { node, _, _ in node } }
}

extension ValueType where Value == [Node] {
    /// A list of mappings of a kind, each read where it is used.
    static func mappings(of kind: ElementKind) -> Self { .list(of: .node(.mapping(kind))) }
}

extension ValueType where Value == [NamedNode] {
    /// Names, each with a mapping of a kind that is read where it is used.
    static func named(_ kind: ElementKind) -> Self {
        ValueType(form: .named(kind)) { node, key, findings in
            guard let entries = node.mappingEntries else {
                findings.addWrongType(
                    node, key, .named(kind), help: ["write each name as a key, with its settings below"])
                return nil
            }
            return entries.compactMap { entry in
                if let name = entry.nameGluedToBrace {
                    findings.addMissingSpace(MissingSpace(after: name, at: entry.keySpan), at: entry.keySpan)
                    return nil
                }
                return NamedNode(name: Located(entry.key, at: entry.keySpan), value: entry.value)
            }
        }
    }
}

extension ValueType where Value == [NamedNode] {
    /// Names, each with a value that is read where it is used.
    static func values(_ form: ValueForm) -> Self {
        ValueType(form: .values(form)) { node, key, findings in
            guard let entries = node.mappingEntries else {
                findings.addWrongType(node, key, .values(form))
                return nil
            }
            return entries.map { NamedNode(name: Located($0.key, at: $0.keySpan), value: $0.value) }
        }
    }
}

extension Node.Entry {
    /// `br0` of `br0:{address: 10.1.0.1/24}`, whose key is `br0:{address` to YAML; nil for other keys.
    fileprivate var nameGluedToBrace: String? {
        guard let brace = key.utf8.firstIndex(of: UInt8(ascii: "{")), brace > key.utf8.startIndex else { return nil }
        let colon = key.utf8.index(before: brace)
        return key.utf8[colon] == UInt8(ascii: ":") ? String(decoding: key.utf8[..<colon], as: UTF8.self) : nil
    }
}

extension ValueForm {
    /// True for the forms of IP addresses.
    fileprivate var isAddress: Bool {
        switch self {
        case .address, .interfaceAddress, .singleAddress, .prefix: true
        case .either(let forms): forms.contains(where: \.isAddress)
        case .text, .word, .prose, .boolean, .number, .choice, .name, .macAddress, .pair, .list, .mapping, .named,
            .values:
            false
        }
    }
}

extension Node {
    /// The items of a list, where `10,1,0,12/24` is one item: numbers with nothing but commas between them, up to four or to one
    /// with a prefix length.
    fileprivate static func withJoinedNumbers(_ items: [Node]) -> [Node] {
        var joined: [Node] = []
        var count = 0
        for item in items {
            guard let last = joined.last, count > 0, count < 4, last.span.end + 1 == item.span.start,
                case .scalar(let start, _) = last.content, let text = item.number
            else {
                joined.append(item)
                count = item.number.map { $0.utf8.contains(UInt8(ascii: "/")) ? 0 : 1 } ?? 0
                continue
            }
            joined[joined.count - 1] = Node(
                .scalar("\(start),\(text)", isQuoted: false), at: Span(last.span.start, item.span.end))
            count = text.utf8.contains(UInt8(ascii: "/")) ? 0 : count + 1
        }
        return joined
    }

    /// The text of digits, which may have a length after a slash; nil for another value.
    private var number: String? {
        guard case .scalar(let text, isQuoted: false) = content, text.utf8.first != UInt8(ascii: "/"), !text.isEmpty,
            text.utf8.allSatisfy({ "0123456789/".utf8.contains($0) })
        else { return nil }
        return text
    }

    /// A scalar as a list of one, as it would be written.
    fileprivate var bracketed: String? {
        guard case .scalar(let text, isQuoted: false) = content else { return nil }
        return "[\(text)]"
    }

    /// The edit that makes a list of a scalar, where nothing in it means something else between brackets.
    fileprivate var bracketing: [Edit] {
        guard let bracketed, case .scalar(let text, _) = content, span.length == text.utf8.count,
            text.unicodeScalars.allSatisfy({ $0.isASCIILetterOrDigit || "._-/, ".unicodeScalars.contains($0) })
        else { return [] }
        return [Edit(span, bracketed)]
    }
}
