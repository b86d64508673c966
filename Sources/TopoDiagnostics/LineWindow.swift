/// A line of the source as it is shown, whole or cut around a place, and which column shows which byte.
struct LineWindow {
    /// The line's number, from 1.
    let line: Int
    /// What is written of it.
    private(set) var shown = VisibleText()
    /// The bytes that are shown.
    let bytes: Span
    /// The first byte and the first column of each scalar shown, in order.
    private var cells = [(offset: Int, column: Int)]()
    /// The line's end in the file.
    private let lineEnd: Int

    /// The most columns of a line.
    static let maximumWidth = 120
    /// The columns kept in front of a place where a line is cut.
    private static let leadingWidth = 40

    /// Shows the line that holds the byte at `focus`.
    init(_ source: SourceFile, around focus: Int) {
        line = source.line(at: focus)
        var whole = source.span(ofLine: line)
        if whole.start == 0 { whole = Span(min(source.byteOrderMarkLength, whole.end), whole.end) }
        lineEnd = whole.end
        bytes = Self.window(of: whole, in: source, around: min(max(focus, whole.start), whole.end))
        if bytes.start > whole.start { shown.append(literally: "…", width: 1) }
        var offset = bytes.start
        while offset < bytes.end {
            cells.append((offset, shown.width))
            let step = source.scalar(at: offset)
            shown.append(step.scalar ?? "\u{FFFD}")
            offset += step.length
        }
        cells.append((bytes.end, shown.width))
        if bytes.end < whole.end { shown.append(literally: "…", width: 1) }
    }

    /// True where the place can be marked: it is shown, or is where the line ends.
    func contains(_ offset: Int) -> Bool {
        bytes.start <= offset && (offset < bytes.end || bytes.end == lineEnd)
    }

    /// The column, from 0, of the byte at `offset`; of one that is not shown, of the nearest end.
    func column(of offset: Int) -> Int {
        var low = 0
        var high = cells.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if cells[middle].offset <= offset { low = middle } else { high = middle }
        }
        return cells[low].column
    }

    /// The part of a line that fits. It walks from the place outwards, since a line may have megabytes.
    private static func window(of line: Span, in source: SourceFile, around focus: Int) -> Span {
        var start = focus
        var end = focus
        var width = 0
        func goBack(to limit: Int) {
            while start > line.start {
                let previous = scalarStart(before: start, in: source, notBefore: line.start)
                let columns = self.width(at: previous, in: source)
                guard width + columns <= limit else { return }
                width += columns
                start = previous
            }
        }
        goBack(to: leadingWidth)
        while end < line.end {
            let columns = self.width(at: end, in: source)
            guard width + columns <= maximumWidth else { break }
            width += columns
            end += source.scalar(at: end).length
        }
        // The end of the line left room: show more of what is in front.
        if end == line.end { goBack(to: maximumWidth) }
        return Span(start, end)
    }

    private static func width(at offset: Int, in source: SourceFile) -> Int {
        var text = VisibleText()
        text.append(source.scalar(at: offset).scalar ?? "\u{FFFD}")
        return text.width
    }

    private static func scalarStart(before offset: Int, in source: SourceFile, notBefore limit: Int) -> Int {
        for length in 1...4 where offset - length >= limit {
            let step = source.scalar(at: offset - length)
            if step.scalar != nil, step.length == length { return offset - length }
        }
        return offset - 1
    }
}
