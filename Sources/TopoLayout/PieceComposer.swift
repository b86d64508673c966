internal import TopoDiagnostics
internal import TopoSyntax

/// Makes pieces of values, with the comments that stand at their places in a file.
struct PieceComposer {
    /// The comments of a key, or of a list's value.
    private struct Comments {
        let above: [Piece.Line]
        let note: Piece.Note?
        let head: Piece.Note?
        let foot: [Piece.Line]
    }

    /// A place in the file; a list's value may begin where its first key does.
    private struct Place: Hashable {
        let offset: Int
        let isKey: Bool
    }

    private let source: SourceFile
    private let file: Piece.Entry
    /// Those that have not been used.
    private var comments: [Place: Comments] = [:]

    /// Takes the pieces of the file that the values are from.
    init(_ source: SourceFile, comments file: Piece.Entry) {
        self.source = source
        self.file = file
        collect(file.value)
    }

    private mutating func collect(_ piece: Piece) {
        for entry in piece.entries {
            comments[Place(offset: entry.place, isKey: entry.key != nil)] = Comments(
                above: entry.above, note: entry.note, head: entry.value.head, foot: entry.value.foot)
            collect(entry.value)
        }
    }

    /// The file's only value, with what stands above it.
    mutating func root(_ node: Node) -> Piece.Entry {
        var value = piece(node)
        (value.head, value.foot) = (file.value.head, file.value.foot)
        return Piece.Entry(place: 0, above: file.above, key: nil, name: "", value: value, note: file.note)
    }

    private mutating func piece(_ node: Node) -> Piece {
        switch node.content {
        case .scalar(let text, let isQuoted):
            return piece(.scalar(ScalarText(writing: text, isQuoted: isQuoted)))
        case .sequence(let items):
            var piece = piece(.sequence)
            let places = items.map { source.written($0.span).start }
            for (index, item) in items.enumerated() {
                let isFirst = index == 0 || places[index - 1] != places[index]
                let isSeveral = index + 1 < items.count && places[index + 1] == places[index]
                let origin = isFirst && isSeveral && item.isMapping ? self.origin(places[index], "") : nil
                piece.entries.append(entry(item, at: Place(offset: places[index], isKey: false), key: nil, origin))
            }
            return piece
        case .mapping(let entries):
            var piece = piece(.mapping)
            for item in entries {
                let span = source.written(item.keySpan)
                let written = source.text(of: span)
                let isRange = zip(written.utf8, written.utf8.dropFirst()).contains { $0 == 0x2E && $1 == 0x2E }
                let place = Place(offset: span.start, isKey: true)
                // What stands for another word is made of it: a bridge of a network.
                let isMade =
                    item.value.isMapping && !written.utf8.elementsEqual(item.key.utf8)
                    && written.utf8.first.map { $0 != 0x22 && $0 != 0x27 } ?? false
                let origin =
                    (isRange || isMade) && comments[place] != nil ? self.origin(span.start, ": \(written)") : nil
                piece.entries.append(entry(item.value, at: place, key: item.key, origin))
            }
            return piece
        }
    }

    private func piece(_ content: Piece.Content) -> Piece {
        Piece(anchor: "", content: content, hasBrackets: false, column: 0)
    }

    /// `# from line 12: c1..c20`
    private func origin(_ offset: Int, _ text: String) -> Piece.Line {
        .comment("# from line \(source.line(at: offset))\(text)")
    }

    private mutating func entry(_ node: Node, at place: Place, key: String?, _ origin: Piece.Line?) -> Piece.Entry {
        let found = comments.removeValue(forKey: place)
        var value = piece(node)
        value.head = found?.head
        value.foot = found?.foot ?? []
        return Piece.Entry(
            place: place.offset, above: (found?.above ?? []) + (origin.map { [$0] } ?? []),
            key: key.map {
                ScalarText(Array($0.asKeyText.utf8)[...], $0.asKeyText == $0 ? .plain : .quoted, within: 0)
            },
            name: key ?? "", value: value, note: found?.note)
    }
}

extension Node {
    fileprivate var isMapping: Bool { if case .mapping = content { true } else { false } }
}
