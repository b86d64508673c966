import TopoDiagnostics

extension Composer {
    /// Takes a mapping's key: `text` at `span`.
    mutating func takeKey(_ text: String, at span: Span, isPlain: Bool) -> Progress {
        guard let last = open.indices.last else { return .goOn }
        if isPlain, span.length == 0 {
            diagnostics.append(missingKey(span))
            return .stop
        }
        var use = OpenCollection.Use.entry
        let isMerge = isPlain && text == "<<"
        if isPlain, continuesNumbers(text, at: span) {
            use = .continuation
        } else if let first = isMerge ? open[last].merge?.keySpan : open[last].span(ofKey: text) {
            diagnostics.append(duplicateKey(text, at: span, first: first, isMerge: isMerge))
            use = .second
        } else if isMerge {
            use = .merge
        }
        open[last].key = .init(text: text, span: span, use: use)
        open[last].end = max(open[last].end, span.end)
        return .goOn
    }

    /// True for the rest of an address with commas for dots, `{address: 10,1,0,12/24}`: to YAML its numbers are keys without
    /// values. No key of a topology is a number.
    private func continuesNumbers(_ text: String, at span: Span) -> Bool {
        guard let collection = open.last, collection.hasBrackets, let value = collection.entries.last?.value,
            case .scalar(let before, isQuoted: false) = value.content, before.isNumbers, text.isNumbers,
            value.span.end + 1 == span.start, bytes[value.span.end] == UInt8(ascii: ",")
        else { return false }
        let next = bytes[span.end...].first { $0 != 0x20 }
        return next == UInt8(ascii: ",") || next == UInt8(ascii: "}")
    }

    /// A mapping's entries with those of its merge key.
    mutating func merged(_ merge: OpenCollection.Merge, in collection: OpenCollection) -> [Node.Entry] {
        var sources = [[Node.Entry]]()
        switch merge.value.content {
        case .mapping(let entries):
            sources = [entries]
        case .sequence(let items):
            for item in items {
                switch item.content {
                case .mapping(let entries):
                    sources.append(entries)
                case .sequence, .scalar:
                    guard !isUnknownAlias(at: item.span) else { continue }
                    diagnostics.append(invalidMerge(item, at: merge.place, isItem: true))
                }
            }
        case .scalar:
            guard !isUnknownAlias(at: merge.place) else { return collection.entries }
            diagnostics.append(invalidMerge(merge.value, at: merge.place, isItem: false))
        }
        return collection.entries(merging: sources, at: merge.position)
    }

    /// True where an alias stands that has an error of its own.
    private func isUnknownAlias(at span: Span) -> Bool { unknownAliases.contains { $0.span == span } }

    private func missingKey(_ span: Span) -> Diagnostic {
        Diagnostic(
            .invalidYAML, "a key is missing in front of \":\"", at: .init(span),
            help: ["write \"key: value\"; put quotes around a value that begins with a colon"])
    }

    private func duplicateKey(_ text: String, at span: Span, first: Span, isMerge: Bool) -> Diagnostic {
        Diagnostic(
            .duplicateKey, "duplicate key \"\(text)\"", at: .init(span, "again here"),
            and: [.init(first, "first here")],
            help: [isMerge ? "merge several mappings with one key: \"<<: [*a, *b]\"" : "remove or rename one of them"])
    }

    private func invalidMerge(_ value: Node, at place: Span, isItem: Bool) -> Diagnostic {
        let what = isItem ? "the list of \"<<\" contains" : "the value of \"<<\" is"
        return Diagnostic(
            .invalidMergeKey, "\(what) \(value.kindName), which cannot be merged",
            at: .init(isItem && place.start <= value.span.start && value.span.end <= place.end ? value.span : place),
            notes: ["\"<<\" takes a mapping, or a list of mappings, and merges their keys into the mapping around it"],
            help: ["write \"<<: *name\", where \"&name\" stands before a mapping"])
    }
}

extension String {
    /// True for digits with dots, commas and slashes between them.
    fileprivate var isNumbers: Bool {
        let signs = "0123456789.,/".utf8
        return !isEmpty && utf8.allSatisfy { signs.contains($0) }
    }
}

extension Node {
    /// What kind of value it is, in the words of messages.
    fileprivate var kindName: String {
        switch content {
        case .scalar("", isQuoted: false): "empty"
        case .scalar(let text, _): "the text \"\(Substring(text.unicodeScalars.prefix(40)))\""
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
