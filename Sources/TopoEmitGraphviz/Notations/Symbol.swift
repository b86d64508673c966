/// The symbols that network figures are drawn with, made of the cells and signs that DOT has, so that each format of a
/// figure shows them and none needs a picture beside it.
///
/// The signs are of WGL4, the set of letters that plain systems' fonts have.
enum Symbol {
    /// A round with arrows to all sides.
    case router
    /// A box with arrows both ways.
    case bridge
    /// A shipping container.
    case container
    /// A computer.
    case host
    /// Stations on a line.
    case lan

    /// The symbol as a table of an HTML-like label, in a colour.
    func table(_ color: String) -> String {
        switch self {
        case .router:
            Symbol.frame(color, " STYLE=\"ROUNDED\"", 28, 28, Symbol.signs(["↑", "← →", "↓"], 26, 26, size: 7, color))
        case .bridge: Symbol.frame(color, "", 26, 22, Symbol.signs(["→ →", "← ←"], 24, 20, size: 8, color))
        case .container:
            Symbol.frame(
                color, "", 22, 14, Array(repeating: Symbol.cell(4, 12), count: 5).joined(separator: "<VR/>"))
        case .host: Symbol.host(color)
        case .lan: Symbol.lan(color)
        }
    }

    /// A table of a fixed size in points: others grow with the cell that they are in.
    static func table(_ attributes: String, _ width: Int, _ height: Int, _ rows: [String]) -> String {
        "<TABLE\(attributes) CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\" FIXEDSIZE=\"TRUE\""
            + " WIDTH=\"\(width)\" HEIGHT=\"\(height)\">" + rows.map { "<TR>\($0)</TR>" }.joined() + "</TABLE>"
    }

    private static func frame(_ color: String, _ style: String, _ width: Int, _ height: Int, _ cells: String) -> String
    {
        table(" BORDER=\"1\" COLOR=\"\(color)\"\(style)", width, height, [cells])
    }

    private static func signs(_ lines: [String], _ width: Int, _ height: Int, size: Int, _ color: String) -> String {
        "<TD WIDTH=\"\(width)\" HEIGHT=\"\(height)\"><FONT POINT-SIZE=\"\(size)\" COLOR=\"\(color)\">\(lines.joined(separator: "<BR/>"))</FONT></TD>"
    }

    /// A cell of a fixed size in points, empty or filled.
    static func cell(_ width: Int, _ height: Int, _ color: String? = nil, columns: Int = 1) -> String {
        let fill = color.map { " BGCOLOR=\"\($0)\"" } ?? ""
        let span = columns > 1 ? " COLSPAN=\"\(columns)\"" : ""
        return "<TD\(span) WIDTH=\"\(width)\" HEIGHT=\"\(height)\" FIXEDSIZE=\"TRUE\"\(fill)></TD>"
    }

    private static func host(_ color: String) -> String {
        let screen =
            "<TD COLSPAN=\"5\" WIDTH=\"20\" HEIGHT=\"12\" FIXEDSIZE=\"TRUE\" BORDER=\"2\" COLOR=\"\(color)\"></TD>"
        return table(
            " BORDER=\"0\"", 20, 17,
            [
                screen, cell(8, 3, columns: 2) + cell(4, 3, color) + cell(8, 3, columns: 2),
                cell(4, 2) + cell(12, 2, color, columns: 3) + cell(4, 2),
            ])
    }

    private static func lan(_ color: String) -> String {
        let station = cell(7, 5, color, columns: 3)
        let drop = cell(3, 3) + cell(1, 3, color) + cell(3, 3)
        return table(
            " BORDER=\"0\"", 27, 18,
            [
                cell(2, 5) + station + cell(9, 5, columns: 5) + station + cell(2, 5),
                cell(2, 3) + drop + cell(9, 3, columns: 5) + drop + cell(2, 3),
                cell(27, 2, color, columns: 13),
                cell(10, 3, columns: 5) + drop + cell(10, 3, columns: 5),
                cell(10, 5, columns: 5) + station + cell(10, 5, columns: 5),
            ])
    }
}
