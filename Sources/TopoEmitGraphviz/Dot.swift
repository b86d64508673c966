/// A text as a quoted string of the DOT language: only `"` and `\` are special in it, and `\N`, `\G` and their like,
/// which Graphviz would replace in labels, become plain.
func dotString(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": quoted += "\\\""
        case "\\": quoted += "\\\\"
        case _ where scalar.properties.generalCategory == .control: quoted += " "
        default: quoted.unicodeScalars.append(scalar)
        }
    }
    return quoted + "\""
}

/// A text within an HTML-like label, where `&`, `<`, `>` and `"` are special.
func dotHTML(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        // Twice, or Graphviz would read \N as the node's name here too.
        case "\\": escaped += "\\\\"
        case _ where scalar.properties.generalCategory == .control: escaped += " "
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}

/// How a kind of thing is drawn: light fills that print well, strokes from a palette that colour-blind people can tell apart.
enum Look {
    case container
    case bridge
    case nic
    case tunnel
    case router
    case lan
    case subnet

    /// The colour of the frame.
    var stroke: String {
        switch self {
        case .container: "#009E73"
        case .bridge: "#0072B2"
        case .nic: "#555555"
        case .tunnel: "#D55E00"
        case .router: "#9A4F7E"
        case .lan, .subnet: "#B07A00"
        }
    }

    /// The colour within.
    var fill: String {
        switch self {
        case .container: "#E8F5F0"
        case .bridge: "#E3EEF7"
        case .nic: "#F2F2F2"
        case .tunnel: "#FBEBE1"
        case .router: "#F6EAF1"
        case .lan, .subnet: "#FFF6DD"
        }
    }
}

/// A box with a name and smaller lines below it.
struct Box {
    let look: Look
    /// A word before the name that says what it is: `bridge`, `LAN`.
    let kind: String?
    let name: String
    let lines: [String]
    var isRounded = false

    /// The HTML-like label.
    var label: String {
        let style = isRounded ? " STYLE=\"ROUNDED\"" : ""
        let title = (kind.map { "<FONT POINT-SIZE=\"9\">\(dotHTML($0)) </FONT>" } ?? "") + "<B>\(dotHTML(name))</B>"
        let rows = lines.map { "<TR><TD BORDER=\"0\"><FONT POINT-SIZE=\"9\">\(dotHTML($0))</FONT></TD></TR>" }
        return "<<TABLE BORDER=\"1\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"3\" COLOR=\"\(look.stroke)\" "
            + "BGCOLOR=\"\(look.fill)\"\(style)><TR><TD BORDER=\"0\">\(title)</TD></TR>\(rows.joined())</TABLE>>"
    }

    /// The statement that draws it.
    func statement(_ id: String) -> String {
        "\(dotString(id)) [label=\(label), tooltip=\(dotString(([name] + lines).joined(separator: ", ")))]"
    }
}
