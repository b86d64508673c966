/// Texts of Graphviz's DOT language.
public enum DOT {
    /// A text as a quoted string of the DOT language that Graphviz shows as it is.
    ///
    /// Three readers are behind each other: the language, in which `"` and `\` are special; the label's escapes (`\N`,
    /// `\G`, `\n`), to which `\\` is a backslash; and HTML entities, which Graphviz replaces in every label and tooltip.
    public static func string(_ text: String) -> String {
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
    public static func html(_ text: String) -> String {
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

    /// A name as a part of an identifier: what could end the part, or mean something to DOT or to the SVG's XML, is
    /// percent-encoded, so that different names have different identifiers and nothing is left to escape.
    public static func identifier(_ name: String) -> String {
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
    private static func standIn(for scalar: Unicode.Scalar, isMarkup: Bool) -> String {
        switch scalar {
        case "\t", "\n", "\r": return " "
        default:
            guard let text = TopoText.standIn(for: scalar) else {
                return String(String.UnicodeScalarView([shown(scalar)]))
            }
            return isMarkup ? DOT.html(text) : text
        }
    }

    /// A scalar, or what stands for it where XML 1.0 cannot say it: a space for tabs and line ends, else U+FFFD.
    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "\t", "\n", "\r": " "
        // Nearly all: no need to ask Unicode's tables.
        case " "..."~": scalar
        case _ where scalar.properties.generalCategory == .control || scalar.properties.isNoncharacterCodePoint:
            "\u{FFFD}"
        default: scalar
        }
    }
}
