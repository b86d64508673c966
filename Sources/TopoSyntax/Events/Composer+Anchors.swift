import TopoDiagnostics

extension Composer {
    /// The anchor in front of a value.
    func anchorName(of event: Event) -> AnchorTable.Name? {
        guard let properties = event.properties, let name = properties.anchor else { return nil }
        var start = properties.start
        // A tag may stand first.
        while start < event.span.start, bytes[start] != UInt8(ascii: "&") { start += 1 }
        return .init(text: name, span: Span(start, min(start + 1 + name.utf8.count, bytes.count)))
    }

    /// Takes an alias: as a key, or in the place of a value.
    mutating func takeAlias(_ name: String, at span: Span) -> Progress {
        guard let (anchor, state) = anchors.lookUp(name) else {
            unknownAliases.append((name, span))
            return stand(in: Node(.scalar("", isQuoted: false), at: span), at: span)
        }
        switch state {
        case .open:
            diagnostics.append(selfReference(name, at: span, anchor: anchor))
            return .stop
        case .known(let value):
            if awaitsKey { return stand(in: value.node, at: span) }
            guard open.count + value.height <= ReadingLimits.depth else {
                diagnostics.append(nestingTooDeep(span))
                return .stop
            }
            guard count(value.values, at: span, anchor: anchor) else { return .stop }
            add(value.node, at: span, height: value.height)
            return .goOn
        }
    }

    private mutating func stand(in node: Node, at span: Span) -> Progress {
        guard awaitsKey else {
            add(node, at: span, height: 0)
            return .goOn
        }
        switch node.content {
        case .scalar(let text, _):
            return takeKey(text, at: span, isPlain: false)
        case .sequence, .mapping:
            diagnostics.append(collectionAsKey(span, isMapping: false))
            return .stop
        }
    }

    /// Notes an error where a value has a tag: every value's type follows from the key it belongs to.
    mutating func refuseTag(of event: Event) {
        guard let properties = event.properties, properties.tag != nil else { return }
        var start = properties.start
        while start < bytes.count, bytes[start] != UInt8(ascii: "!") { start += 1 }
        var end = start
        while end < bytes.count, bytes[end] > 0x20, !(bytes[end] == UInt8(ascii: ",")) { end += 1 }
        let tag = String(decoding: bytes[start..<end], as: UTF8.self)
        diagnostics.append(
            Diagnostic(
                .unsupportedYAML, "the tag \"\(tag)\" is not supported", at: .init(Span(start, end)),
                notes: ["the type of a value follows from its key"], help: ["remove the tag"]))
    }

    /// The errors that can be told at the end alone.
    mutating func finish() {
        for (name, span) in unknownAliases {
            let later = anchors.lookUp(name)?.name.span
            let nearest = didYouMean(name, among: anchors.names)
            let help =
                if later != nil {
                    "move the value with \"&\(name)\" in front of its first use"
                } else if let nearest {
                    "did you mean \"*\(nearest)\"?"
                } else {
                    "write \"&\(name)\" before the value that it stands for"
                }
            diagnostics.append(
                Diagnostic(
                    .unknownAlias, "there is no anchor \"\(name)\"\(later == nil ? "" : " yet")", at: .init(span),
                    and: later.map { [.init($0, "the anchor comes later")] } ?? [], help: [help]))
        }
    }

    private func selfReference(_ name: String, at span: Span, anchor: AnchorTable.Name) -> Diagnostic {
        Diagnostic(
            .unknownAlias, "the value of anchor \"\(name)\" contains itself", at: .init(span, "used here"),
            and: [.init(anchor.span, "inside of this value")], help: ["write out the value that is meant"])
    }
}
