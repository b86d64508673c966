/// Texts of Mermaid's flowcharts.
public enum Mermaid {
    /// A text within quotes, every sign that means something to Mermaid or HTML as a number.
    public static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "#", "&", "<", ">", "`", "\\", "*", "_", ";", "%", "{", "}", "[", "]", "|", "$":
                result += "#\(scalar.value);"
            case "\n", "\t", "\r": result += " "
            case _ where standIn(for: scalar) != nil: result += Mermaid.text(standIn(for: scalar) ?? "")
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A text after `%%`: one line, in which no `%%{…}%%` is a directive.
    public static func comment(_ text: String) -> String {
        visible(text.replacingBytes("\n", with: " ").replacingBytes("%", with: "#37;"))
    }
}
