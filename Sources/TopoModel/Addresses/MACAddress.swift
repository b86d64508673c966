/// A 48-bit Ethernet address (IEEE 802, EUI-48).
public struct MACAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The address as a number: its first octet is bits 40 to 47, the highest 16 bits are zero.
    public let bits: UInt64

    /// Makes an address from the low 48 bits of a number.
    public init(bits: UInt64) { self.bits = bits & 0xFFFF_FFFF_FFFF }

    /// Reads six hexadecimal octets of two digits each, with colons or hyphens between them.
    /// - Throws: `AddressError` with what is wrong.
    public init(_ text: String) throws(AddressError) {
        guard let address = MACAddress(strict: text[...].utf8) else { throw MACAddress.mistake(in: text[...]) }
        self = address
    }

    /// 00:00:00:00:00:00: no address; the kernel rejects it for an interface.
    public var isZero: Bool { bits == 0 }
    /// ff:ff:ff:ff:ff:ff: every interface of the segment; a group address, too.
    public var isBroadcast: Bool { bits == 0xFFFF_FFFF_FFFF }
    /// True for group addresses: the lowest bit of the first octet is set.
    public var isMulticast: Bool { bits >> 40 & 1 == 1 }
    /// True for addresses not given out by the IEEE: the second lowest bit of the first octet is set.
    public var isLocallyAdministered: Bool { bits >> 40 & 2 == 2 }

    /// Six lower-case octets with colons between them, as `ip(8)` prints them.
    public var description: String {
        var text = ""
        for shift in stride(from: UInt64(40), through: 0, by: -8) {
            let octet = bits >> shift & 255
            if octet < 16 { text += "0" }
            text += String(octet, radix: 16)
            if shift > 0 { text += ":" }
        }
        return text
    }

    /// By number.
    public static func < (left: MACAddress, right: MACAddress) -> Bool { left.bits < right.bits }
}
