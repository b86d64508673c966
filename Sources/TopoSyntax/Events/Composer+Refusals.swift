import TopoDiagnostics

/// The errors about the shape of the document.
extension Composer {
    func secondDocument(_ span: Span, first: Span) -> Diagnostic {
        Diagnostic(
            .secondDocument, "a second YAML document begins", at: .init(span, "here"),
            and: [.init(first, "the first one begins here")], notes: ["a topology file holds one document"],
            help: ["put the second one into a file of its own, or remove the \"---\""])
    }

    func collectionAsKey(_ span: Span, isMapping: Bool) -> Diagnostic {
        Diagnostic(
            .unsupportedYAML, "a key must be text, not a \(isMapping ? "mapping" : "list")", at: .init(span),
            help: ["write \"name: value\"; put quotes around a name that begins with a bracket"])
    }

    func nestingTooDeep(_ span: Span) -> Diagnostic {
        Diagnostic(
            .nestingTooDeep, "more than \(ReadingLimits.depth) mappings and lists inside each other", at: .init(span),
            notes: ["the topology language needs 7"],
            help: ["close the brackets that are open, or check the indentation of the lines above"])
    }

    func expansionTooLarge(_ span: Span, anchor: AnchorTable.Name?) -> Diagnostic {
        guard let anchor else {
            return Diagnostic(
                .expansionTooLarge, "the file has more than \(ReadingLimits.values) values", at: .init(span),
                notes: ["aliases count as often as they are used"], help: ["split the topology into several files"])
        }
        return Diagnostic(
            .expansionTooLarge,
            "with its aliases replaced, the file has more than \(ReadingLimits.values) values",
            at: .init(span, "with this one"), and: [.init(anchor.span, "what it stands for")],
            help: ["use \"*\(anchor.text)\" less often, or split the topology into several files"])
    }
}
