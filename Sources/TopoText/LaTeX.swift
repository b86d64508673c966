/// Text that comes from a topology, made safe for LaTeX.
public enum LaTeX {
    /// Running text. pdfLaTeX's fonts have Latin letters; any other sign is told by its number.
    public static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\textbackslash{}"
            case "{", "}", "$", "&", "#", "%", "_": result += "\\\(scalar)"
            case "~": result += "\\textasciitilde{}"
            case "^": result += "\\textasciicircum{}"
            case "<": result += "\\textless{}"
            case ">": result += "\\textgreater{}"
            case "|": result += "\\textbar{}"
            case "\"": result += "''"
            case "`": result += "\\`{}"
            case "-": result += "{-}"
            case "–": result += "--"
            case "…": result += "\\ldots{}"
            case "·": result += "$\\cdot$"
            // Addresses and names may break where people would break them.
            case ":", "/": result += "\(scalar)\\allowbreak{}"
            case "\n", "\r", "\t": result += " "
            case _ where standIn(for: scalar) != nil: result += LaTeX.text(number(of: scalar))
            case _ where isBeyond(scalar): result += "[U+\(String(scalar.value, radix: 16, uppercase: true))]"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether T1 fonts have no such sign.
    private static func isBeyond(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.isASCII && !(scalar.value <= 0x17F && scalar.properties.isAlphabetic)
    }

    /// A file's name for `\includegraphics`: one of LaTeX's own letters, as the command makes them.
    public static func path(_ path: String) -> String {
        let plain = path.utf8.filter { !"{}%#\\\n".utf8.contains($0) }
        return "\\detokenize{" + String(decoding: plain, as: UTF8.self) + "}"
    }
}
