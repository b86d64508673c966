/// Texts of the D2 language.
public enum D2 {
    /// A text in double quotes, in which `$` too means something.
    public static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\", "$": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t", "\r": result += " "
            case _ where standIn(for: scalar) != nil: result += standIn(for: scalar) ?? ""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
