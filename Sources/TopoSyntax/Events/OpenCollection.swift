import TopoDiagnostics

/// A sequence or mapping whose end has not been met.
struct OpenCollection {
    /// A mapping's key that waits for its value.
    struct Key {
        /// The key's text.
        let text: String
        /// The key's bytes.
        let span: Span
        /// What becomes of its value.
        let use: Use
    }

    /// What becomes of a value in a mapping.
    enum Use {
        /// It becomes an entry.
        case entry
        /// Its entries are merged.
        case merge
        /// It is the second of its key: what the first lacks is taken from it.
        case second
        /// It is no key: `10,1,0,12/24` without quotes goes on with it.
        case continuation
    }

    /// A `<<` with its value.
    struct Merge {
        /// The number of own entries in front of it.
        let position: Int
        /// The value: a mapping, or a sequence of mappings.
        let value: Node
        /// Where the value is written in this mapping.
        let place: Span
        /// The bytes of `<<`.
        let keySpan: Span
    }

    /// True of a mapping.
    let isMapping: Bool
    /// True where it is written with brackets.
    let hasBrackets: Bool
    /// Where it begins.
    let start: Int
    /// The anchor in front of it.
    let anchor: AnchorTable.Name?
    /// The number of values before it.
    let valuesBefore: Int
    /// Where its last value ends, as far as is known.
    var end: Int
    /// The number of collections inside each other, in it.
    var height = 0
    /// A sequence's values.
    var items = [Node]()
    /// A mapping's own entries.
    var entries = [Node.Entry]()
    /// The key met last, until its value is.
    var key: Key?
    /// A mapping's `<<`.
    var merge: Merge?
    /// The place among the entries of each key; made when there are too many to look at each.
    private var index = [String: Int]()

    init(isMapping: Bool, hasBrackets: Bool, span: Span, anchor: AnchorTable.Name?, valuesBefore: Int) {
        self.isMapping = isMapping
        self.hasBrackets = hasBrackets
        self.start = span.start
        self.end = span.end
        self.anchor = anchor
        self.valuesBefore = valuesBefore
    }

    /// The number of entries that are looked at one by one, which is faster than hashing so few.
    private static let fewEntries = 8

    /// Where a key stands already among the own entries.
    func span(ofKey text: String) -> Span? {
        if index.isEmpty { return entries.first { $0.key == text }?.keySpan }
        return index[text].map { entries[$0].keySpan }
    }

    /// Adds an own entry, whose key is new.
    mutating func append(_ entry: Node.Entry) {
        entries.append(entry)
        if !index.isEmpty {
            index[entry.key] = entries.count - 1
        } else if entries.count > Self.fewEntries {
            for (place, known) in entries.enumerated() { index[known.key] = place }
        }
    }

    /// Takes the second value of a key.
    mutating func join(_ value: Node, toKey text: String) {
        guard let place = index.isEmpty ? entries.firstIndex(where: { $0.key == text }) : index[text] else { return }
        let first = entries[place]
        entries[place] = .init(key: first.key, keySpan: first.keySpan, value: first.value.joined(with: value))
    }

    /// Makes the last entry's value longer: a plain scalar that goes on after a comma.
    mutating func extendLastValue(with text: String, to end: Int) {
        guard let last = entries.last, case .scalar(let start, isQuoted: false) = last.value.content else { return }
        let value = Node(.scalar("\(start),\(text)", isQuoted: false), at: Span(last.value.span.start, end))
        entries[entries.count - 1] = .init(key: last.key, keySpan: last.keySpan, value: value)
    }

    /// The entries, with those of `<<` in its place. Own keys win, then the earlier mapping (YAML 1.1's merge type).
    func entries(merging sources: [[Node.Entry]], at position: Int) -> [Node.Entry] {
        var known = Set(entries.map(\.key))
        var merged = [Node.Entry]()
        for source in sources {
            for entry in source where known.insert(entry.key).inserted { merged.append(entry) }
        }
        return Array(entries[..<position]) + merged + Array(entries[position...])
    }
}
