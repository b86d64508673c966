internal import Mustache

/// A template in pieces that are parsed each by itself, which takes time that grows with the square of a text's length;
/// text without a tag is not parsed at all.
///
/// It is divided where a line ends outside all sections: what stands after that depends on nothing before.
struct DividedTemplate: Sendable {
    private enum Piece {
        case text(String)
        case template(MustacheTemplate)
    }

    private var pieces: [Piece] = []

    /// Parses a text as one piece, so that an error tells the line of the text.
    init(whole text: String) throws {
        pieces = [.template(try MustacheTemplate(string: text))]
    }

    /// Parses a text in pieces.
    init(_ text: String) throws {
        let bytes = Array(text.utf8)
        // These two change how the rest of a text is read.
        guard !DividedTemplate.changesReading(bytes) else {
            pieces = [.template(try MustacheTemplate(string: text))]
            return
        }
        var depth = 0
        var start = 0
        var hasTags = false
        var lineStart = 0
        while lineStart < bytes.count {
            let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
            let change = DividedTemplate.sections(in: bytes[lineStart..<lineEnd])
            // Raw lines are one piece, and each line with tags, or section of lines, another.
            if depth == 0, change != nil, !hasTags, start < lineStart {
                pieces.append(.text(String(decoding: bytes[start..<lineStart], as: UTF8.self)))
                start = lineStart
            }
            hasTags = hasTags || change != nil
            depth += change ?? 0
            lineStart = lineEnd
            guard depth == 0, hasTags else { continue }
            let piece = String(decoding: bytes[start..<lineEnd], as: UTF8.self)
            pieces.append(.template(try MustacheTemplate(string: piece)))
            (start, hasTags) = (lineEnd, false)
        }
        guard start < bytes.count else { return }
        let rest = String(decoding: bytes[start...], as: UTF8.self)
        pieces.append(hasTags ? .template(try MustacheTemplate(string: rest)) : .text(rest))
    }

    /// Fills it with values.
    func render(_ values: Values) -> String {
        pieces.reduce(into: "") { result, piece in
            switch piece {
            case .text(let text): result += text
            case .template(let template): result += template.render(values)
            }
        }
    }

    /// Whether there is a tag that sets other delimiters, or another way to escape.
    private static func changesReading(_ bytes: [UInt8]) -> Bool {
        bytes.indices.dropFirst(2).contains { index in
            (bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: "%"))
                && bytes[index - 1] == UInt8(ascii: "{") && bytes[index - 2] == UInt8(ascii: "{")
        }
    }

    /// How many more sections a line opens than it closes; nil where it has no tag.
    private static func sections(in line: ArraySlice<UInt8>) -> Int? {
        var depth: Int?
        var braces = 0
        for byte in line {
            if byte == UInt8(ascii: "{") {
                braces += 1
                if braces == 2 { depth = depth ?? 0 }
                continue
            }
            if braces >= 2 {
                switch byte {
                case UInt8(ascii: "#"), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "<"):
                    depth = (depth ?? 0) + 1
                case UInt8(ascii: "/"): depth = (depth ?? 0) - 1
                default: break
                }
            }
            braces = 0
        }
        return depth
    }
}
