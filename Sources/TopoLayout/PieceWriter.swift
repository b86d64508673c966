/// Writes a file's pieces in the one layout.
struct PieceWriter {
    /// The lines so far, without their ends.
    private(set) var lines: [String] = []

    /// The most columns of a value that stays on one line.
    private static let width = 100
    /// The spaces by which what is inside stands further right.
    private static let step = 2

    /// Writes the file's only value, and what stands above it.
    mutating func write(_ root: Piece.Entry, _ shape: Shape) {
        write(root.above, indent: 0)
        if let head = root.value.head { write([.comment(head.text)], indent: 0) }
        if !root.value.anchor.isEmpty { lines.append(root.value.anchor) }
        if case .scalar(let text) = root.value.content {
            write(text, after: "", note: root.note, indent: 0)
        } else if root.value.entries.isEmpty {
            append(root.value.brackets, note: root.note)
        } else {
            write(root.value, shape, indent: 0)
        }
        write(root.value.foot, indent: 0)
    }

    /// Writes what is in a mapping or list, a line at least for each.
    /// - Parameter start: what the first line begins with, in place of blanks.
    private mutating func write(_ piece: Piece, _ shape: Shape, indent: Int, start: String? = nil) {
        var start = start
        for var entry in piece.entries {
            write(entry.above, indent: indent)
            // A dash has no line of its own for one of them.
            if entry.key == nil, entry.hasTwoNotes, let note = entry.note {
                write([.comment(note.text)], indent: indent)
                entry.note = nil
            }
            let blanks = start ?? String(repeating: " ", count: indent)
            start = nil
            if let key = entry.key {
                write(entry, shape.value(ofKey: entry.name), after: blanks + key.asKey, indent: indent)
            } else {
                write(entry, shape.item, after: blanks + "-", indent: indent)
            }
        }
    }

    /// Writes an entry's value behind its key or dash.
    private mutating func write(_ entry: Piece.Entry, _ shape: Shape, after opening: String, indent: Int) {
        let value = entry.value
        let start = value.anchor.isEmpty ? opening : "\(opening) \(value.anchor)"
        if case .scalar(let text) = value.content {
            write(text, after: start, note: entry.note, indent: indent)
        } else if value.entries.isEmpty {
            append("\(start) \(value.brackets)", note: entry.note)
        } else if !entry.hasTwoNotes,
            let text = line(of: value, shape, upTo: PieceWriter.width - start.unicodeScalars.count - 1)
        {
            append("\(start) \(text)", note: entry.lastNote)
        } else {
            writeLines(of: entry, shape, after: start, indent: indent)
        }
    }

    private mutating func writeLines(of entry: Piece.Entry, _ shape: Shape, after start: String, indent: Int) {
        let value = entry.value
        let inner = indent + PieceWriter.step
        if entry.key == nil, value.anchor.isEmpty {
            if let note = entry.note { write([.comment(note.text)], indent: indent) }
            write(value, shape, indent: inner, start: start + " ")
        } else {
            let head = value.head ?? entry.note
            append(start, note: value.hasBrackets ? head.map { .init(text: $0.text, column: nil) } : head)
            if value.head != nil, let note = entry.note { write([.comment(note.text)], indent: inner) }
            write(value, shape, indent: inner)
        }
        write(value.foot, indent: inner)
    }

    private mutating func write(_ text: ScalarText, after start: String, note: Piece.Note?, indent: Int) {
        guard !text.isEmpty else { return append(start, note: note) }
        let first = start.isEmpty ? text.first : "\(start) \(text.first)"
        guard !text.rest.isEmpty else { return append(first, note: note) }
        lines.append(first)
        let blanks = String(repeating: " ", count: indent + (text.indentation ?? PieceWriter.step))
        for line in text.rest.dropLast() { lines.append(line.isEmpty ? "" : blanks + line) }
        let last = text.rest[text.rest.count - 1]
        append(last.isEmpty ? "" : blanks + last, note: note)
    }

    private mutating func write(_ above: [Piece.Line], indent: Int) {
        for line in above {
            switch line {
            case .blank: if lines.last?.isEmpty == false { lines.append("") }
            case .comment(let text): lines.append(String(repeating: " ", count: indent) + text)
            }
        }
    }

    /// Adds a line with its comment, which stays in its column where the line leaves that free.
    private mutating func append(_ line: String, note: Piece.Note?) {
        guard let note else { return lines.append(line) }
        let width = line.unicodeScalars.count
        let blanks = note.column.map { $0 > width ? $0 - width : 2 } ?? 2
        lines.append(line + String(repeating: " ", count: blanks) + note.text)
    }
}

extension PieceWriter {
    /// A value on one line, in brackets and without its anchor; nil where it takes more columns, or cannot stand so.
    private func line(of piece: Piece, _ shape: Shape, upTo width: Int) -> String? {
        guard width > 0 else { return nil }
        if case .scalar(let text) = piece.content { return text.inBrackets }
        guard !piece.entries.isEmpty else { return piece.brackets }
        guard !shape.isSection, piece.head == nil, piece.foot.isEmpty else { return nil }
        var parts: [String] = []
        var length = 2
        for (place, entry) in piece.entries.enumerated() {
            let isLast = place == piece.entries.count - 1
            guard !entry.above.contains(where: { $0 != .blank }), isLast || entry.lastNote == nil else { return nil }
            guard !entry.hasTwoNotes else { return nil }
            guard let part = part(entry, shape, upTo: width - length) else { return nil }
            length += part.unicodeScalars.count + 2
            parts.append(part)
        }
        let text = parts.joined(separator: ", ")
        let isMapping = if case .mapping = piece.content { true } else { false }
        let whole = isMapping ? "{\(text)}" : "[\(text)]"
        return whole.unicodeScalars.count <= width ? whole : nil
    }

    private func part(_ entry: Piece.Entry, _ shape: Shape, upTo width: Int) -> String? {
        guard entry.key == nil || entry.key?.inBrackets != nil else { return nil }
        let start = [entry.key?.asKey, entry.value.anchor].compactMap { $0?.isEmpty == false ? $0 : nil }
        let inner = entry.key == nil ? shape.item : shape.value(ofKey: entry.name)
        return line(of: entry.value, inner, upTo: width).map { (start + [$0]).joined(separator: " ") }
    }
}

extension Piece {
    /// The brackets of a mapping or list without anything in it.
    fileprivate var brackets: String {
        switch content {
        case .mapping: "{}"
        case .sequence: "[]"
        case .scalar: ""
        }
    }
}

extension ScalarText {
    /// A key with its colon; to libyaml the colon just behind an alias is part of the alias's name.
    fileprivate var asKey: String { style == nil ? "\(first) :" : "\(first):" }
}
