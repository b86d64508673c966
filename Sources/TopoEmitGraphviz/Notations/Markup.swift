internal import TopoText

/// Text of an HTML-like label, escaped already.
struct Markup {
    /// The label's source.
    let source: String

    /// A name.
    static func name(_ text: String) -> Markup { Markup(source: "<B>\(DOT.html(text))</B>") }
    /// A value.
    static func text(_ text: String) -> Markup { Markup(source: DOT.html(text)) }
    /// What is read last: a MAC, a number of a port.
    static func small(_ text: String) -> Markup { Markup(source: "<FONT POINT-SIZE=\"8\">\(DOT.html(text))</FONT>") }
    /// A kind and a name on one line: bridge **lxdbr0**.
    static func name(_ text: String, kind: String?) -> Markup {
        guard let kind else { return name(text) }
        return Markup(source: "\(DOT.html(kind)) \(name(text).source)")
    }
}

/// A cell of a label's table.
struct Cell {
    let lines: [Markup]
    /// What edges call it; nil where none ends at it.
    var port: String?
    var attributes = ""
    /// A symbol's table, drawn before the lines.
    var symbol: String?
    /// A hatch's table, drawn behind the lines.
    var hatch: String?

    /// The cell's element.
    var source: String {
        let port = port.map { " PORT=\"\($0)\"" } ?? ""
        let text = lines.map(\.source).joined(separator: "<BR/>")
        let parts = [symbol, text, hatch].compactMap { $0 }
        guard parts.count > 1 else { return "<TD\(port)\(attributes)>\(text)</TD>" }
        return "<TD\(port)\(attributes)><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\"><TR>"
            + parts.map { "<TD>\($0)</TD>" }.joined() + "</TR></TABLE></TD>"
    }
}

/// A box of rows of cells, drawn in a look.
struct Box {
    let look: Look
    let theme: Theme
    let rows: [[Cell]]
    var isRounded = false
    /// Whether it is somebody else's: drawn dashed.
    var isForeign = false
    /// Its ground; the look's where nil.
    var fill: String?

    /// The HTML-like label.
    var label: String { "<\n\(table)\n    >" }

    /// The table, without what makes it a label.
    var table: String {
        let styles = (isRounded ? ["ROUNDED"] : []) + (isForeign ? ["DASHED"] : [])
        let style = styles.isEmpty ? "" : " STYLE=\"\(styles.joined(separator: ","))\""
        let lines = rows.map { row in
            row.count == 1 ? single(row) : "        <TR><TD CELLPADDING=\"0\">\(nested(row))</TD></TR>"
        }
        return """
                <TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="3" COLOR="\(look.stroke(theme))" BGCOLOR="\(fill ?? look.fill(theme))"\(style)>
            \(lines.joined(separator: "\n        <HR/>\n"))
                </TABLE>
            """
    }

    private func single(_ row: [Cell]) -> String { "        <TR>\(row.map(\.source).joined())</TR>" }

    /// Cells side by side in a table of their own, since rows of one table share their columns' widths.
    private func nested(_ row: [Cell]) -> String {
        let cells = row.map(\.source).joined(separator: "<VR/>\n            ")
        return
            "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"3\" COLOR=\"\(look.stroke(theme))\"><TR>\n            "
            + "\(cells)</TR></TABLE>"
    }
}
