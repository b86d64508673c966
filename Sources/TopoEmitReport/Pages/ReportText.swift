internal import TopoPlan
internal import TopoText

extension Report {
    /// The report in Markdown (CommonMark with tables, as Git forges read it).
    public var markdown: String {
        var parts = ["# \(Markdown.text(plan.title))"]
        if let description = plan.description { parts.append(Markdown.text(description)) }
        parts += notes.map(Markdown.text)
        for figure in figures {
            guard let file = figure.file else { continue }
            // In angle brackets a place may have spaces, and none of these.
            let place = visible(file).replacingBytes("<", with: "").replacingBytes(">", with: "")
            parts.append(
                "![\(Markdown.text(figure.title)) \(words.say("of", "de")) \(Markdown.text(plan.title))](<\(place)>)")
        }
        for table in tables {
            parts.append("## \(Markdown.text(table.title))")
            if !table.note.isEmpty { parts.append(Markdown.text(table.note)) }
            parts.append(table.rows.isEmpty ? words.say("None.", "No hay.") : table.markdown)
        }
        return parts.joined(separator: "\n\n") + "\n"
    }
}

extension Table {
    /// The table in Markdown.
    fileprivate var markdown: String {
        let lines = [columns, columns.map { _ in "---" }].enumerated().map { index, cells in
            "| " + cells.map { index == 0 ? Markdown.text($0) : $0 }.joined(separator: " | ") + " |"
        }
        return (lines + rows.map { row in "| " + row.map(Markdown.text).joined(separator: " | ") + " |" })
            .joined(separator: "\n")
    }

    /// The table as comma-separated values (RFC 4180), its columns' headings first.
    public var csv: String {
        ([columns] + rows).map(CSV.line).joined()
    }
}
