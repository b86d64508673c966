public import TopoDiagnostics

/// A YAML value with its place: aliases are replaced by what they stand for, merge keys are merged.
public struct Node: Sendable, Hashable {
    /// What the value is.
    public enum Content: Sendable, Hashable {
        /// A scalar's text, unescaped, and whether it was quoted.
        case scalar(String, isQuoted: Bool)
        /// `[a, b]`, or lines with `- `.
        case sequence([Node])
        /// `{a: b}`, or lines with `a: b`; keys are unique, in the order of the file.
        case mapping([Entry])
    }

    /// A key with its value.
    public struct Entry: Sendable, Hashable {
        /// The key's text.
        public let key: String
        /// The key's bytes.
        public let keySpan: Span
        /// The value.
        public let value: Node

        /// Makes an entry.
        public init(key: String, keySpan: Span, value: Node) {
            self.key = key
            self.keySpan = keySpan
            self.value = value
        }
    }

    /// What the value is.
    public let content: Content
    /// The value's bytes, without trailing white space or comments; a quoted scalar's include its quotes.
    /// Of a value that came by an alias: where it is written out, at the anchor.
    public let span: Span

    /// Makes a value.
    public init(_ content: Content, at span: Span) {
        self.content = content
        self.span = span
    }
}
