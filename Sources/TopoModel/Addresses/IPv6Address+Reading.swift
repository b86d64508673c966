/// Reading the text forms of RFC 4291, 2.2: a strict pass that only says yes or no and allocates nothing, and for the
/// texts that it refuses a second look that finds the words for what is wrong.
extension IPv6Address {
    private static let colon = UInt8(ascii: ":")

    /// The address that `text` is; nil where it has none of the three forms.
    init?(strict text: Substring.UTF8View) {
        var rest = text
        var bits: UInt128 = 0
        var count = 0
        var gap: Int?
        if rest.starts(with: "::".utf8) {
            gap = 0
            rest = rest.dropFirst(2)
        }
        while let first = rest.first {
            let end = rest.firstIndex(of: Self.colon) ?? rest.endIndex
            let part = rest[..<end]
            if end == rest.endIndex && part.contains(UInt8(ascii: ".")) {
                guard count <= 6, let embedded = IPv4Address(strict: part) else { return nil }
                bits = bits << 32 | UInt128(embedded.bits)
                count += 2
                break
            }
            guard first != Self.colon, count < 8, let group = Self.group(part) else { return nil }
            bits = bits << 16 | UInt128(group)
            count += 1
            guard end < rest.endIndex else { break }
            rest = rest[end...].dropFirst()
            if rest.first == Self.colon {
                if gap != nil { return nil }
                gap = count
                rest = rest.dropFirst()
            } else if rest.isEmpty {
                return nil
            }
        }
        guard let expanded = Self.expand(bits, count: count, gap: gap) else { return nil }
        self.init(bits: expanded)
    }

    /// The number of one to four hexadecimal digits.
    private static func group(_ part: Substring.UTF8View) -> UInt16? {
        var value: UInt16 = 0
        var digits = 0
        for byte in part {
            digits += 1
            guard digits <= 4, let digit = MACAddress.hexadecimal(byte) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return digits == 0 ? nil : value
    }

    /// Puts the zero groups of a `::` after the first `gap` of `count` groups: one of them at least (RFC 4291, 2.2).
    private static func expand(_ bits: UInt128, count: Int, gap: Int?) -> UInt128? {
        guard let gap else { return count == 8 ? bits : nil }
        guard count < 8 else { return nil }
        let tail = 16 * (count - gap)
        let low = bits & ((UInt128(1) << UInt128(tail)) - 1)
        return gap == 0 ? low : (bits >> UInt128(tail)) << UInt128(128 - 16 * gap) | low
    }
}
