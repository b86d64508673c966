/// Text made safe for a place in an HTML document.
enum HTML {
    /// Text between tags, or in an attribute's double quotes.
    static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\u{0}"..."\u{8}", "\u{B}"..."\u{1F}", "\u{7F}"..."\u{9F}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A table with a heading for each column; the first cell of a row is its heading where `hasRowHeads`.
    static func table(_ table: Table, hasRowHeads: Bool = false) -> String {
        let head = table.columns.map { "<th scope=\"col\">\(text($0))</th>" }.joined()
        let rows = table.rows.map { row in
            let cells = row.enumerated().map { index, cell in
                hasRowHeads && index == 0
                    ? "<th scope=\"row\">\(text(cell))</th>" : "<td\(mark(cell))>\(lines(cell))</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(text(table.title))">
            <table id="table-\(text(table.name))">
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }

    /// What a cell says, for its colour; the words are there too.
    private static func mark(_ cell: String) -> String {
        if cell.hasPrefix("no: ") || cell == "not ok" { return " class=\"bad\"" }
        return cell == "ok" || cell == "yes" ? " class=\"good\"" : ""
    }

    private static func lines(_ cell: String) -> String {
        cell.split(separator: "\n", omittingEmptySubsequences: false).map { text(String($0)) }.joined(separator: "<br>")
    }
}
