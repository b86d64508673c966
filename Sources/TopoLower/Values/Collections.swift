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
                findings.addWrongType(
                    node, key, .list(item.form), help: node.bracketed.map { ["write a list: \(key): \($0)"] } ?? [],
                    edits: node.bracketing)
                return nil
            }
            return items.compactMap { item.read($0, key, &findings) }
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
    static func pair<Item>(of item: ValueType<Item>) -> ValueType<Pair<Item>> where Value == Pair<Item> {
        let form = ValueForm.pair(item.form)
        return ValueType(form: form) { node, key, findings in
            guard case .sequence(let items) = node.content else {
                findings.addWrongType(node, key, form, help: ["write \(key): [FROM, TO]"])
                return nil
            }
            guard items.count == 2 else {
                findings.add(
                    .invalidValue, "\"\(key)\" must be a list of two, found \(items.count)", at: node.span,
                    help: ["write \(key): [FROM, TO]"])
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
                    node, key, .named(kind), help: ["write each name as a key, with what is said of it below"])
                return nil
            }
            return entries.map { NamedNode(name: Located($0.key, at: $0.keySpan), value: $0.value) }
        }
    }
}

extension Node {
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
