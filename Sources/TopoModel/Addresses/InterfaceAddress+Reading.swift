import TopoText

/// Reading `ADDRESS/LENGTH`: a strict pass that allocates nothing, and the words for what it refuses.
extension InterfaceAddress {
    /// The interface address that `text` is; nil where it is none.
    init?(strict text: Substring.UTF8View) {
        guard let slash = text.firstIndex(of: UInt8(ascii: "/")),
            let address = IPAddress(strict: text[..<slash]),
            let length = Self.length(text[slash...].dropFirst()),
            length <= address.family.width
        else { return nil }
        self.init(address, length: length)
    }

    /// The number of one to three decimal digits without a leading zero.
    private static func length(_ text: Substring.UTF8View) -> Int? {
        var value = 0
        var digits = 0
        for byte in text {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte), digits == 0 || value > 0, digits < 3 else {
                return nil
            }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            digits += 1
        }
        return digits == 0 ? nil : value
    }

    /// What is wrong with a text that `init(strict:)` refused.
    static func mistake(in text: Substring) -> AddressError {
        let example = "10.0.0.1/24"
        if let error = AddressError.inCharacters(of: text, example: example) { return error }
        if let error = AddressError.forCommas(in: text, { InterfaceAddress(strict: $0) != nil }) { return error }
        if let error = AddressError.forWord(text, example: example) { return error }
        let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
        let head = text[..<slash]
        guard !head.isEmpty else {
            return AddressError("there is no address before the slash", help: "write both, for example 10.0.0.1/24")
        }
        guard let address = IPAddress(strict: head.utf8) else {
            guard slash == text.endIndex else { return IPAddress.mistake(in: head, suffix: text[slash...]) }
            // The address is wrong and its length is missing: what is proposed has one, and is no more than a proposal.
            let suffix: Substring = head.utf8.contains(UInt8(ascii: ":")) ? "/64" : "/24"
            let error = IPAddress.mistake(in: head, suffix: suffix)
            return AddressError(error.reason, help: error.help)
        }
        let length = Substring(text[slash...].utf8.dropFirst())
        let usual = address.family == .ipv4 ? 24 : 64
        guard !length.isEmpty else {
            return AddressError(
                "its prefix length is missing", help: "add the subnet's length, for example \(address)/\(usual)")
        }
        return mistake(inLength: length, of: address)
    }

    /// What is wrong with the text after the slash.
    private static func mistake(inLength text: Substring, of address: IPAddress) -> AddressError {
        let width = address.family.width
        if text.hasByte(of: "/") { return AddressError("it has more than one slash", help: "write one prefix length") }
        if let mask = IPv4Address(strict: text.utf8), address.family == .ipv4 {
            return mistake(inMask: mask, of: address)
        }
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return AddressError(
                "prefix length \"\(text)\" is not a decimal number", help: "write a number from 0 to \(width) there")
        }
        let digits = Substring(text.utf8.drop { $0 == UInt8(ascii: "0") })
        let number = digits.isEmpty ? "0" : digits
        // A number too long for Int is too long for a subnet as well.
        guard let length = Int(number), length <= width else {
            return AddressError(
                "prefix length \(number) is more than the \(width) bits of an \(address.family.title) address",
                help: "write a number from 0 to \(width) there")
        }
        return AddressError("prefix length \"\(text)\" has a leading zero", help: "write \(address)/\(length)")
    }

    /// What to write for a netmask, or for its complement, which some programs take as well.
    private static func mistake(inMask mask: IPv4Address, of address: IPAddress) -> AddressError {
        for (bits, word) in [(mask.bits, "netmask"), (~mask.bits, "inverted netmask")] {
            let length = (~bits).leadingZeroBitCount
            guard length == 32 || bits << UInt32(length) == 0 else { continue }
            // All ones and all zeros are the mask of one convention and the complement of the other.
            return AddressError(
                "the subnet is given by the \(word) \(mask), not by its prefix length",
                help: "write \(address)/\(length)",
                correction: (1...31).contains(length) ? "\(address)/\(length)" : nil)
        }
        return AddressError(
            "\(mask) is not a netmask: its one bits are not all in front",
            help: "write the prefix length, for example \(address)/24")
    }
}
