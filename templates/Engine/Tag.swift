/// A tag of a template, `{{…}}`.
struct Tag {
    /// What it is for, by the byte after the braces.
    enum Kind {
        /// `{{name}}`, or `{{.}}` for the text itself.
        case value
        /// `{{#name}}`.
        case section
        /// `{{^name}}`.
        case inverted
        /// `{{/name}}`.
        case end
        /// `{{! … }}`.
        case comment
    }

    let kind: Kind
    /// The name in it; empty for a comment.
    let name: String
    /// The bytes from the first brace to the last.
    let range: Range<Int>

    /// Whether a line with this tag and nothing else writes no line.
    var mayStandAlone: Bool {
        switch kind {
        case .section, .inverted, .end, .comment: true
        case .value: false
        }
    }

    /// The tag as it is written.
    var text: String {
        switch kind {
        case .value: "{{\(name)}}"
        case .section: "{{#\(name)}}"
        case .inverted: "{{^\(name)}}"
        case .end: "{{/\(name)}}"
        case .comment: "{{!}}"
        }
    }
}

extension Tag {
    /// Why a tag is refused.
    struct Refusal: Error {
        let reason: String

        init(_ reason: String) { self.reason = reason }
    }

    /// Reads the tag that begins at an offset, where two braces stand.
    /// - Throws: `Refusal` for a tag without an end, without a name, or of a kind that is not supported.
    init(at start: Int, in bytes: [UInt8]) throws(Refusal) {
        let first = bytes.indices.contains(start + 2) ? bytes[start + 2] : nil
        let isComment = first == UInt8(ascii: "!")
        guard let end = Tag.end(from: start + 2, in: bytes, overLines: isComment) else {
            throw Refusal(isComment ? "this comment has no }}" : "this tag has no }} on its line")
        }
        range = start..<end + 2
        let inside = bytes[start + 2..<end]
        switch first {
        case UInt8(ascii: "!"): (kind, name) = (.comment, "")
        case UInt8(ascii: "#"): (kind, name) = (.section, try Tag.name(in: inside.dropFirst()))
        case UInt8(ascii: "^"): (kind, name) = (.inverted, try Tag.name(in: inside.dropFirst()))
        case UInt8(ascii: "/"): (kind, name) = (.end, try Tag.name(in: inside.dropFirst()))
        default:
            if let first, let refusal = Tag.refusal(of: first) { throw refusal }
            (kind, name) = (.value, try Tag.name(in: inside))
        }
    }

    /// The offset of the next two closing braces.
    private static func end(from start: Int, in bytes: [UInt8], overLines: Bool) -> Int? {
        var index = start
        while index + 1 < bytes.count, overLines || bytes[index] != UInt8(ascii: "\n") {
            if bytes[index] == UInt8(ascii: "}"), bytes[index + 1] == UInt8(ascii: "}") { return index }
            index += 1
        }
        return nil
    }

    /// Why a tag that begins with this byte is not supported; nil where it may be a name.
    private static func refusal(of first: UInt8) -> Refusal? {
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "&"):
            Refusal("no value is escaped, so there is no tag for one that is not: write {{name}}")
        case UInt8(ascii: ">"): Refusal("partials, {{>name}}, are not supported: write the text here")
        case UInt8(ascii: "<"), UInt8(ascii: "$"):
            Refusal("templates that inherit, {{<name}} and {{$name}}, are not supported: write the text here")
        case UInt8(ascii: "="): Refusal("other delimiters, {{=<% %>=}}, are not supported")
        case UInt8(ascii: "%"): Refusal("pragmas, {{% name}}, are not supported: no value is escaped, so leave it out")
        default: nil
        }
    }

    /// The name in a tag, without the blanks around it.
    private static func name(in inside: ArraySlice<UInt8>) throws(Refusal) -> String {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var name = inside.drop(while: isBlank)
        while let last = name.last, isBlank(last) { name.removeLast() }
        guard !name.isEmpty else { throw Refusal("this tag has no name") }
        if name.elementsEqual(".".utf8) { return "." }
        guard !name.contains(UInt8(ascii: "(")) else {
            throw Refusal("lambdas and transforms, {{name(…)}}, are not supported: write {{name}}")
        }
        guard name.allSatisfy(isNameByte) else {
            throw Refusal("a name has only letters, digits and \"_\"")
        }
        return String(decoding: name, as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
