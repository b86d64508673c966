/// A 48-bit Ethernet address (IEEE 802, EUI-48).
public struct MACAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The address as a number: its first octet is bits 40 to 47, the highest 16 bits are zero.
    public let bits: UInt64

    /// Makes an address from the low 48 bits of a number.
    public init(bits: UInt64) { self.bits = bits & 0xFFFF_FFFF_FFFF }

    /// Reads six hexadecimal octets with colons or hyphens between them.
    /// - Throws: `AddressError` with what is wrong.
    public init(_ text: String) throws(AddressError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6 else { throw AddressError("a MAC address has six octets") }
        var bits: UInt64 = 0
        for part in parts {
            guard let octet = UInt8(part, radix: 16) else { throw AddressError("\"\(part)\" is no octet") }
            bits = bits << 8 | UInt64(octet)
        }
        self.bits = bits
    }

    /// True for group addresses: the lowest bit of the first octet is set.
    public var isMulticast: Bool { bits >> 40 & 1 == 1 }
    /// True for addresses not given out by the IEEE: the second lowest bit of the first octet is set.
    public var isLocallyAdministered: Bool { bits >> 40 & 2 == 2 }

    /// Six lower-case octets with colons between them, as `ip(8)` prints them.
    public var description: String {
        (0..<6).map { index in
            let octet = String(bits >> UInt64(40 - 8 * index) & 255, radix: 16)
            return octet.count == 1 ? "0" + octet : octet
        }.joined(separator: ":")
    }

    /// By number.
    public static func < (left: MACAddress, right: MACAddress) -> Bool { left.bits < right.bits }
}
