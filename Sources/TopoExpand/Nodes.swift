import TopoLower
import TopoSyntax
import TopoText

extension Node {
    /// The values that it is, itself included.
    var size: Int {
        switch content {
        case .scalar: 1
        case .sequence(let items): items.reduce(1) { $0 + $1.size }
        case .mapping(let entries): entries.reduce(1) { $0 + $1.value.size }
        }
    }

    /// The text of a word.
    var word: String? { if case .scalar(let text, _) = content { text } else { nil } }

    /// True for a word that is meant as a range.
    var isRange: Bool { word.map { NameRange.isMeant(by: $0) } ?? false }

    /// The same word's place with another text.
    fileprivate func saying(_ text: String) -> Node {
        guard case .scalar(_, let isQuoted) = content else { return self }
        return Node(.scalar(text, isQuoted: isQuoted), at: span)
    }
}

extension Node.Entry {
    /// True where the key is meant as a range. A brace in it is a space too few: `c1..c3:{bridge`.
    var namesRange: Bool { NameRange.isMeant(by: key) && !key.utf8.contains(UInt8(ascii: "{")) }

    /// The two ends of a check; nil for another entry.
    var ends: [Node]? {
        guard let form = ElementKind.check.keys.first(where: { $0.name.isSame(as: key) })?.form else {
            return nil
        }
        switch (form, value.content) {
        case (.pair, .sequence(let items)) where items.count == 2 && items.allSatisfy { $0.word != nil }: return items
        case (.mapping, .mapping(let entries)):
            let ends = ["from", "to"].compactMap { name in entries.first { $0.key == name }?.value }
            return ends.count == 2 && ends.allSatisfy { $0.word != nil } ? ends : nil
        case (_, _): return nil
        }
    }

    /// The entry of a check with other ends.
    func naming(_ first: String, _ second: String) -> Node.Entry {
        let node: Node
        switch value.content {
        case .scalar: node = value
        case .sequence(let items):
            node = Node(.sequence(zip(items, [first, second]).map { $0.saying($1) }), at: value.span)
        case .mapping(let entries):
            let named = entries.map { entry in
                let text = entry.key == "from" ? first : entry.key == "to" ? second : nil
                return Node.Entry(
                    key: entry.key, keySpan: entry.keySpan, value: text.map { entry.value.saying($0) } ?? entry.value)
            }
            node = Node(.mapping(named), at: value.span)
        }
        return Node.Entry(key: key, keySpan: keySpan, value: node)
    }
}

extension ValueForm {
    /// True for the name of an element, which may be one of several forms.
    var takesName: Bool {
        switch self {
        case .name: true
        case .either(let forms): forms.contains(where: \.takesName)
        case .text, .word, .prose, .boolean, .number, .choice, .address, .interfaceAddress, .singleAddress, .prefix,
            .macAddress, .pair, .list,
            .mapping, .named, .values:
            false
        }
    }

    /// True for the name of an element, or a list of names.
    var takesNames: Bool {
        guard case .either(let forms) = self, takesName else { return false }
        return forms.contains { if case .list(let item) = $0 { item.takesName } else { false } }
    }
}

extension [ValueForm] {
    /// The one of them whose values are names, each with keys; nil where there is none.
    var namesForm: ValueForm? { first { if case .named = $0 { true } else { false } } }

    /// The one of them that a list has, or else a mapping.
    func form(for node: Node) -> ValueForm {
        guard case .sequence = node.content else { return namesForm ?? .prose }
        return first { if case .list = $0 { true } else { false } } ?? .prose
    }
}
