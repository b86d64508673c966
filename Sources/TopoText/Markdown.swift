/// A topology's text, made safe for a place in a Markdown document (CommonMark 0.31).
public enum Markdown {
    /// Running text, also in a table's cell: no byte of it means anything to Markdown, and it is one line.
    public static func text(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\r", "\t": result.append(" ")
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "!", "|", "~", "$":
                result.append("\\")
                result.append(scalar)
            default:
                if let standIn = standIn(for: scalar) {
                    result.append(contentsOf: Markdown.text(standIn).unicodeScalars)
                } else {
                    result.append(scalar)
                }
            }
        }
        return String(result)
    }

    /// A code span: it begins and ends with more backticks than the text has in a row. A bar is escaped for tables.
    public static func code(_ text: String) -> String {
        let oneLine = text.replacingBytes("\n", with: " ").replacingBytes("\r", with: " ")
        let line = visible(oneLine).replacingBytes("|", with: "\\|")
        var longest = 0
        var run = 0
        for byte in line.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let padding = line.begins(with: "`") || line.ends(with: "`") ? " " : ""
        return fence + padding + line + padding + fence
    }
}
