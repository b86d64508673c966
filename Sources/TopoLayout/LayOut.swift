public import TopoDiagnostics
internal import TopoLower
internal import TopoSyntax

/// Lays a topology file out in the one way, without a change of what it says.
///
/// Each value is written as its bytes are in the file; only the blanks, line ends and brackets between values are new.
/// - Precondition: ``TopoSyntax/read(_:)`` finds no errors in the file.
/// - Returns: the file; nil where it cannot be laid out so that it says the same.
public func layOut(_ source: SourceFile) -> SourceFile? {
    guard let marks = marks(of: source), !marks.isEmpty, let before = read(source).output else { return nil }
    var reader = PieceReader(source, marks)
    let root = reader.root()
    var writer = PieceWriter()
    writer.write(root, .element(.topology))
    let end = source.lineEnd
    let text = writer.lines.joined(separator: end)
    let mark: [UInt8] = source.byteOrderMarkLength > 0 ? [0xEF, 0xBB, 0xBF] : []
    // A text in a block that ends with the file has no line end, and would get one.
    for ending in [end, ""] {
        let laidOut = SourceFile(path: source.path, bytes: mark + text.utf8 + ending.utf8)
        if let after = read(laidOut).output, after.says(before) { return laidOut }
    }
    return nil
}

extension SourceFile {
    /// How its lines end: as the first does.
    fileprivate var lineEnd: String {
        guard let first = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }), bytes[first] == 0x0D else {
            return "\n"
        }
        return first + 1 < bytes.count && bytes[first + 1] == 0x0A ? "\r\n" : "\n"
    }
}

extension Node {
    /// True where another value is the same, wherever it stands.
    func says(_ other: Node) -> Bool {
        switch (content, other.content) {
        case (.scalar(let text, let isQuoted), .scalar(let otherText, let isOtherQuoted)):
            text.utf8.elementsEqual(otherText.utf8) && isQuoted == isOtherQuoted
        case (.sequence(let items), .sequence(let others)):
            items.count == others.count && zip(items, others).allSatisfy { $0.says($1) }
        case (.mapping(let entries), .mapping(let others)):
            entries.count == others.count
                && zip(entries, others).allSatisfy { $0.key.utf8.elementsEqual($1.key.utf8) && $0.value.says($1.value) }
        case (.scalar, _), (.sequence, _), (.mapping, _): false
        }
    }
}
