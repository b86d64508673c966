/// What the names of a kind may be made of: ASCII letters and digits, and some signs after the first byte.
///
/// A name is judged by its UTF-8 bytes. What the eye or Swift takes for one character may be several, and a program that
/// reads bytes sees each: to `ip`, a hyphen with an accent is a hyphen.
struct NamePattern: Sendable {
    /// The signs that may follow the first letter or digit, the hyphen last.
    let signs: String

    /// NICs, bridges, tunnels, interfaces, bare namespaces and LANs. `ip -batch` cuts a line at `#`, in quotes too;
    /// the kernel rejects `/` and `:` and puts a number in the place of `%d`.
    static let device = NamePattern(signs: "_.+@-")
    /// Hosts and topologies, which name folders; Docker's containers; the interfaces that LXD and Incus make.
    static let folder = NamePattern(signs: "_.-")
    /// Instances of LXD and Incus, which are host names as well.
    static let instance = NamePattern(signs: "-")

    /// The pattern as a regular expression (ECMA-262 and Python).
    var expression: String {
        let first = "[A-Za-z0-9]"
        let dots = signs.utf8.contains(UInt8(ascii: ".")) ? "(?!.*\\.\\.)" : ""
        return "^\(dots)\(first)[A-Za-z0-9\(signs)]*$"
    }

    /// Two such names with a number at the end of each and two dots between them, as a regular expression.
    var rangeExpression: String {
        let name = "([A-Za-z0-9][A-Za-z0-9\(signs)]*)?[0-9]"
        return "^(?!.*\\.\\..*\\.\\.)\(name)\\.\\.\(name)$"
    }

    /// The pattern in words.
    var words: String {
        let parts = ["letters", "digits"] + signs.unicodeScalars.map { "\"\($0)\"" }
        return "\(parts.joinedByAnd), beginning with a letter or digit"
    }

    /// Why a text is no name of this kind, as a phrase after the name; nil where it is one.
    func fault(in name: String) -> String? {
        guard let first = name.unicodeScalars.first else { return "is empty" }
        if let odd = name.unicodeScalars.first(where: { !$0.isASCIILetterOrDigit && !isSign($0) }) {
            return "contains \(odd.asFound)"
        }
        if !first.isASCIILetterOrDigit { return "begins with \(first.asFound)" }
        return name.hasDoubleDot ? "contains \"..\", which means the parent folder" : nil
    }

    private func isSign(_ scalar: Unicode.Scalar) -> Bool { signs.unicodeScalars.contains(scalar) }
}

extension String {
    /// True where two dots follow each other.
    fileprivate var hasDoubleDot: Bool {
        let dot = UInt8(ascii: ".")
        return zip(utf8, utf8.dropFirst()).contains { $0 == dot && $1 == dot }
    }
}

extension Unicode.Scalar {
    /// True for A to Z, a to z and 0 to 9.
    var isASCIILetterOrDigit: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
    }

    /// The character as a message names it: in quotes where it can be read there, by its number elsewhere.
    fileprivate var asFound: String {
        if isControlOrLineEnd { return "the control character \(codePoint)" }
        if isBlank { return "white space" }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .format, .privateUse, .unassigned, .surrogate, .control,
            .lineSeparator, .paragraphSeparator, .spaceSeparator:
            return "the character \(codePoint)"
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol,
            .otherSymbol:
            return "\"\(self)\""
        @unknown default: return "the character \(codePoint)"
        }
    }
}
