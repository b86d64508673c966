internal import TopoText

/// Texts as YAML has them.
extension String {
    /// The lines, without their ends.
    var lineByLine: [Substring] {
        utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// In double quotes, on one line, so that each sign is read again as it is (YAML 1.1, 5.6).
    var inQuotes: String {
        var text = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\r": text += "\\r"
            default: text += scalar.isShown ? String(scalar) : scalar.escaped
            }
        }
        return text + "\""
    }

    /// As a block, `|` and the lines below it; nil for a text of one line, and for one that a block would change.
    var asBlock: String? {
        var lines = lineByLine
        let header: String
        if lines.count > 1, lines[lines.count - 1].isEmpty {
            lines.removeLast()
            header = "|"
        } else {
            header = "|-"
        }
        guard lines.count > 1 || header == "|", let first = lines.first?.utf8.first, first != 0x20, first != 0x09,
            lines.last?.isEmpty == false, unicodeScalars.allSatisfy({ $0 == "\n" || $0.isShown }),
            lines.allSatisfy({ $0.utf8.last != 0x20 && $0.utf8.last != 0x09 })
        else { return nil }
        return ([header] + lines.map { $0.isEmpty ? "" : "  \($0)" }).joined(separator: "\n")
    }

    /// As a key: as it is, where nothing in it means something to YAML.
    var asKeyText: String {
        let isPlain =
            utf8.first.map { $0.isLetterOrDigit } ?? false
            && utf8.allSatisfy { $0.isLetterOrDigit || "_.+@/-".utf8.contains($0) }
        return isPlain ? self : inQuotes
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool { (48...57).contains(self) || (97...122).contains(self | 0x20) }
}

extension Unicode.Scalar {
    /// True for what YAML 1.1 takes within a line as it is; the line ends beyond ASCII are none of it.
    fileprivate var isShown: Bool {
        switch value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// `\x07`, `\u2028` or `\U0010FFFF`.
    fileprivate var escaped: String {
        let digits = String(value, radix: 16, uppercase: true)
        let width = value <= 0xFF ? 2 : value <= 0xFFFF ? 4 : 8
        let letter = value <= 0xFF ? "x" : value <= 0xFFFF ? "u" : "U"
        return "\\\(letter)\(String(repeating: "0", count: width - digits.utf8.count))\(digits)"
    }
}
