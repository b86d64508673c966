/// A value as it is written, with the comments in and below it.
struct Piece {
    /// What is written.
    enum Content {
        /// A scalar or an alias.
        case scalar(ScalarText)
        /// Lines or brackets with `key: value`.
        case mapping
        /// Lines or brackets with values.
        case sequence
    }

    /// A comment on a line of its own, or an empty line.
    enum Line: Equatable {
        case blank
        case comment(String)
    }

    /// A comment at the end of a line.
    struct Note {
        /// From its `#` on.
        let text: String
        /// The scalars before it on its line; nil where a tab is just before it.
        let column: Int?
    }

    /// Something in a mapping or list.
    struct Entry {
        /// Where its key begins in the file, or a list's value.
        let place: Int
        /// What stands above it.
        var above: [Line]
        /// In a mapping the key as it is written; in a list nothing.
        let key: ScalarText?
        /// The key's text, unescaped.
        let name: String
        /// Its value.
        var value: Piece
        /// The comment behind it.
        var note: Note?
    }

    /// `&name`, or nothing.
    let anchor: String
    /// What is written.
    let content: Content
    /// What is in a mapping or list.
    var entries: [Entry] = []
    /// True for a mapping or list in brackets.
    let hasBrackets: Bool
    /// The scalars before the keys or dashes on their lines, of a mapping or list without brackets.
    let column: Int
    /// The comment behind the key, above a mapping or list.
    var head: Note?
    /// What stands below the last entry, and belongs to this mapping or list.
    var foot: [Line] = []

    /// True for a mapping or list in lines.
    var isInLines: Bool {
        switch content {
        case .scalar: false
        case .mapping, .sequence: !hasBrackets
        }
    }

    /// True for a mapping or list without anything in it.
    var isEmpty: Bool {
        switch content {
        case .scalar: false
        case .mapping, .sequence: entries.isEmpty
        }
    }

    /// Adds lines at the foot of the innermost mapping or list at whose end they can stand.
    /// - Parameters:
    ///   - lines: comments, and empty lines above them.
    ///   - column: where they were.
    ///   - outer: the column of what is around it all.
    ///   - limit: the innermost column that is allowed, since comments above are there.
    /// - Returns: false where there is no such mapping or list.
    mutating func addToFoot(_ lines: [Line], column: Int, below outer: Int, limit: inout Int) -> Bool {
        // A list may stand in the column of its key.
        guard isInLines, !entries.isEmpty, self.column >= outer else { return false }
        let last = entries.count - 1
        if entries[last].value.addToFoot(lines, column: column, below: self.column, limit: &limit) { return true }
        guard self.column > outer, self.column <= column, self.column <= limit else { return false }
        limit = self.column
        foot += lines
        return true
    }

    /// Adds a comment behind the last line; false where one is there already.
    mutating func addNote(_ note: Note) -> Bool {
        guard isInLines, !entries.isEmpty else { return false }
        return entries[entries.count - 1].addNote(note)
    }
}

extension Piece.Entry {
    /// Adds a comment behind the last line; false where one is there already.
    mutating func addNote(_ note: Piece.Note) -> Bool {
        if value.isInLines, !value.entries.isEmpty { return value.addNote(note) }
        guard self.note == nil else { return false }
        self.note = note
        return true
    }

    /// The comment behind it, or behind the last thing in it.
    var lastNote: Piece.Note? { note ?? value.entries.last?.lastNote }

    /// True where both have a comment, which one line cannot.
    var hasTwoNotes: Bool { note != nil && value.entries.last?.lastNote != nil }
}
