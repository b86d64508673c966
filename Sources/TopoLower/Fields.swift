import TopoDiagnostics
import TopoSyntax

/// A mapping whose keys have been compared with its kind's table: no unknown ones are left, and none is missing silently.
struct Fields {
    /// What the mapping describes.
    let subject: Subject
    /// Where the element is named, for messages about what it lacks.
    let place: Span
    private let entries: [Node.Entry]
    /// For each unknown key, the key that was likely meant; empty where none comes near.
    private let unknown: [String]

    /// Takes a mapping, or nothing at all, which is a mapping without keys.
    /// - Returns: nil, with a finding, where it is something else.
    init?(_ node: Node, of subject: Subject, at place: Span, _ findings: inout Findings) {
        guard var entries = node.mappingEntries else {
            if case .scalar(let text, isQuoted: false) = node.content,
                let missing = MissingSpace(in: text, at: node.span, keys: subject.kind.keys)
            {
                findings.addMissingSpace(missing, at: node.span)
                return nil
            }
            findings.add(
                .wrongType, "\(subject) must be a mapping, found \(node.found)", at: node.span,
                "expected keys with values",
                help: [subject.kind.keyList])
            return nil
        }
        self.subject = subject
        self.place = place
        let keys = subject.kind.keys
        if subject.kind == .topology { entries.removeAll { subject.kind.ignores(key: $0.key) } }
        var known = entries
        var unknown: [String] = []
        if !entries.allSatisfy({ entry in keys.contains { $0.name == entry.key } }) {
            var strange: [Node.Entry] = []
            known = entries.filter { entry in
                if keys.contains(where: { $0.name == entry.key }) { return true }
                if let meant = findings.addMistakenKey(entry, of: subject, beside: entries) {
                    unknown.append(meant)
                } else {
                    strange.append(entry)
                }
                return false
            }
            if !strange.isEmpty {
                findings.addUnknownKeys(strange, of: subject)
                unknown.append("")
            }
        }
        if !unknown.isEmpty { findings.noteUnknownKeys(of: place) }
        self.entries = known
        self.unknown = unknown
        for key in keys where key.isRequired && !mayHide(key.name) && !contains(key.name) {
            findings.addMissingKey(key, of: subject, at: place)
        }
    }

    /// True where the key is written, whatever its value.
    func contains<Value>(_ key: Key<Value>) -> Bool { contains(key.name) }

    /// True where the key is written, whatever its value.
    func contains(_ key: KeyDescription) -> Bool { contains(key.name) }

    /// The place of a key that is written.
    func keySpan(_ key: KeyDescription) -> Span? { entry(key.name)?.keySpan }

    /// True where what seems to be missing may be there under a wrong key.
    func mayHide(_ key: KeyDescription) -> Bool { mayHide(key.name) }

    /// The place of a key that is written.
    func keySpan<Value>(_ key: Key<Value>) -> Span? { entry(key.name)?.keySpan }

    /// True where what seems to be missing may be there under a wrong key.
    func mayHide<Value>(_ key: Key<Value>) -> Bool { mayHide(key.name) }

    /// The value of a key: nil where it is not written, or is broken and a finding says so.
    func read<Value>(_ key: Key<Value>, _ findings: inout Findings) -> Value? {
        guard let entry = entry(key.name) else { return nil }
        return key.type.read(entry.value, key.name, &findings)
    }

    private func mayHide(_ name: String) -> Bool { unknown.contains { $0.isEmpty || $0 == name } }

    private func contains(_ name: String) -> Bool { entries.contains { $0.key == name } }

    private func entry(_ name: String) -> Node.Entry? { entries.first { $0.key == name } }
}

extension Findings {
    /// Says that a key is unknown, where another was likely meant.
    /// - Returns: the key that was likely meant; nil, without a finding, where none comes near.
    fileprivate mutating func addMistakenKey(
        _ entry: Node.Entry, of subject: Subject, beside others: [Node.Entry]
    ) -> String? {
        let keys = subject.kind.keys
        if entry.value.isNull, let missing = MissingSpace(in: entry.key, at: entry.keySpan, keys: keys) {
            addMissingSpace(missing, at: entry.keySpan)
            return missing.key
        }
        let names = keys.map(\.name)
        switch subject.kind.meaning(of: entry.key) {
        case .key(let meant):
            add(
                .unknownKey, "unknown key \"\(entry.key)\" in \(subject)", at: entry.keySpan,
                "it is called \"\(meant)\" here")
            return meant
        case .advice(let words):
            add(
                .unknownKey, "unknown key \"\(entry.key)\" in \(subject)", at: entry.keySpan, "no such key",
                help: [words])
            return ""
        case nil: break
        }
        guard isOpen, let meant = wordMeant(entry.key, among: names) else { return nil }
        let certain = certainWord(entry.key, among: names).flatMap { word in
            let fits = keys.contains { $0.name == word && $0.form.fits(entry.value) }
            return fits && !others.contains { $0.key == word } ? word : nil
        }
        add(
            .unknownKey, "unknown key \"\(entry.key)\" in \(subject)", at: entry.keySpan,
            "did you mean \"\(meant)\"?",
            edits: certain.map { [Edit(replacing: entry.key, at: entry.keySpan, with: $0)] } ?? [])
        return meant
    }

    /// Says once of all keys that come near none.
    fileprivate mutating func addUnknownKeys(_ entries: [Node.Entry], of subject: Subject) {
        let words = entries.count == 1 ? "unknown key" : "unknown keys"
        add(
            .unknownKey, "\(words) \(entries.map(\.key).quotedList) in \(subject)", at: entries[0].keySpan,
            "no such key",
            and: entries.dropFirst().prefix(11).map { .init($0.keySpan, "nor this one") }, help: [subject.kind.keyList])
    }

    /// Says that a required key is missing.
    fileprivate mutating func addMissingKey(_ key: KeyDescription, of subject: Subject, at place: Span) {
        if subject.kind == .topology, key.name == TopologyKeys.topology.name {
            add(
                .missingKey, "the file has no name", at: place, "the topology's name comes first",
                help: ["add \"topology: NAME\" as its first line"])
            return
        }
        let example = key.form.example.map { ", as in \(key.name): \($0)" } ?? ""
        add(
            .missingKey, "\(subject) has no \"\(key.name)\"", at: place, "needs \"\(key.name)\": \(key.summary)",
            help: ["add \(key.name): with \(key.form)\(example)"])
    }
}

extension ElementKind {
    /// What keys there are, as a line of help.
    fileprivate var keyList: String { "\(withArticle) has the keys \(keys.map(\.name).joined(separator: ", "))" }
}
