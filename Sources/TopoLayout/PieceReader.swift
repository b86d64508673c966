internal import TopoDiagnostics
internal import TopoSyntax

/// Reads a file's pieces, each with its comments.
struct PieceReader {
    private let bytes: [UInt8]
    private let marks: [Mark]
    private let gaps: GapReader
    /// The mark to be read next.
    private var next = 0
    /// Up to here the file has been read.
    private var offset = 0

    init(_ source: SourceFile, _ marks: [Mark]) {
        bytes = source.bytes
        self.marks = marks
        gaps = GapReader(bytes: source.bytes)
    }

    /// The file's only value, with what stands above it.
    mutating func root() -> Piece.Entry {
        var above: [Piece.Line] = []
        for item in gap(to: marks[0].contentStart) {
            switch item {
            case .blank: above.append(.blank)
            case .line(let text, _): above.append(.comment(text))
            case .note(let note, _):
                // `--- # a comment`
                if let last = above.popLast(), case .comment(let text) = last {
                    above.append(.comment("\(text) \(note.text)"))
                } else {
                    above.append(.comment(note.text))
                }
            }
        }
        var roots = [Piece.Entry(place: 0, above: above, key: nil, name: "", value: piece(within: -1))]
        roots[0].value.foot += distribute(gap(to: bytes.count), among: &roots, inColumn: -1).trimmingBlanks
        return roots[0]
    }

    /// Reads a value, at whose own first byte the reading is.
    /// - Parameter outer: the column of the mapping or list around it.
    private mutating func piece(within outer: Int) -> Piece {
        let mark = marks[next]
        next += 1
        let anchor = anchor(of: mark)
        switch mark.kind {
        case .scalar(_, let style):
            return Piece(
                anchor: anchor, content: .scalar(scalar(mark, style, within: outer)), hasBrackets: false, column: 0)
        case .alias:
            return Piece(
                anchor: anchor, content: .scalar(scalar(mark, nil, within: outer)), hasBrackets: false, column: 0)
        case .sequence(let hasBrackets):
            return collection(
                Piece(
                    anchor: anchor, content: .sequence, hasBrackets: hasBrackets,
                    column: gaps.column(of: mark.span.start)), mark)
        case .mapping(let hasBrackets):
            return collection(
                Piece(
                    anchor: anchor, content: .mapping, hasBrackets: hasBrackets,
                    column: gaps.column(of: mark.span.start)), mark)
        case .end: preconditionFailure("an end without its start")
        }
    }

    /// Reads what is in a mapping or list.
    private mutating func collection(_ empty: Piece, _ mark: Mark) -> Piece {
        var piece = empty
        if piece.hasBrackets { offset = mark.span.end }
        while marks[next].kind != .end {
            var items = gap(to: marks[next].start)
            if piece.hasBrackets, piece.entries.isEmpty, case .note(let note, onSameLine: true) = items.first {
                piece.head = note
                items.removeFirst()
            }
            var above = distribute(items, among: &piece.entries, inColumn: piece.column)
            if piece.entries.isEmpty { above = Array(above.drop { $0 == .blank }) }
            piece.entries.append(entry(above, in: piece))
        }
        let end = marks[next].span
        next += 1
        if piece.hasBrackets {
            piece.foot = distribute(gap(to: end.end - 1), among: &piece.entries, inColumn: piece.column).trimmingBlanks
            offset = end.end
        }
        return piece
    }

    /// Reads an entry, at whose first byte the reading is.
    private mutating func entry(_ above: [Piece.Line], in piece: Piece) -> Piece.Entry {
        var key: ScalarText?
        var name = ""
        let place = marks[next].contentStart
        if case .mapping = piece.content {
            let mark = marks[next]
            next += 1
            let anchor = anchor(of: mark)
            var style: Mark.ScalarStyle?
            if case .scalar(let text, let written) = mark.kind { (name, style) = (text, written) }
            key = scalar(mark, style, within: piece.column)
            if !anchor.isEmpty { key = key.map { $0.behind(anchor) } }
        }
        let items = gap(to: marks[next].contentStart)
        var entry = Piece.Entry(
            place: place, above: above, key: key, name: name, value: self.piece(within: piece.column))
        entry.place(items)
        return entry
    }

    /// Gives comments to what stands before them, as far as they are its own.
    /// - Parameters:
    ///   - entries: what stands before them, in a mapping or list.
    ///   - column: that of the mapping or list.
    /// - Returns: the rest, which belongs to what comes next.
    private func distribute(
        _ items: [GapItem], among entries: inout [Piece.Entry], inColumn column: Int
    ) -> [Piece.Line] {
        var rest: [Piece.Line] = []
        var pending: [Piece.Line] = []
        var limit = Int.max
        for item in items {
            switch item {
            case .blank: pending = [.blank]
            case .note(let note, let onSameLine):
                let last = entries.count - 1
                if onSameLine, rest.isEmpty, last >= 0, entries[last].addNote(note) { continue }
                rest += pending + [.comment(note.text)]
                pending = []
            case .line(let text, let place):
                let lines = pending + [.comment(text)]
                pending = []
                let last = entries.count - 1
                if rest.isEmpty, last >= 0,
                    entries[last].value.addToFoot(lines, column: place, below: column, limit: &limit)
                {
                    continue
                }
                rest += lines
            }
        }
        return rest + pending
    }

    /// What stands between the last thing read and a place, to which the reading goes.
    private mutating func gap(to place: Int) -> [GapItem] {
        guard place > offset else { return [] }
        defer { offset = place }
        return gaps.items(from: offset, to: place)
    }

    private mutating func scalar(_ mark: Mark, _ style: Mark.ScalarStyle?, within outer: Int) -> ScalarText {
        var end = mark.span.end
        if style == .block, keepsBlankLines(mark.span) { end = endOfBlankLines(from: end) }
        offset = max(offset, end)
        return ScalarText(bytes[mark.span.start..<end], style, within: outer)
    }

    /// True for `|+`, to which empty lines below belong.
    private func keepsBlankLines(_ span: Span) -> Bool {
        let header = bytes[span.start..<span.end].prefix { ![0x0A, 0x0D, UInt8(ascii: "#")].contains($0) }
        return header.contains(UInt8(ascii: "+"))
    }

    private func endOfBlankLines(from start: Int) -> Int {
        var end = start
        var offset = start
        while offset < bytes.count, [0x20, 0x0A, 0x0D].contains(bytes[offset]) {
            offset += 1
            if bytes[offset - 1] != 0x20 { end = offset }
        }
        // The end of the last line is no line of its own.
        if end > start { end -= end - start > 1 && bytes[end - 2] == 0x0D && bytes[end - 1] == 0x0A ? 2 : 1 }
        return end
    }

    private func anchor(of mark: Mark) -> String {
        guard let start = mark.anchorStart else { return "" }
        return bytes[start..<mark.span.start].prefix { $0 > 0x20 && $0 != UInt8(ascii: ",") }.text
    }
}

extension Piece.Entry {
    /// Puts what stands between a key, or a dash, and its value where it can stay.
    fileprivate mutating func place(_ items: [GapItem]) {
        let isAboveLines = key != nil && !value.entries.isEmpty
        var lines: [Piece.Line] = []
        for item in items {
            switch item {
            case .blank: if !lines.isEmpty { lines.append(.blank) }
            case .line(let text, _): lines.append(.comment(text))
            case .note(let found, let onSameLine):
                if onSameLine, isAboveLines, value.head == nil {
                    value.head = found
                } else if onSameLine, key != nil, !isAboveLines, note == nil {
                    note = found
                } else {
                    lines.append(.comment(found.text))
                }
            }
        }
        if isAboveLines {
            value.entries[0].above = lines + value.entries[0].above
        } else {
            above += lines.trimmingBlanks
            raiseComments()
        }
    }

    /// A dash has no line of its own on which comments could stand, and brackets without anything between them have none.
    private mutating func raiseComments() {
        if let head = value.head { above.append(.comment(head.text)) }
        value.head = nil
        if value.entries.isEmpty {
            above += value.foot
            value.foot = []
        } else {
            above += value.entries[0].above.trimmingBlanks
            value.entries[0].above = []
        }
    }
}

extension Mark {
    /// Where its anchor begins, or it itself.
    fileprivate var start: Int { anchorStart ?? span.start }
    /// Where it itself begins.
    fileprivate var contentStart: Int { span.start }
}

extension [Piece.Line] {
    /// Without empty lines at the end.
    fileprivate var trimmingBlanks: [Piece.Line] {
        var lines = self
        while lines.last == .blank { lines.removeLast() }
        return lines
    }
}
