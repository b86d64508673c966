import TopoDiagnostics

/// A key and its value written together: `address:10.1.0.1/24`, which is one word to YAML.
struct MissingSpace {
    /// The key.
    let key: String
    /// Where the space is missing; nil where the word is written in quotes or with escapes.
    let place: Span?

    /// The space that is missing after a name, in a word that begins with it.
    init(after name: String, at span: Span) {
        key = name
        place = Span(span.start + name.utf8.count + 1, span.start + name.utf8.count + 1)
    }

    /// Finds a key of a kind, a colon, and a value without a space between them.
    /// - Parameters:
    ///   - word: the text.
    ///   - span: its bytes.
    ///   - keys: the keys that may stand there.
    init?(in word: String, at span: Span, keys: [KeyDescription]) {
        let colon = UInt8(ascii: ":")
        guard let end = word.utf8.firstIndex(of: colon), word.utf8.index(after: end) < word.utf8.endIndex else {
            return nil
        }
        let name = word.utf8[..<end]
        guard let key = keys.first(where: { $0.name.utf8.elementsEqual(name) }) else { return nil }
        self.key = key.name
        let offset = span.start + key.name.utf8.count + 1
        // A word over several lines is longer in the file than in the text, and begins alike.
        place = span.length >= word.utf8.count && span.length != word.utf8.count + 2 ? Span(offset, offset) : nil
    }
}

extension Findings {
    /// Says that the space between a key and its value is missing.
    mutating func addMissingSpace(_ missing: MissingSpace, at span: Span) {
        add(
            .unknownKey, "a space is missing after \"\(missing.key):\"", at: span, "one word to YAML",
            help: ["write \"\(missing.key): \" and then the value"],
            edits: missing.place.map { [Edit($0, " ")] } ?? [])
    }
}
