internal import TopoText

extension HTML {
    /// A table with a heading for each column; the first cell of a row is its heading where `hasRowHeads`.
    static func table(_ table: Table, hasRowHeads: Bool = false) -> String {
        let head = table.columns.map { "<th scope=\"col\">\(text($0))</th>" }.joined()
        let rows = table.rows.map { row in
            let cells = row.enumerated().map { index, cell in
                hasRowHeads && index == 0
                    ? "<th scope=\"row\">\(text(cell))" : "<td\(mark(cell))>\(lines(cell))"
            }
            // The end tags of cells and rows may be left out (HTML, 13.1.2.4); in a large table they are a fifth.
            return "<tr>\(cells.joined())"
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
        if cell.begins(with: "no: ") || cell == "no" || cell == "not ok" { return " class=\"bad\"" }
        return cell == "ok" || cell == "yes" || cell == "sí" ? " class=\"good\"" : ""
    }

    private static func lines(_ cell: String) -> String {
        cell.parts(at: "\n").map { text($0) }.joined(separator: "<br>")
    }
}
