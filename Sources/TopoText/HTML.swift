/// A text made safe for a place in an HTML document.
public enum HTML {
    /// Text between tags, or in an attribute's double quotes. Line feeds and tabs stay; other controls are shown.
    public static func text(_ text: String) -> String {
        guard !text.utf8.allSatisfy(isPlain) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + text.utf8.count / 8)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;".utf8
            case "<": result += "&lt;".utf8
            case ">": result += "&gt;".utf8
            case "\"": result += "&quot;".utf8
            case "'": result += "&#39;".utf8
            case "\n", "\t", " "..."~": result.append(UInt8(truncatingIfNeeded: scalar.value))
            default:
                if let standIn = standIn(for: scalar) {
                    result += HTML.text(standIn).utf8
                } else {
                    result += String(scalar).utf8
                }
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether a byte stands for itself.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        default: UInt8(ascii: " ")...UInt8(ascii: "~") ~= byte
        }
    }
}
