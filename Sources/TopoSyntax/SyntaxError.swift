internal import TopoDiagnostics

/// What ends the reading of a file: after it, no more sense can be made of the rest.
struct SyntaxError: Error {
    let diagnostic: Diagnostic

    init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}

extension Diagnostic {
    /// A file, or a document, with nothing in it.
    static func empty(at span: Span) -> Diagnostic {
        Diagnostic(
            .emptyFile, "the file has no topology in it", at: .init(span),
            help: ["begin with `topology: NAME`, then `hosts:`"])
    }

    /// A second document in the file.
    static func secondDocument(at span: Span, first: Span) -> Diagnostic {
        Diagnostic(
            .secondDocument, "a second document begins", at: .init(span, "here"),
            and: [.init(first, "the first begins here")], help: ["put each topology into a file of its own"])
    }

    /// Collections within collections without end.
    static func tooDeep(at span: Span) -> Diagnostic {
        Diagnostic(
            .nestingTooDeep, "mappings and lists stand more than \(Limits.depth) deep in one another", at: .init(span),
            help: ["look for brackets that are not closed"])
    }

    /// Aliases of aliases.
    static func expansionTooLarge(at span: Span) -> Diagnostic {
        Diagnostic(
            .expansionTooLarge, "with its aliases replaced the file has more than \(Limits.values) values",
            at: .init(span, "here the limit is passed"),
            help: ["an alias repeats all that its anchor marks: use it for small parts"])
    }

    /// A collection that would contain itself.
    static func containsItself(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .unknownAlias, "\"*\(name)\" stands within what it is the name of", at: .init(span, "would contain itself"),
            help: ["move the anchor &\(name) to a part that does not use it"])
    }

    /// An alias without an anchor.
    static func unknownAlias(_ name: String, at span: Span, among anchors: [String]) -> Diagnostic {
        let help =
            if let near = didYouMean(name, among: anchors) {
                "did you mean \"*\(near)\"?"
            } else {
                "an anchor, &\(name), must come before it"
            }
        return Diagnostic(.unknownAlias, "there is no anchor \"&\(name)\"", at: .init(span, "unknown"), help: [help])
    }
}
