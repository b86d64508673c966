internal import TopoText

/// A text as a quoted string of the DOT language that Graphviz shows as it is.
///
/// Three readers are behind each other: the language, in which `"` and `\` are special; the label's escapes (`\N`,
/// `\G`, `\n`), to which `\\` is a backslash; and HTML entities, which Graphviz replaces in every label and tooltip.
func dotString(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": quoted += "\\\""
        case "\\": quoted += "\\\\"
        case "&": quoted += "&amp;"
        case "\n": quoted += "\\n"
        default: quoted += standIn(for: scalar, isMarkup: false)
        }
    }
    return quoted + "\""
}

/// A text within an HTML-like label, in which it shows as it is; never empty, which some elements may not be.
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
        case "\n": escaped += "<BR/>"
        default: escaped += standIn(for: scalar, isMarkup: true)
        }
    }
    return escaped.isEmpty ? "&#160;" : escaped
}

/// A node's identifier from its kinds and names, outermost first: `"host:host1/bridge:lxdbr0"`.
///
/// What could end a part, or mean something to DOT or to the SVG's XML, is percent-encoded, so that different names
/// have different identifiers and nothing is left to escape.
func dotID(_ path: [(kind: String, name: String)]) -> String { "\"\(identifier(path))\"" }

/// The identifier that a thing has in a figure's SVG: the view's name, then as `dotID`; without spaces, which HTML does
/// not have in identifiers.
func svgID(_ view: FigureView, _ path: [(kind: String, name: String)]) -> String {
    "\"\(encoded(view.name))/\(identifier(path))\"".replacing(" ", with: "%20")
}

func identifier(_ path: [(kind: String, name: String)]) -> String {
    path.map { "\($0.kind):\(encoded($0.name))" }.joined(separator: "/")
}

private func encoded(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
        if "%/\"\\&<>".unicodeScalars.contains(scalar) || shown(scalar) != scalar {
            for byte in String(scalar).utf8 {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        } else {
            text.unicodeScalars.append(scalar)
        }
    }
    return text
}

/// A scalar as labels show it: controls and bidirectional formatting as in messages, a space for tabs and line ends.
private func standIn(for scalar: Unicode.Scalar, isMarkup: Bool) -> String {
    switch scalar {
    case "\t", "\n", "\r": return " "
    default:
        guard let text = TopoText.standIn(for: scalar) else { return String(String.UnicodeScalarView([shown(scalar)])) }
        return isMarkup ? dotHTML(text) : text
    }
}

/// A scalar, or what stands for it where XML 1.0 cannot say it: a space for tabs and line ends, else U+FFFD.
private func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\t", "\n", "\r": " "
    // Nearly all: no need to ask Unicode's tables.
    case " "..."~": scalar
    case _ where scalar.properties.generalCategory == .control || scalar.properties.isNoncharacterCodePoint: "\u{FFFD}"
    default: scalar
    }
}
