internal import TopoDiagnostics

/// Builds the tree of a document from libyaml's events: aliases replaced, merge keys merged, bounds kept.
struct TreeBuilder: ~Copyable {
    /// A value, with what it counts for where an alias repeats it.
    struct Built {
        let node: Node
        /// How many values it is, itself and all within, aliases replaced.
        let count: Int
        /// How deep it is: 0 for a scalar.
        let depth: Int
    }

    let source: SourceFile
    var parser: EventParser
    var findings: [Diagnostic] = []
    var anchors: [String: Built] = [:]
    /// The anchors of collections that are still being read: an alias to one would contain itself.
    var openAnchors: [String] = []
    var count = 0

    init(source: SourceFile, parser: consuming EventParser) {
        self.source = source
        self.parser = parser
    }

    /// The document's value; nil, with errors, where there is none.
    mutating func build() -> Outcome<Node> {
        do {
            return Outcome(try document(), findings)
        } catch {
            return Outcome(nil, findings + [error.diagnostic])
        }
    }

    private mutating func document() throws(SyntaxError) -> Node? {
        var first: Span?
        var root: Node?
        while true {
            let (event, span) = try next()
            switch event {
            case .streamEnd:
                guard let root, !root.isEmptyScalar else { throw SyntaxError(.empty(at: root?.span ?? Span(0, 0))) }
                return findings.hasErrors ? nil : root
            case .documentStart:
                if let first { throw SyntaxError(.secondDocument(at: span, first: first)) }
                first = span
                root = try value(try next(), depth: 0).node
            case .documentEnd, .alias, .scalar, .sequenceStart, .sequenceEnd, .mappingStart, .mappingEnd:
                continue
            }
        }
    }

    /// The next event.
    mutating func next() throws(SyntaxError) -> (event: EventParser.Event, span: Span) {
        guard let event = parser.next() else { throw SyntaxError(.invalid(parser.problem, in: source)) }
        return event
    }

    /// The value that begins with an event.
    mutating func value(_ next: (event: EventParser.Event, span: Span), depth: Int) throws(SyntaxError) -> Built {
        let span = next.span
        try add(1, at: span)
        guard depth <= Limits.depth else { throw SyntaxError(.tooDeep(at: span)) }
        switch next.event {
        case .scalar(let text, let isQuoted, let anchor, let tag):
            refuse(tag, at: span)
            let node = Node(.scalar(text, isQuoted: isQuoted), at: trimmed(span))
            return define(anchor, Built(node: node, count: 1, depth: 0))
        case .sequenceStart(let anchor, let tag, let isFlow):
            refuse(tag, at: span)
            return try collection(anchor) { (builder) throws(SyntaxError) in
                try builder.sequence(from: span, isFlow: isFlow, depth: depth)
            }
        case .mappingStart(let anchor, let tag, let isFlow):
            refuse(tag, at: span)
            return try collection(anchor) { (builder) throws(SyntaxError) in
                try builder.mapping(from: span, isFlow: isFlow, depth: depth)
            }
        case .alias(let name):
            return try alias(name, at: span, depth: depth)
        case .documentStart, .documentEnd, .streamEnd, .sequenceEnd, .mappingEnd:
            // libyaml's grammar has no such event where a value begins.
            return Built(node: Node(.scalar("", isQuoted: false), at: span), count: 1, depth: 0)
        }
    }

    private mutating func alias(_ name: String, at span: Span, depth: Int) throws(SyntaxError) -> Built {
        if openAnchors.contains(name) { throw SyntaxError(.containsItself(name, at: span)) }
        guard let built = anchors[name] else {
            throw SyntaxError(.unknownAlias(name, at: span, among: anchors.keys.sorted()))
        }
        guard depth + built.depth <= Limits.depth else { throw SyntaxError(.tooDeep(at: span)) }
        try add(built.count - 1, at: span)
        return built
    }

    private mutating func collection(
        _ anchor: String?, read: (inout TreeBuilder) throws(SyntaxError) -> Built
    ) throws(SyntaxError) -> Built {
        guard let anchor else { return try read(&self) }
        openAnchors.append(anchor)
        let built = try read(&self)
        openAnchors.removeLast()
        return define(anchor, built)
    }

    private mutating func define(_ anchor: String?, _ built: Built) -> Built {
        if let anchor { anchors[anchor] = built }
        return built
    }

    /// Counts values, those that an alias repeats included.
    mutating func add(_ values: Int, at span: Span) throws(SyntaxError) {
        count += values
        if count > Limits.values { throw SyntaxError(.expansionTooLarge(at: span)) }
    }

    private mutating func refuse(_ tag: String?, at span: Span) {
        guard let tag else { return }
        findings.append(
            Diagnostic(
                .unsupportedYAML, "tags are not taken: \"\(tag)\"", at: .init(span),
                help: ["leave the tag out: the type of a value follows from its key"]))
    }

    /// A span without the line ends that libyaml adds to a block scalar.
    private func trimmed(_ span: Span) -> Span {
        var end = span.end
        while end > span.start, [0x20, 0x09, 0x0A, 0x0D].contains(source.bytes[end - 1]) { end -= 1 }
        return Span(span.start, end)
    }
}

extension Node {
    /// True for a scalar without a character, as after `key:`.
    var isEmptyScalar: Bool {
        if case .scalar("", isQuoted: false) = content { return true }
        return false
    }
}
