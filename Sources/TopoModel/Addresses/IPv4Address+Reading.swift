/// Reading dotted decimal: a strict pass that only says yes or no and allocates nothing, and for the texts that it
/// refuses a second look that finds the words for what is wrong.
extension IPv4Address {
    /// The address that `text` is; nil where it is anything but four octets without leading zeros.
    init?(strict text: Substring.UTF8View) {
        var bits: UInt32 = 0
        var octet: UInt32 = 0
        var digits = 0
        var dots = 0
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                // A second digit after a zero is a leading zero.
                if digits > 0 && octet == 0 { return nil }
                octet = octet * 10 + UInt32(byte - UInt8(ascii: "0"))
                digits += 1
                if octet > 255 { return nil }
            case UInt8(ascii: "."):
                dots += 1
                if digits == 0 || dots > 3 { return nil }
                bits = bits << 8 | octet
                octet = 0
                digits = 0
            default: return nil
            }
        }
        guard dots == 3, digits > 0 else { return nil }
        self.init(bits: bits << 8 | octet)
    }

    /// What is wrong with a text that `init(strict:)` refused.
    /// - Parameters:
    ///   - head: what precedes the address in the file, such as `::ffff:`; the help repeats it.
    ///   - suffix: what follows it, such as `/24`; the help repeats it.
    static func mistake(in text: Substring, after head: Substring = "", suffix: Substring = "") -> AddressError {
        if let error = AddressError.inCharacters(of: text, example: "10.0.0.1") { return error }
        if let error = AddressError.forLength(after: text) { return error }
        if let error = AddressError.forCommas(in: text, { IPv4Address(strict: $0) != nil }) { return error }
        if let error = AddressError.forWord(text, example: "10.0.0.1\(suffix)") { return error }
        let octets = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
            Substring($0)
        }
        guard octets.count > 1 else {
            return AddressError(
                "an IPv4 address is four numbers from 0 to 255 with dots between them",
                help: "write it in full, for example 10.0.0.1\(suffix)")
        }
        for (index, octet) in octets.enumerated() {
            if let reason = mistake(inOctet: octet, number: index + 1) {
                return AddressError(reason, help: "write a number from 0 to 255 there")
            }
        }
        guard octets.count == 4 else {
            return AddressError("it has \(octets.count) octets, and an IPv4 address has 4", help: "write four octets")
        }
        let padded = octets.first { $0.utf8.count > 1 && $0.utf8.first == UInt8(ascii: "0") } ?? ""
        let decimal = octets.map { String(UInt8($0) ?? 0) }.joined(separator: ".")
        return AddressError(
            "octet \"\(padded)\" has a leading zero, which some programs read as octal",
            help: "write \(head)\(decimal)\(suffix)",
            correction: octets.allSatisfy(isSameInOctal) ? "\(head)\(decimal)\(suffix)" : nil)
    }

    /// True for a number without leading zeros, and for one whose zeros change nothing: `01` is one in octal too, and
    /// `08` is no octal number.
    private static func isSameInOctal(_ octet: Substring) -> Bool {
        guard octet.utf8.first == UInt8(ascii: "0") else { return true }
        let digits = octet.utf8.drop { $0 == UInt8(ascii: "0") }
        return digits.count < 2 || digits.contains { "89".utf8.contains($0) }
    }

    /// Why a part between dots is no number from 0 to 255; leading zeros aside.
    private static func mistake(inOctet octet: Substring, number: Int) -> String? {
        if octet.isEmpty { return "octet \(number) is empty" }
        guard octet.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return "octet \"\(octet)\" is not a decimal number"
        }
        return UInt8(octet) == nil ? "octet \"\(octet)\" is more than 255" : nil
    }
}
