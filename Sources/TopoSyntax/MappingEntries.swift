internal import TopoDiagnostics

/// The entries of a mapping as they are read: duplicates found, merge keys kept until the end.
struct MappingEntries {
    private var entries: [Node.Entry] = []
    private var indices: [String: Int] = [:]
    private var merges: [Node.Entry] = []

    /// Adds an entry, unless its key is there already.
    /// - Returns: what is wrong with it.
    mutating func add(_ entry: Node.Entry) -> [Diagnostic] {
        if let first = index(of: entry.key) {
            return [
                Diagnostic(
                    .duplicateKey, "the key \"\(entry.key)\" is given twice", at: .init(entry.keySpan, "again here"),
                    and: [.init(entries[first].keySpan, "first here")],
                    notes: ["of two values for one key, programs take one or the other"],
                    help: ["remove one of them, or give it another name"])
            ]
        }
        entries.append(entry)
        // A dictionary pays from a few dozen keys on; most mappings have fewer.
        if entries.count == MappingEntries.indexedFrom {
            for (index, entry) in entries.enumerated() { indices[entry.key] = index }
        } else if entries.count > MappingEntries.indexedFrom {
            indices[entry.key] = entries.count - 1
        }
        return []
    }

    private static let indexedFrom = 24

    private func index(of key: String) -> Int? {
        entries.count < MappingEntries.indexedFrom ? entries.firstIndex { $0.key == key } : indices[key]
    }

    /// Takes in the value of a merge key: a mapping, or a list of mappings, of which the earlier win.
    /// - Returns: what is wrong with it.
    mutating func merge(_ node: Node, at span: Span) -> [Diagnostic] {
        switch node.content {
        case .mapping(let entries):
            merges += entries
            return []
        case .sequence(let items) where !items.isEmpty && items.allSatisfy(\.isMapping):
            for item in items { if case .mapping(let entries) = item.content { merges += entries } }
            return []
        case .scalar, .sequence:
            return [
                Diagnostic(
                    .invalidMergeKey, "only mappings can be merged", at: .init(span, "this key merges its value"),
                    and: [.init(node.span, "no mapping, and no list of mappings")],
                    help: ["write <<: *NAME, where &NAME marks a mapping"])
            ]
        }
    }

    /// The entries in the order of the file, then those merged whose keys are not there: own ones win, then earlier ones.
    func merged() -> [Node.Entry] {
        guard !merges.isEmpty else { return entries }
        var keys = Set(entries.map(\.key))
        return entries + merges.filter { keys.insert($0.key).inserted }
    }
}

extension Node {
    /// True for a mapping.
    fileprivate var isMapping: Bool {
        if case .mapping = content { return true }
        return false
    }
}
