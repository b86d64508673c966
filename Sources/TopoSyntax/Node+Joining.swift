extension Node {
    /// A value with what a second one under the same key has beside it, so that nothing written there seems to be missing.
    ///
    /// Mappings of names and sections are joined, and so are lists; where both say something of one thing, the first is kept.
    func joined(with other: Node) -> Node {
        switch (content, other.content) {
        case (.scalar("", isQuoted: false), _): other
        case (.mapping(let first), .mapping(let second)):
            Node.holdsElements(first + second) ? Node(.mapping(Node.joined(first, second)), at: span) : self
        case (.sequence(let first), .sequence(let second)): Node(.sequence(first + second), at: span)
        case (.mapping, _), (.sequence, _), (.scalar, _): self
        }
    }

    private static func joined(_ first: [Entry], _ second: [Entry]) -> [Entry] {
        var entries = first
        var places: [String: Int] = [:]
        for (place, entry) in first.enumerated() { places[entry.key] = place }
        for entry in second {
            guard let place = places[entry.key] else {
                entries.append(entry)
                continue
            }
            let value = entries[place].value.joined(with: entry.value)
            entries[place] = Entry(key: entry.key, keySpan: entries[place].keySpan, value: value)
        }
        return entries
    }

    /// True where one of the values is an element, or a list of them: not of a container, whose two wordings exclude each other.
    private static func holdsElements(_ entries: [Entry]) -> Bool {
        entries.contains { entry in
            switch entry.value.content {
            case .mapping, .scalar("", isQuoted: false): true
            case .sequence(let items):
                items.contains { if case .mapping = $0.content { true } else { false } }
            case .scalar: false
            }
        }
    }
}
