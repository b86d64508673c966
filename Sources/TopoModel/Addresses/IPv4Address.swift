/// An IPv4 address (RFC 791).
public struct IPv4Address: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The address as a number, the first octet most significant.
    public let bits: UInt32

    /// Makes an address from its number.
    public init(bits: UInt32) { self.bits = bits }

    /// Reads dotted decimal: four octets, no leading zeros, nothing else.
    /// - Throws: `AddressError` with what is wrong.
    public init(_ text: String) throws(AddressError) {
        guard let address = IPv4Address(strict: text[...].utf8) else { throw IPv4Address.mistake(in: text[...]) }
        self = address
    }

    /// 0.0.0.0: no address, or every address of the machine (RFC 1122, 3.2.1.3).
    public var isUnspecified: Bool { bits == 0 }
    /// In 127.0.0.0/8: never leaves the machine (RFC 1122, 3.2.1.3).
    public var isLoopback: Bool { bits >> 24 == 127 }
    /// In 169.254.0.0/16: valid on one link, never routed (RFC 3927).
    public var isLinkLocal: Bool { bits >> 16 == 0xA9FE }
    /// In 224.0.0.0/4: a group, not an interface (RFC 5771).
    public var isMulticast: Bool { bits >> 28 == 0xE }
    /// 255.255.255.255: every host of the link (RFC 919).
    public var isLimitedBroadcast: Bool { bits == UInt32.max }

    /// Dotted decimal.
    public var description: String {
        "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    }

    /// By number.
    public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.bits < right.bits }
}
