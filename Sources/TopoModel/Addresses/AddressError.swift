/// Why a text is no address: a phrase that ends a message, lower case, without a full stop.
public struct AddressError: Error, Hashable, Sendable {
    /// What is wrong, as in `octet "010" has a leading zero, which some programs read as octal`.
    public let reason: String
    /// A way out, where there is one, as in `write 10.1.1.1`.
    public let help: String?
    /// The text to write instead, where there is no doubt what was meant.
    public let correction: String?

    /// Makes an error.
    public init(_ reason: String, help: String? = nil, correction: String? = nil) {
        self.reason = reason
        self.help = help
        self.correction = correction
    }

    /// The longest text of which parts are quoted; the longest address with a length has 49 bytes.
    private static let longest = 64

    /// What is wrong with a text before its form is looked at: nothing in it, too much, or characters that no
    /// address has. After this a part of the text can be quoted in one line of a message.
    static func inCharacters(of text: Substring, example: String) -> AddressError? {
        if text.isEmpty { return AddressError("the text is empty", help: "write an address, for example \(example)") }
        if text.utf8.count > longest {
            return AddressError("the text has \(text.utf8.count) bytes, more than any address")
        }
        for scalar in text.unicodeScalars where !(0x21...0x7E).contains(scalar.value) {
            switch scalar {
            case " ": return AddressError("there is a space in it", help: "write it without the space")
            case "\t": return AddressError("there is a tab in it", help: "write it without the tab")
            case "\n", "\r": return AddressError("there is a line break in it", help: "write it on one line")
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let number = String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
                return AddressError(
                    "there is a character in it that no address has, U+\(number)",
                    help: "write it in ASCII, for example \(example)")
            }
        }
        return nil
    }

    /// What is wrong with a text that has commas for dots; nil where it has no comma.
    /// - Parameter isRight: whether a text is an address of the kind that is wanted.
    static func forCommas(in text: Substring, _ isRight: (Substring.UTF8View) -> Bool) -> AddressError? {
        let (comma, dot) = (UInt8(ascii: ","), UInt8(ascii: "."))
        guard text.utf8.contains(comma) else { return nil }
        let dotted = Substring(String(decoding: text.utf8.map { $0 == comma ? dot : $0 }, as: UTF8.self))
        let isMeant = isRight(dotted.utf8)
        return AddressError(
            "it has commas instead of dots",
            help: isMeant ? "write \(dotted)" : "write dots between the numbers",
            correction: isMeant ? String(dotted) : nil)
    }

    /// What is wrong with a word, such as `dhcp`; nil for a text that has a digit, dot, colon or slash.
    static func forWord(_ text: Substring, example: String) -> AddressError? {
        let isSign = { (byte: UInt8) in (48...57).contains(byte) || ".:/%[".utf8.contains(byte) }
        guard !text.utf8.contains(where: isSign) else { return nil }
        return AddressError("it is a word, not an address", help: "write an address, for example \(example)")
    }

    /// What is wrong with a text that goes on after an address; nil where it holds no slash.
    static func forLength(after text: Substring) -> AddressError? {
        guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        return AddressError(
            "it has a prefix length, \"\(text[slash...])\", and an address alone is wanted",
            help: slash == text.startIndex ? nil : "write \(text[..<slash])",
            correction: InterfaceAddress(strict: text.utf8) == nil ? nil : String(text[..<slash]))
    }
}
