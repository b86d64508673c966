/// An IPv4 address (RFC 791).
public struct IPv4Address: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The address as a number, the first octet most significant.
    public let bits: UInt32

    /// Makes an address from its number.
    public init(bits: UInt32) { self.bits = bits }

    /// Reads dotted decimal: four octets, no leading zeros, nothing else.
    /// - Throws: `AddressError` with what is wrong.
    public init(_ text: String) throws(AddressError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { throw AddressError("an IPv4 address has four numbers") }
        var bits: UInt32 = 0
        for part in parts {
            guard let octet = UInt8(part) else { throw AddressError("\"\(part)\" is no octet") }
            bits = bits << 8 | UInt32(octet)
        }
        self.bits = bits
    }

    /// Dotted decimal.
    public var description: String {
        "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    }

    /// By number.
    public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.bits < right.bits }
}
