/// A text with what would act on a terminal, or end a line, made visible.
public func visible(_ text: String) -> String { VisibleText(text).text }

/// Text as a terminal may be given it: what would act on the terminal, or be read as something else than it is, is
/// made visible.
struct VisibleText {
    /// The text to write.
    private(set) var text = ""
    /// The columns it takes.
    private(set) var width = 0

    /// No text.
    init() {}

    /// A text of our own with names of the user's in it.
    init(_ text: String) {
        for scalar in text.unicodeScalars { append(scalar) }
    }

    /// Adds one scalar: as it is, or as what stands for it. A tab becomes four spaces.
    mutating func append(_ scalar: Unicode.Scalar) {
        if scalar == "\t" {
            append(literally: "    ", width: 4)
        } else if let replacement = Self.replacement(for: scalar) {
            append(literally: replacement, width: replacement.unicodeScalars.count)
        } else {
            text.unicodeScalars.append(scalar)
            width += scalar.columns
        }
    }

    /// Adds a text that is known to be harmless.
    mutating func append(literally addition: String, width columns: Int) {
        text += addition
        width += columns
    }

    /// What stands for a scalar that would not be seen, or would be obeyed by the terminal.
    private static func replacement(for scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x00...0x1F: return String(Character(Unicode.Scalar(0x2400 + scalar.value) ?? "?"))
        case 0x20...0x7E: return nil
        case 0x7F: return "\u{2421}"
        // The joiners of Persian, Indic scripts and emoji act on their neighbours alone.
        case 0x200C, 0x200D: return nil
        default: break
        }
        switch scalar.properties.generalCategory {
        // Controls, bidirectional and other invisible formatting, separators, and what has no meaning in a text.
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            let code = String(scalar.value, radix: 16, uppercase: true)
            return "<U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code + ">"
        default:
            return nil
        }
    }
}
