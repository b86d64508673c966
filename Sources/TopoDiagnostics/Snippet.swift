/// A line of the source with the marks below it.
struct Snippet {
    /// A label laid out below the line.
    private struct Mark {
        let columns: Range<Int>
        let isPrimary: Bool
        let text: VisibleText

        /// The columns taken, with the text and a space after it.
        var extent: Range<Int> {
            columns.lowerBound..<(columns.upperBound + (text.width == 0 ? 0 : text.width + 1) + 1)
        }
    }

    /// The line.
    let window: LineWindow
    private var marks = [Mark]()

    /// The snippets that show a finding's places, the primary's first, those on one line together.
    static func snippets(of labels: [Diagnostic.Label], in source: SourceFile) -> [Snippet] {
        var snippets = [Snippet]()
        for (index, label) in labels.enumerated() {
            let start = min(label.span.start, source.bytes.count)
            let line = source.line(at: start)
            let place = snippets.firstIndex { $0.window.line == line && $0.window.contains(start) }
            if place == nil { snippets.append(Snippet(window: LineWindow(source, around: start))) }
            snippets[place ?? snippets.count - 1].add(label, isPrimary: index == 0, in: source)
        }
        return snippets
    }

    private init(window: LineWindow) {
        self.window = window
    }

    private mutating func add(_ label: Diagnostic.Label, isPrimary: Bool, in source: SourceFile) {
        let start = window.column(of: label.span.start)
        let end = window.column(of: label.span.end)
        let lastLine = source.line(at: max(label.span.start, label.span.end - 1))
        let remainder = lastLine > window.line ? "(to line \(lastLine))" : ""
        let text = [label.text, remainder].filter { !$0.isEmpty }.joined(separator: " ")
        marks.append(Mark(columns: start..<max(start + 1, end), isPrimary: isPrimary, text: VisibleText(text)))
    }

    /// The lines of marks, without the gutter: each mark in the first line that has room for it.
    func underlines(_ ink: Ink, _ severity: Diagnostic.Severity) -> [String] {
        var rows = [[Mark]]()
        for mark in marks {
            let free = rows.firstIndex { row in !row.contains { $0.extent.overlaps(mark.extent) } }
            if let free { rows[free].append(mark) } else { rows.append([mark]) }
        }
        return rows.map { row in
            var line = ""
            var column = 0
            for mark in row.sorted(by: { $0.columns.lowerBound < $1.columns.lowerBound }) {
                line += String(repeating: " ", count: mark.columns.lowerBound - column)
                let part = mark.isPrimary ? Ink.Part.severity(severity) : .secondary
                let underline = String(repeating: mark.isPrimary ? "^" : "-", count: mark.columns.count)
                let text = mark.text.width == 0 ? "" : " " + mark.text.text
                line += ink.paint(underline + text, part)
                column = mark.extent.upperBound - 1
            }
            return line
        }
    }
}
