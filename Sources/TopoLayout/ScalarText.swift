internal import TopoSyntax
internal import TopoText

/// A scalar or an alias as it is written.
struct ScalarText {
    /// Its first line.
    let first: String
    /// The other lines, without the indentation that all have.
    let rest: [String]
    /// How it is written; nil for an alias.
    let style: Mark.ScalarStyle?
    /// The indentation that a block's header asks for.
    let indentation: Int?

    /// Takes the bytes of a scalar.
    /// - Parameter outer: the column of the mapping or list around it.
    init(_ bytes: ArraySlice<UInt8>, _ style: Mark.ScalarStyle?, within outer: Int) {
        self.style = style
        let lines = bytes.lines
        switch style {
        case .block:
            let header = lines[0].trimmed
            let asked: Int? = ScalarText.indentation(of: header)
            let others = lines.dropFirst()
            let firstWritten = others.first { !$0.trimmed.isEmpty } ?? []
            let spaces: Int = asked.map { outer + $0 } ?? firstWritten.prefix { $0 == 0x20 }.count
            indentation = asked
            first = header.text
            // Spaces beyond the indentation are part of the text, on an empty line too.
            rest = others.map { line in line.dropFirst(min(spaces, line.prefix { $0 == 0x20 }.count)).text }
        case .plain, .quoted, nil:
            indentation = nil
            first = lines.count > 1 && style == .plain ? lines[0].trimmed.text : lines[0].text
            rest = lines.dropFirst().map { style == .plain ? $0.trimmed.text : $0.withoutBlanksInFront.text }
        }
    }

    /// A text as it is written in lines, where it is not written yet.
    init(writing text: String, isQuoted: Bool) {
        let bytes: String
        let style: Mark.ScalarStyle
        if !isQuoted {
            // A line end in a plain text is an empty line: one end more than there are.
            (bytes, style) = (text.lineByLine.joined(separator: "\n\n"), .plain)
        } else if let block = text.asBlock {
            (bytes, style) = (block, .block)
        } else {
            (bytes, style) = (text.inQuotes, .quoted)
        }
        self.init(Array(bytes.utf8)[...], style, within: 0)
    }

    private init(first: String, of other: ScalarText) {
        self.first = first
        (rest, style, indentation) = (other.rest, other.style, other.indentation)
    }

    /// The same with an anchor in front.
    func behind(_ anchor: String) -> ScalarText { ScalarText(first: "\(anchor) \(first)", of: self) }

    /// True for nothing at all.
    var isEmpty: Bool { first.isEmpty && rest.isEmpty }

    /// The text where it may stand in brackets; nil where it may not.
    var inBrackets: String? {
        guard rest.isEmpty, !isEmpty else { return nil }
        switch style {
        case .block: return nil
        case .quoted, nil: return first
        case .plain:
            let ends = [first.utf8.first, first.utf8.last]
            // What libyaml takes for a sign of its own in brackets, and in lines not.
            guard !first.hasByte(of: ",[]{}"), !ends.contains(UInt8(ascii: ":")), ends[0] != UInt8(ascii: "?") else {
                return nil
            }
            return first
        }
    }

    /// The digit of `|2`.
    private static func indentation(of header: ArraySlice<UInt8>) -> Int? {
        header.prefix { $0 != UInt8(ascii: "#") }.first { UInt8(ascii: "1")...UInt8(ascii: "9") ~= $0 }
            .map { Int($0) - 48 }
    }
}

extension ArraySlice<UInt8> {
    /// The lines, without their ends.
    var lines: [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = startIndex
        var offset = startIndex
        while offset < endIndex {
            guard self[offset] == 0x0A || self[offset] == 0x0D else {
                offset += 1
                continue
            }
            lines.append(self[start..<offset])
            offset += self[offset] == 0x0D && offset + 1 < endIndex && self[offset + 1] == 0x0A ? 2 : 1
            start = offset
        }
        return lines + [self[start...]]
    }

    /// Without the blanks in front.
    var withoutBlanksInFront: ArraySlice<UInt8> { drop { $0 == 0x20 || $0 == 0x09 } }

    /// Without the blanks at both ends.
    var trimmed: ArraySlice<UInt8> {
        var rest = withoutBlanksInFront
        while rest.last == 0x20 || rest.last == 0x09 { rest.removeLast() }
        return rest
    }

    /// As text.
    var text: String { String(decoding: self, as: UTF8.self) }
}
