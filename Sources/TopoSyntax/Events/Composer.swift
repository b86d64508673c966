import TopoDiagnostics

/// Builds the document's value from the events, and finds what YAML's rules leave to its reader.
struct Composer {
    /// What to do after an event.
    enum Progress {
        case goOn
        /// An error was found after which nothing sensible can be read.
        case stop
    }

    /// The file's bytes.
    let bytes: UnsafeBufferPointer<UInt8>
    /// All findings so far.
    var diagnostics = [Diagnostic]()
    /// The collections around the next event, outermost first.
    var open = [OpenCollection]()
    /// The anchors so far.
    var anchors = AnchorTable()
    /// Aliases whose anchor had not been met, with the anchors' names that had been.
    var unknownAliases = [(name: String, span: Span)]()
    /// The number of values so far, with aliases replaced.
    var valueCount = 0
    /// The document's value.
    private(set) var root: Node?
    /// Where the first document begins: its `---`, or its first value.
    private var documentStart: Span?

    /// Reads the file that `bytes` hold.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Takes the next event.
    mutating func take(_ event: Event) -> Progress {
        guard diagnostics.count + unknownAliases.count < ReadingLimits.errors else { return .stop }
        switch event.kind {
        case .streamStart, .streamEnd, .documentEnd:
            return .goOn
        case .documentStart(let isExplicit):
            return startDocument(event.span, isExplicit: isExplicit)
        case .alias(let name):
            return takeAlias(name, at: event.span)
        case .scalar(let text, let style):
            refuseTag(of: event)
            return takeScalar(text, style, event)
        case .sequenceStart:
            refuseTag(of: event)
            return start(event, isMapping: false)
        case .mappingStart:
            refuseTag(of: event)
            return start(event, isMapping: true)
        case .collectionEnd:
            return endCollection(event.span)
        }
    }

    private mutating func startDocument(_ span: Span, isExplicit: Bool) -> Progress {
        let marker = Span(isExplicit ? max(span.start, span.end - 3) : span.start, span.end)
        guard let root else {
            documentStart = isExplicit ? marker : nil
            return .goOn
        }
        diagnostics.append(secondDocument(marker, first: documentStart ?? firstPlace(of: root)))
        return .stop
    }

    private func firstPlace(of node: Node) -> Span {
        switch node.content {
        case .mapping(let entries): entries.first?.keySpan ?? node.span
        case .sequence(let items): items.first?.span ?? node.span
        case .scalar: node.span
        }
    }

    // MARK: values

    private mutating func takeScalar(_ text: String, _ style: Event.ScalarStyle, _ event: Event) -> Progress {
        let isQuoted = style != .plain
        let name = anchorName(of: event)
        let isKey = awaitsKey
        var span = event.span
        if !isKey, name == nil, span.length == 0, let key = open.last?.key {
            span = emptyPlace(after: key.span)
        }
        let node = Node(.scalar(text, isQuoted: isQuoted), at: span)
        if let name {
            anchors.begin(name)
            anchors.end(name, with: .init(node: node, values: 1, height: 0))
        }
        if isKey { return takeKey(text, at: span, isPlain: style == .plain) }
        guard count(1, at: span) else { return .stop }
        add(node, at: span, height: 0)
        return .goOn
    }

    private mutating func start(_ event: Event, isMapping: Bool) -> Progress {
        if awaitsKey {
            diagnostics.append(collectionAsKey(event.span, isMapping: isMapping))
            return .stop
        }
        guard open.count < ReadingLimits.depth else {
            diagnostics.append(nestingTooDeep(event.span))
            return .stop
        }
        let before = valueCount
        guard count(1, at: event.span) else { return .stop }
        let name = anchorName(of: event)
        if let name { anchors.begin(name) }
        let hasBrackets = event.hasBrackets(in: bytes)
        open.append(
            OpenCollection(
                isMapping: isMapping, hasBrackets: hasBrackets, span: event.span, anchor: name, valuesBefore: before))
        return .goOn
    }

    private mutating func endCollection(_ end: Span) -> Progress {
        guard let collection = open.popLast() else { return .goOn }
        let span = Span(collection.start, max(collection.start, collection.hasBrackets ? end.end : collection.end))
        let content: Node.Content =
            if !collection.isMapping {
                .sequence(collection.items)
            } else if let merge = collection.merge {
                .mapping(merged(merge, in: collection))
            } else {
                .mapping(collection.entries)
            }
        let node = Node(content, at: span)
        let height = collection.height + 1
        if let name = collection.anchor {
            anchors.end(name, with: .init(node: node, values: valueCount - collection.valuesBefore, height: height))
        }
        add(node, at: span, height: height)
        return .goOn
    }

    /// Puts a value, which is written at `place`, where it belongs.
    mutating func add(_ node: Node, at place: Span, height: Int) {
        guard !open.isEmpty else {
            root = node
            return
        }
        let last = open.count - 1
        open[last].height = max(open[last].height, height)
        open[last].end = max(open[last].end, place.end)
        guard open[last].isMapping else {
            open[last].items.append(node)
            return
        }
        guard let key = open[last].key else { return }
        open[last].key = nil
        switch key.use {
        case .entry:
            open[last].append(.init(key: key.text, keySpan: key.span, value: node))
        case .merge:
            open[last].merge = .init(
                position: open[last].entries.count, value: node, place: place, keySpan: key.span)
        case .second:
            open[last].join(node, toKey: key.text)
        case .continuation:
            open[last].extendLastValue(with: key.text, to: key.span.end)
        }
    }

    /// Counts values; false, with an error, where they are too many.
    mutating func count(_ values: Int, at span: Span, anchor: AnchorTable.Name? = nil) -> Bool {
        valueCount += values
        if valueCount <= ReadingLimits.values { return true }
        diagnostics.append(expansionTooLarge(span, anchor: anchor))
        return false
    }

    /// True where the next scalar is a mapping's key.
    var awaitsKey: Bool {
        guard let last = open.last else { return false }
        return last.isMapping && last.key == nil
    }

    /// The place of a value that is not there: just after the key's colon, or after the key where it has none.
    private func emptyPlace(after key: Span) -> Span {
        var offset = key.end
        while offset < bytes.count, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
        let hasColon = offset < bytes.count && bytes[offset] == UInt8(ascii: ":")
        return hasColon ? Span(offset + 1, offset + 1) : Span(key.end, key.end)
    }
}
