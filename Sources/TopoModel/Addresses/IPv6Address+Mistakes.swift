import TopoText

extension IPv6Address {
    /// What is wrong with a text that `init(strict:)` refused.
    /// - Parameter suffix: what followed the address in the file, such as `/64`; the help repeats it.
    static func mistake(in text: Substring, suffix: Substring = "") -> AddressError {
        if let error = AddressError.inCharacters(of: text, example: "2001:db8::1") { return error }
        if let error = AddressError.forLength(after: text) { return error }
        if let zone = text.utf8.firstIndex(of: UInt8(ascii: "%")) {
            return AddressError(
                "the zone \"\(text[zone...])\" belongs to an interface, not to an address",
                help: zone == text.startIndex ? nil : "write \(text[..<zone])\(suffix)")
        }
        if text.begins(with: "["), text.ends(with: "]") {
            return AddressError(
                "brackets belong to an address with a port",
                help: "write \(Substring(text.utf8.dropFirst().dropLast()))\(suffix)")
        }
        if MACAddress(strict: text.utf8) != nil {
            return AddressError("it is a MAC address", help: "write an IP address, for example 2001:db8::1\(suffix)")
        }
        return mistakeInColons(of: text) ?? mistakeInGroups(of: text, suffix: suffix)
    }

    /// What is wrong with the colons: too many together, `::` twice, one alone at an end.
    private static func mistakeInColons(of text: Substring) -> AddressError? {
        let pairs = zip(text.utf8, text.utf8.dropFirst()).filter { $0 == UInt8(ascii: ":") && $1 == $0 }.count
        if text.utf8.contains(":::".utf8) {
            return AddressError(
                "there are more than two colons in a row", help: "write \"::\" once for the zero groups")
        }
        if pairs > 1 {
            return AddressError(
                "\"::\" is in it \(pairs) times, so that the zero groups cannot be counted",
                help: "keep one \"::\" and write the other zero groups out")
        }
        if text.begins(with: ":") && !text.begins(with: "::") {
            return AddressError("it begins with a single colon", help: "write \"::\" for the zero groups")
        }
        if text.ends(with: ":") && !text.ends(with: "::") {
            return AddressError("it ends with a single colon", help: "write \"::\" for the zero groups")
        }
        return nil
    }

    /// What is wrong with the groups: their digits, an IPv4 address among them, their number.
    private static func mistakeInGroups(of text: Substring, suffix: Substring) -> AddressError {
        let parts = text.utf8.split(separator: UInt8(ascii: ":")).map { Substring($0) }
        var count = 0
        for (index, part) in parts.enumerated() {
            if part.hasByte(of: ".") {
                guard index == parts.count - 1, !text.ends(with: ":") else {
                    return AddressError(
                        "the IPv4 address \"\(part)\" is not at its end", help: "write those 32 bits as two groups")
                }
                if IPv4Address(strict: part.utf8) == nil {
                    let error = IPv4Address.mistake(in: part, after: text[..<part.startIndex], suffix: suffix)
                    return AddressError("in the IPv4 address at its end, \(error.reason)", help: error.help)
                }
                count += 1
            } else if !part.utf8.allSatisfy({ MACAddress.hexadecimal($0) != nil }) {
                return AddressError(
                    "group \"\(part)\" is not a hexadecimal number",
                    help: "write one to four of 0 to 9 and a to f there")
            } else if part.utf8.count > 4 {
                return AddressError(
                    "group \"\(part)\" has \(part.utf8.count) digits, and four are the most",
                    help: "write one to four of 0 to 9 and a to f there")
            }
            count += 1
        }
        return mistake(inCount: count, compressed: text.utf8.contains("::".utf8))
    }

    /// What is wrong with the number of groups, where nothing else is.
    private static func mistake(inCount count: Int, compressed: Bool) -> AddressError {
        if compressed {
            return AddressError(
                "it has \(count) groups beside \"::\", which stands for at least one of 8",
                help: count == 8 ? "write it without \"::\"" : "write 7 groups at most")
        }
        let groups = count == 1 ? "1 group" : "\(count) groups"
        return AddressError(
            "it has \(groups), and an IPv6 address has 8",
            help: count < 8 ? "write \"::\" in place of the zero groups that are left out" : "write 8 groups")
    }
}
