/// Reading six octets: a strict pass that allocates nothing, and the words for what it refuses.
extension MACAddress {
    /// The address that `text` is; nil where it is none.
    init?(strict text: Substring.UTF8View) {
        var bits: UInt64 = 0
        var position = 0
        var separator: UInt8?
        for byte in text {
            if position == 17 { return nil }
            if position % 3 == 2 {
                guard byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") else { return nil }
                guard byte == separator ?? byte else { return nil }
                separator = byte
            } else {
                guard let digit = Self.hexadecimal(byte) else { return nil }
                bits = bits << 4 | UInt64(digit)
            }
            position += 1
        }
        guard position == 17 else { return nil }
        self.init(bits: bits)
    }

    /// The value of a hexadecimal digit in ASCII, of either case.
    static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// What is wrong with a text that `init(strict:)` refused.
    static func mistake(in text: Substring) -> AddressError {
        let example = "02:00:5e:10:00:01"
        if let error = AddressError.inCharacters(of: text, example: example) { return error }
        let (colon, hyphen, dot) = (UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "."))
        let separators = Set(text.utf8.filter { ":-.".utf8.contains($0) })
        let digits = text.utf8.filter { hexadecimal($0) != nil }
        // 0200.5e10.0001 and 02005e100001: switches and databases write them so.
        if separators.isSubset(of: [dot]), digits.count == 12,
            text.utf8.count == 12 || (text.utf8.count == 14 && text.utf8.split(separator: dot).count == 3),
            let number = UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
        {
            return AddressError(
                "its octets are not set apart by colons or hyphens", help: "write \(MACAddress(bits: number))",
                correction: "\(MACAddress(bits: number))")
        }
        if separators.isSuperset(of: [colon, hyphen]) {
            return AddressError("it has both colons and hyphens", help: "write colons, for example \(example)")
        }
        let separator = separators.contains(hyphen) ? hyphen : colon
        let octets = text.utf8.split(separator: separator, omittingEmptySubsequences: false).map { Substring($0) }
        guard octets.count > 1 else {
            return AddressError(
                "a MAC address is six octets in hexadecimal with colons or hyphens between them",
                help: "write it in full, for example \(example)")
        }
        return mistake(in: octets)
    }

    /// What is wrong with the octets, or with their number.
    private static func mistake(in octets: [Substring]) -> AddressError {
        for (index, octet) in octets.enumerated() {
            if octet.isEmpty { return AddressError("octet \(index + 1) is empty", help: "write two digits there") }
            guard octet.utf8.allSatisfy({ hexadecimal($0) != nil }) else {
                return AddressError(
                    "octet \"\(octet)\" is not a hexadecimal number", help: "write two of 0 to 9 and a to f there")
            }
            if octet.utf8.count == 1 {
                return AddressError("octet \"\(octet)\" has one digit", help: "write \"0\(octet)\" there")
            }
            if octet.utf8.count > 2 {
                return AddressError("octet \"\(octet)\" has \(octet.utf8.count) digits", help: "write two digits there")
            }
        }
        return AddressError("it has \(octets.count) octets, and a MAC address has 6", help: "write six octets")
    }
}
