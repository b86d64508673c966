/// Reads the text of a template.
struct TemplateParser {
    let bytes: [UInt8]
    let path: String
    /// What names there are, from the outermost list to the innermost; nil for a list of texts.
    private var scopes: [Places?]
    /// The sections that are open.
    private var open: [OpenSection] = []
    /// What was read of the innermost open section, or of the template.
    private var pieces: [Template.Piece] = []

    private struct OpenSection {
        let tag: Tag
        let reference: Template.Reference
        /// Whether names in it are those of a list.
        let hasScope: Bool
        /// What was read before it.
        let before: [Template.Piece]
    }

    init(bytes: [UInt8], path: String, places: Places) {
        self.bytes = bytes
        self.path = path
        scopes = [places]
    }

    /// Reads the whole text.
    /// - Throws: `TemplateError` for the first tag that is wrong.
    mutating func parse() throws(TemplateError) -> [Template.Piece] {
        var position = 0
        while let start = nextTag(from: position) {
            let tag = try readTag(at: start)
            let used = tag.mayStandAlone ? line(of: tag) ?? tag.range : tag.range
            addText(position..<used.lowerBound)
            try add(tag)
            position = used.upperBound
        }
        addText(position..<bytes.count)
        if let section = open.last {
            throw error(
                "section \"\(section.tag.name)\" is not closed: {{/\(section.tag.name)}} is missing", at: section.tag)
        }
        return pieces
    }

    /// The offset of the next two opening braces.
    private func nextTag(from start: Int) -> Int? {
        let brace = UInt8(ascii: "{")
        var index = start
        while index + 1 < bytes.count {
            if bytes[index] == brace, bytes[index + 1] == brace { return index }
            index += 1
        }
        return nil
    }

    private func readTag(at start: Int) throws(TemplateError) -> Tag {
        do {
            return try Tag(at: start, in: bytes)
        } catch {
            throw TemplateError(error.reason, in: path, at: start, of: bytes)
        }
    }

    private mutating func addText(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        pieces.append(.text(String(decoding: bytes[range], as: UTF8.self)))
    }

    /// The whole line of a tag, with its end, where nothing but blanks is beside the tag.
    private func line(of tag: Tag) -> Range<Int>? {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var start = tag.range.lowerBound
        while start > 0, isBlank(bytes[start - 1]) { start -= 1 }
        guard start == 0 || bytes[start - 1] == UInt8(ascii: "\n") else { return nil }
        var end = tag.range.upperBound
        while end < bytes.count, isBlank(bytes[end]) { end += 1 }
        if end == bytes.count { return start..<end }
        if bytes[end] == UInt8(ascii: "\r"), end + 1 < bytes.count { end += 1 }
        return bytes[end] == UInt8(ascii: "\n") ? start..<end + 1 : nil
    }

    private mutating func add(_ tag: Tag) throws(TemplateError) {
        switch tag.kind {
        case .comment: break
        case .value where tag.name == ".":
            guard scopes[scopes.count - 1] == nil else {
                throw error("{{.}} is the text of a list of texts, and no such list is around it", at: tag)
            }
            pieces.append(.item)
        case .value: pieces.append(.value(try reference(of: tag)))
        case .section, .inverted: try begin(tag)
        case .end: try end(tag)
        }
    }

    private mutating func begin(_ tag: Tag) throws(TemplateError) {
        let (reference, kind) = try place(of: tag)
        var hasScope = tag.kind == .section
        switch kind {
        case .text: throw error("\"\(tag.name)\" is a text, not a section: write {{\(tag.name)}}", at: tag)
        case .flag: hasScope = false
        case .texts: if hasScope { scopes.append(nil) }
        case .list(let places): if hasScope { scopes.append(places) }
        }
        open.append(OpenSection(tag: tag, reference: reference, hasScope: hasScope, before: pieces))
        pieces = []
    }

    private mutating func end(_ tag: Tag) throws(TemplateError) {
        guard let section = open.popLast() else {
            throw error("there is no section to close: {{#\(tag.name)}} is missing", at: tag)
        }
        guard section.tag.name == tag.name else {
            let line = TemplateError.line(of: section.tag.range.lowerBound, in: bytes)
            throw error("section \"\(section.tag.name)\" of line \(line) is to be closed first", at: tag)
        }
        if section.hasScope { scopes.removeLast() }
        pieces =
            section.before + [
                .section(section.reference, isInverted: section.tag.kind == .inverted, pieces)
            ]
    }

    private func reference(of tag: Tag) throws(TemplateError) -> Template.Reference {
        let (reference, kind) = try place(of: tag)
        switch kind {
        case .text: return reference
        case .flag, .texts, .list:
            throw error("\"\(tag.name)\" is a section, not a text: write {{#\(tag.name)}}…{{/\(tag.name)}}", at: tag)
        }
    }

    /// The place of a name: of the innermost list that has one of that name.
    private func place(of tag: Tag) throws(TemplateError) -> (Template.Reference, Places.Kind) {
        for depth in scopes.indices.reversed() {
            if let kind = scopes[depth]?.kind(of: tag.name) {
                return (Template.Reference(name: tag.name, depth: depth), kind)
            }
        }
        let names = scopes.reversed().flatMap { $0?.all.map(\.name) ?? [] }
        throw error(
            "there is no \"\(tag.name)\" here; there are: \(names.joined(separator: ", "))", at: tag)
    }

    private func error(_ reason: String, at tag: Tag) -> TemplateError {
        TemplateError(reason, in: path, at: tag.range.lowerBound, of: bytes)
    }
}
