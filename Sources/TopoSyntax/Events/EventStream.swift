internal import CYaml
import TopoDiagnostics

/// libyaml's events over some bytes, one at a time.
struct EventStream: ~Copyable {
    /// Where and why libyaml stopped, in its own words.
    struct Problem {
        /// "did not find expected ',' or ']'" and the like.
        let text: String
        /// Where.
        let offset: Int
        /// "while parsing a flow sequence" and the like; may be empty.
        let context: String
        /// Where what the context speaks of begins.
        let contextOffset: Int?
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The length of a byte order mark, which libyaml does not get to see.
    private let base: Int
    private var offsets: ByteOffsets

    /// Reads from `bytes`, well-formed UTF-8 that must outlive the stream; `base` bytes at its start are passed over.
    /// Nil where there is no memory.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, from base: Int, isASCII: Bool) {
        parser = .allocate(capacity: 1)
        self.bytes = bytes
        self.base = base
        let text = UnsafeBufferPointer(rebasing: bytes[base...])
        offsets = ByteOffsets(text, isASCII: isASCII)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            return nil
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event; nil where libyaml met what is no YAML: see ``problem()``.
    mutating func next() -> Event? {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { return nil }
        defer { yaml_event_delete(&raw) }
        return event(of: &raw)
    }

    /// Why ``next()`` gave nil.
    mutating func problem() -> Problem {
        let raw = parser.pointee
        let context = raw.context.map { String(cString: $0) } ?? ""
        return Problem(
            text: raw.problem.map { String(cString: $0) } ?? "unknown problem",
            offset: offset(raw.problem_mark),
            context: context,
            contextOffset: context.isEmpty ? nil : offset(raw.context_mark)
        )
    }

    private mutating func offset(_ mark: yaml_mark_t) -> Int {
        base + offsets.byteOffset(ofScalar: Int(mark.index))
    }

    private mutating func event(of raw: inout yaml_event_t) -> Event {
        let start = offset(raw.start_mark)
        let end = max(start, offset(raw.end_mark))
        switch raw.type {
        case YAML_SCALAR_EVENT:
            return scalar(raw.data.scalar, start, end)
        case YAML_MAPPING_START_EVENT:
            let data = raw.data.mapping_start
            return event(.mappingStart, start, end, anchor: data.anchor, tag: data.tag)
        case YAML_SEQUENCE_START_EVENT:
            let data = raw.data.sequence_start
            return event(.sequenceStart, start, end, anchor: data.anchor, tag: data.tag)
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
            return event(.collectionEnd, start, end)
        case YAML_ALIAS_EVENT:
            return event(.alias(text(raw.data.alias.anchor) ?? ""), start, end)
        case YAML_DOCUMENT_START_EVENT:
            return event(.documentStart(isExplicit: raw.data.document_start.implicit == 0), start, end)
        case YAML_DOCUMENT_END_EVENT:
            return event(.documentEnd, start, end)
        case YAML_STREAM_START_EVENT:
            return event(.streamStart, start, end)
        default:
            // libyaml has one kind more, YAML_NO_EVENT, which it gives once the stream has ended.
            return event(.streamEnd, start, end)
        }
    }

    /// A scalar's text is one buffer of libyaml's, which may hold NUL (from `"\0"`).
    private func scalar(
        _ data: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, _ start: Int, _ end: Int
    )
        -> Event
    {
        let value = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
        let style: Event.ScalarStyle =
            switch data.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
            case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
            default: .plain
            }
        return event(.scalar(value, style), start, end, anchor: data.anchor, tag: data.tag)
    }

    private func event(
        _ kind: Event.Kind, _ start: Int, _ end: Int,
        anchor: UnsafeMutablePointer<yaml_char_t>? = nil, tag: UnsafeMutablePointer<yaml_char_t>? = nil
    ) -> Event {
        let hasProperties = anchor != nil || tag != nil
        let content = hasProperties ? bytes.contentStart(from: start, to: end) : start
        let trimmed = if case .scalar(_, .block) = kind { bytes.trimmedEnd(from: content, to: end) } else { end }
        let properties =
            hasProperties ? Event.Properties(anchor: text(anchor), tag: text(tag), start: start) : nil
        return Event(kind: kind, span: Span(content, max(content, trimmed)), properties: properties)
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }
}
