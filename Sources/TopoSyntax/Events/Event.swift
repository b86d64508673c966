import TopoDiagnostics

/// One step of libyaml's walk through a file, in Swift's values and with its place in bytes.
struct Event {
    /// What is met.
    enum Kind {
        case streamStart
        case streamEnd
        /// `span` of an explicit start ends with its `---`.
        case documentStart(isExplicit: Bool)
        case documentEnd
        case alias(String)
        case scalar(String, ScalarStyle)
        case sequenceStart
        case mappingStart
        case collectionEnd
    }

    /// How a scalar is written.
    enum ScalarStyle {
        case plain
        case quoted
        /// `|` or `>`
        case block
    }

    /// What is met.
    let kind: Kind
    /// Where, without anchor and tag; of a scalar its whole text.
    let span: Span
    /// The anchor and tag in front of it, where there are any.
    let properties: Properties?

    /// What stands in front of a value.
    struct Properties {
        /// The name in `&name`.
        let anchor: String?
        /// The tag in `!tag`, as libyaml resolves it.
        let tag: String?
        /// Where the first of them begins.
        let start: Int
    }
}
