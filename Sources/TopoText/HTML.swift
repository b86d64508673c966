/// A text made safe for a place in an HTML document.
public enum HTML {
    /// Text between tags, or in an attribute's double quotes. Line feeds and tabs stay; other controls are shown.
    public static func text(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            case "\n", "\t", " "..."~": result.append(scalar)
            default:
                if let standIn = standIn(for: scalar) {
                    result.append(contentsOf: HTML.text(standIn).unicodeScalars)
                } else {
                    result.append(scalar)
                }
            }
        }
        return String(result)
    }
}
