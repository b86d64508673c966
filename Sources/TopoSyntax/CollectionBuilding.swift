internal import TopoDiagnostics

/// Sequences and mappings.
extension TreeBuilder {
    /// The sequence whose start is at `start`, up to its end.
    mutating func sequence(from start: Span, isFlow: Bool, depth: Int) throws(SyntaxError) -> Built {
        var items: [Node] = []
        var size = Size()
        var end = start.end
        while true {
            let item = try next()
            if case .sequenceEnd = item.event {
                let span = Span(start.start, isFlow ? item.span.end : end)
                return size.built(Node(.sequence(items), at: span))
            }
            let built = try value(item, depth: depth + 1)
            size.add(built)
            items.append(built.node)
            end = max(end, endOfItem(item, built.node))
        }
    }

    /// The mapping whose start is at `start`, up to its end.
    mutating func mapping(from start: Span, isFlow: Bool, depth: Int) throws(SyntaxError) -> Built {
        var entries = MappingEntries()
        var size = Size()
        var end = start.end
        while true {
            let key = try next()
            if case .mappingEnd = key.event {
                let span = Span(start.start, isFlow ? key.span.end : end)
                return size.built(Node(.mapping(entries.merged()), at: span))
            }
            let builtKey = try value(key, depth: depth + 1)
            let item = try next()
            let built = try value(item, depth: depth + 1)
            size.add(builtKey)
            size.add(built)
            end = max(end, endOfItem(item, built.node))
            guard case .scalar(let text, let isQuoted) = builtKey.node.content else {
                findings.append(
                    Diagnostic(
                        .unsupportedYAML, "a key must be a plain text", at: .init(builtKey.node.span, "a collection"),
                        help: ["topology files have no lists or mappings as keys"]))
                continue
            }
            if text == "<<", !isQuoted {
                findings += entries.merge(built.node, at: builtKey.node.span)
            } else {
                findings += entries.add(.init(key: text, keySpan: key.span, value: built.node))
            }
        }
    }

    /// What a collection counts for, as it grows.
    private struct Size {
        private var count = 1
        private var depth = 0

        mutating func add(_ built: Built) {
            count += built.count
            depth = max(depth, built.depth)
        }

        func built(_ node: Node) -> Built { Built(node: node, count: count, depth: depth + 1) }
    }
}

/// Where an item ends: where its alias does, for one that came by an alias and has its span elsewhere.
private func endOfItem(_ item: (event: EventParser.Event, span: Span), _ node: Node) -> Int {
    if case .alias = item.event { return item.span.end }
    return node.span.end
}
