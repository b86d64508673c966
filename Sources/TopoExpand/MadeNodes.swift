import TopoDiagnostics
import TopoSyntax
import TopoText

/// Values that are written in the place of something short, and stand where that stood.
extension Node {
    /// A word: in quotes where it has a colon, as an IPv6 address has.
    static func made(_ text: String, at place: Span) -> Node {
        Node(.scalar(text, isQuoted: text.utf8.contains(UInt8(ascii: ":"))), at: place)
    }

    /// A mapping.
    static func made(_ entries: [Entry], at place: Span) -> Node { Node(.mapping(entries), at: place) }

    /// The mapping with another value of one key.
    func changing(_ key: String, _ change: (Node) -> Node) -> Node {
        changingEach { $0.isSame(as: key) ? change($1) : $1 }
    }

    /// The mapping with other values.
    func changingEach(_ change: (String, Node) -> Node) -> Node {
        guard case .mapping(let entries) = content else { return self }
        let changed = entries.map { Entry(key: $0.key, keySpan: $0.keySpan, value: change($0.key, $0.value)) }
        return Node(.mapping(changed), at: span)
    }

    /// The mapping with more in one of its mappings, which is made where it is not there.
    func adding(_ elements: [Entry], to key: String, at place: Span) -> Node {
        guard let section = self[key] else {
            return Node(.mapping(entries + [Entry(made: key, at: place, .made(elements, at: place))]), at: span)
        }
        return changing(key) { _ in Node(.mapping(section.entries + elements), at: section.span) }
    }

    /// The mapping with more in one of its lists, which is made where it is not there.
    func adding(_ items: [Node], toList key: String, at place: Span) -> Node {
        guard !items.isEmpty else { return self }
        guard let list = self[key] else {
            return Node(.mapping(entries + [Entry(made: key, at: place, Node(.sequence(items), at: place))]), at: span)
        }
        return changing(key) { _ in Node(.sequence(list.items + items), at: list.span) }
    }
}

extension Node.Entry {
    /// A key with its value.
    init(made key: String, at place: Span, _ value: Node) { self.init(key: key, keySpan: place, value: value) }
}

extension WrittenNetwork {
    /// A word at the network's place.
    func word(_ text: String) -> Node { .made(text, at: entry.keySpan) }

    /// What says that an element belongs to the network.
    var part: Node.Entry { entry("part-of", word(name)) }

    /// A mapping of words at the network's place.
    func node(_ words: [(key: String, text: String)]) -> Node {
        Node(.mapping(words.map { entry($0.key, word($0.text)) }), at: entry.keySpan)
    }

    /// A key at the network's place.
    func entry(_ key: String, _ value: Node) -> Node.Entry {
        Node.Entry(made: key, at: entry.keySpan, value)
    }
}
