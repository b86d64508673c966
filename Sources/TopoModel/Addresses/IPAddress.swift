/// An IPv4 or IPv6 address, without a prefix length.
public enum IPAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// An IPv4 address.
    case v4(IPv4Address)
    /// An IPv6 address.
    case v6(IPv6Address)

    /// The address's family.
    public var family: AddressFamily {
        switch self {
        case .v4: .ipv4
        case .v6: .ipv6
        }
    }

    /// The address as a number, most significant bit first; an IPv4 address takes the low 32 bits.
    public var bits: UInt128 {
        switch self {
        case .v4(let address): UInt128(address.bits)
        case .v6(let address): address.bits
        }
    }

    /// Makes the address of a family from its number; only the low `family.width` bits count.
    public init(_ family: AddressFamily, bits: UInt128) {
        switch family {
        case .ipv4: self = .v4(IPv4Address(bits: UInt32(truncatingIfNeeded: bits)))
        case .ipv6: self = .v6(IPv6Address(bits: bits))
        }
    }

    /// Reads either family's text form; a colon makes it IPv6.
    /// - Throws: `AddressError` with what is wrong.
    public init(_ text: String) throws(AddressError) {
        if text.utf8.contains(UInt8(ascii: ":")) {
            self = .v6(try IPv6Address(text))
        } else {
            self = .v4(try IPv4Address(text))
        }
    }

    /// IPv4 in dotted decimal, IPv6 as RFC 5952 says.
    public var description: String {
        switch self {
        case .v4(let address): address.description
        case .v6(let address): address.description
        }
    }

    /// IPv4 before IPv6, then by number.
    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        left.family == right.family ? left.bits < right.bits : left.family == .ipv4
    }
}

/// The two families of IP addresses.
public enum AddressFamily: String, Hashable, Sendable, CaseIterable {
    case ipv4
    case ipv6

    /// The number of bits in an address: 32 or 128.
    public var width: Int {
        switch self {
        case .ipv4: 32
        case .ipv6: 128
        }
    }
}
