internal import CYaml
internal import TopoDiagnostics

/// libyaml's parser, an event at a time, with spans in bytes.
///
/// The bytes must outlive it: it is made and used within `withUnsafeBufferPointer`.
struct EventParser: ~Copyable {
    /// What libyaml found.
    enum Event {
        case documentStart
        case documentEnd
        case streamEnd
        case alias(String)
        case scalar(String, isQuoted: Bool, anchor: String?, tag: String?)
        case sequenceStart(anchor: String?, tag: String?, isFlow: Bool)
        case sequenceEnd
        case mappingStart(anchor: String?, tag: String?, isFlow: Bool)
        case mappingEnd
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let offsets: ScalarOffsets

    /// Begins to parse UTF-8 without a byte order mark.
    init(_ bytes: UnsafeBufferPointer<UInt8>, offsets: ScalarOffsets) {
        parser = .allocate(capacity: 1)
        yaml_parser_initialize(parser)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
        self.offsets = offsets
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event with its span; nil where the text is no YAML, which `problem` then describes.
    mutating func next() -> (event: Event, span: Span)? {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { return nil }
        defer { yaml_event_delete(&raw) }
        guard let event = event(raw) else { return next() }
        let start = offset(of: raw.start_mark)
        return (event, Span(start, max(start, offset(of: raw.end_mark))))
    }

    /// The byte offset of a place of libyaml's, which counts Unicode scalars.
    private func offset(of mark: yaml_mark_t) -> Int {
        offsets.byteOffset(ofScalar: Int(mark.index))
    }

    private func event(_ raw: yaml_event_t) -> Event? {
        switch raw.type {
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_STREAM_END_EVENT: .streamEnd
        case YAML_ALIAS_EVENT: .alias(text(raw.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            .scalar(
                String(
                    decoding: UnsafeBufferPointer(start: raw.data.scalar.value, count: raw.data.scalar.length),
                    as: UTF8.self),
                isQuoted: raw.data.scalar.style != YAML_PLAIN_SCALAR_STYLE, anchor: text(raw.data.scalar.anchor),
                tag: text(raw.data.scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            .sequenceStart(
                anchor: text(raw.data.sequence_start.anchor), tag: text(raw.data.sequence_start.tag),
                isFlow: raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            .mappingStart(
                anchor: text(raw.data.mapping_start.anchor), tag: text(raw.data.mapping_start.tag),
                isFlow: raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
        case YAML_MAPPING_END_EVENT: .mappingEnd
        // The stream's start, and no event: nothing to say.
        default: nil
        }
    }

    private func text(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        bytes.map { String(cString: $0) }
    }

    /// Why `next` gave nothing.
    var problem: ParserProblem {
        let raw = parser.pointee
        let isByteProblem = raw.error == YAML_READER_ERROR
        return ParserProblem(
            text: raw.problem.map { String(cString: $0) } ?? "unknown",
            offset: isByteProblem
                ? offsets.byteOffset(ofScalar: 0) + Int(raw.problem_offset) : offset(of: raw.problem_mark),
            character: isByteProblem ? Int(raw.problem_value) : nil,
            context: raw.context.map { String(cString: $0) },
            contextOffset: raw.context == nil ? nil : offset(of: raw.context_mark))
    }
}

/// What libyaml says where it cannot go on, in its own words.
struct ParserProblem {
    /// What is wrong.
    let text: String
    /// The byte offset of the place.
    let offset: Int
    /// The character that cannot be in a file, where that is the problem.
    let character: Int?
    /// What was being read, as in `while parsing a flow mapping`.
    let context: String?
    /// Where that begins.
    let contextOffset: Int?
}
