/// A text with everything that would act on a terminal, end a line or hide from a reader replaced by something visible:
/// `␊` for a line feed, `<U+202E>` for a bidirectional control. A tab becomes four spaces.
public func visible(_ text: String) -> String {
    // Most texts are plain ASCII and need no look at Unicode's tables.
    guard !text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        if scalar == "\t" {
            shown.append(contentsOf: "    ".unicodeScalars)
        } else if let standIn = standIn(for: scalar) {
            shown.append(contentsOf: standIn.unicodeScalars)
        } else {
            shown.append(scalar)
        }
    }
    return String(shown)
}

/// The visible text for a scalar that a reader would not see or a terminal would obey; nil for any other.
public func standIn(for scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x00...0x1F:
        var picture = String.UnicodeScalarView()
        picture.append(Unicode.Scalar(0x2400 + scalar.value) ?? "?")
        return String(picture)
    case 0x20...0x7E: return nil
    case 0x7F: return "\u{2421}"
    // The joiners of Persian, Indic scripts and emoji act on their neighbours alone.
    case 0x200C, 0x200D: return nil
    default: break
    }
    switch scalar.properties.generalCategory {
    // Controls, bidirectional and other invisible formatting, separators, and what has no meaning in a text.
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        return number(of: scalar)
    default:
        return nil
    }
}

/// A scalar's number as messages write it: `<U+202E>`.
func number(of scalar: Unicode.Scalar) -> String {
    let code = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - code.utf8.count)) + code + ">"
}
