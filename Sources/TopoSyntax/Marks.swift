public import TopoDiagnostics

/// Where something stands in a topology file, in the order of the file: for those who change its text and not its values.
public struct Mark: Sendable, Hashable {
    /// What stands there.
    public enum Kind: Sendable, Hashable {
        /// A key or a value, with its text unescaped.
        case scalar(String, ScalarStyle)
        /// `*name`.
        case alias
        /// A list begins.
        case sequence(hasBrackets: Bool)
        /// A mapping begins.
        case mapping(hasBrackets: Bool)
        /// The list or mapping that began last ends.
        case end
    }

    /// How a scalar is written.
    public enum ScalarStyle: Sendable, Hashable {
        case plain
        case quoted
        /// `|` or `>`
        case block
    }

    /// What stands there.
    public let kind: Kind
    /// Its bytes, without an anchor: of a scalar all of it, of brackets the one, else the place of the first key or dash.
    public let span: Span
    /// Where an anchor in front of it begins.
    public let anchorStart: Int?
}

/// The marks of a topology file; nil where it is no YAML.
/// - Precondition: ``read(_:)`` finds no errors in it.
public func marks(of source: SourceFile) -> [Mark]? {
    source.bytes.withUnsafeBufferPointer { bytes in
        guard var events = EventStream(bytes, from: source.byteOrderMarkLength, isASCII: source.isASCII) else {
            return nil
        }
        var marks: [Mark] = []
        while let event = events.next() {
            let kind: Mark.Kind
            switch event.kind {
            case .streamStart, .documentStart, .documentEnd: continue
            case .streamEnd: return marks
            case .alias: kind = .alias
            case .scalar(let text, let style): kind = .scalar(text, style.asMarked)
            case .sequenceStart: kind = .sequence(hasBrackets: event.hasBrackets(in: bytes))
            case .mappingStart: kind = .mapping(hasBrackets: event.hasBrackets(in: bytes))
            case .collectionEnd: kind = .end
            }
            marks.append(Mark(kind: kind, span: event.span, anchorStart: event.properties?.start))
        }
        return nil
    }
}

extension Event {
    /// True for the start of a list or mapping that is written with brackets.
    func hasBrackets(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard span.length > 0, span.start < bytes.count else { return false }
        switch kind {
        case .sequenceStart: return bytes[span.start] == UInt8(ascii: "[")
        case .mappingStart: return bytes[span.start] == UInt8(ascii: "{")
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .alias, .scalar, .collectionEnd: return false
        }
    }
}

extension Event.ScalarStyle {
    fileprivate var asMarked: Mark.ScalarStyle {
        switch self {
        case .plain: .plain
        case .quoted: .quoted
        case .block: .block
        }
    }
}
