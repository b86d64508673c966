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

    /// Hashes the number alone: addresses are looked up by the ten thousand, and hardly ever one of both families.
    public func hash(into hasher: inout Hasher) {
        let bits = bits
        hasher.combine(UInt64(truncatingIfNeeded: bits) ^ UInt64(truncatingIfNeeded: bits >> 64))
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
        guard let address = IPAddress(strict: text[...].utf8) else { throw IPAddress.mistake(in: text[...]) }
        self = address
    }

    /// The address that `text` is; nil where it is none.
    init?(strict text: Substring.UTF8View) {
        if text.contains(UInt8(ascii: ":")) {
            guard let address = IPv6Address(strict: text) else { return nil }
            self = .v6(address)
        } else {
            guard let address = IPv4Address(strict: text) else { return nil }
            self = .v4(address)
        }
    }

    /// What is wrong with a text that `init(strict:)` refused.
    /// - Parameter suffix: what followed the address in the file, such as `/24`; the help repeats it.
    static func mistake(in text: Substring, suffix: Substring = "") -> AddressError {
        if text.utf8.contains(UInt8(ascii: ":")) {
            IPv6Address.mistake(in: text, suffix: suffix)
        } else {
            IPv4Address.mistake(in: text, suffix: suffix)
        }
    }

    /// 0.0.0.0 or `::`: no address.
    public var isUnspecified: Bool { bits == 0 }
    /// In 127.0.0.0/8, or `::1`: never leaves the machine.
    public var isLoopback: Bool {
        switch self {
        case .v4(let address): address.isLoopback
        case .v6(let address): address.isLoopback
        }
    }
    /// In 169.254.0.0/16 or fe80::/10: valid on one link, never routed.
    public var isLinkLocal: Bool {
        switch self {
        case .v4(let address): address.isLinkLocal
        case .v6(let address): address.isLinkLocal
        }
    }

    /// True for fe80::/10, whose addresses mean something on their own link alone (RFC 4291, 2.5.6).
    public var isIPv6LinkLocal: Bool { family == .ipv6 && isLinkLocal }
    /// In 224.0.0.0/4 or ff00::/8: a group, not an interface.
    public var isMulticast: Bool {
        switch self {
        case .v4(let address): address.isMulticast
        case .v6(let address): address.isMulticast
        }
    }
    /// True where routers pass packets for it on: it means neither the sender itself nor its link, nor many.
    public var isRoutable: Bool {
        if case .v6(let address) = self, address.isIPv4Mapped { return false }
        return !isUnspecified && !isLoopback && !isMulticast && !isLimitedBroadcast && !isLinkLocal
    }

    /// 255.255.255.255; IPv6 has no broadcast.
    public var isLimitedBroadcast: Bool {
        switch self {
        case .v4(let address): address.isLimitedBroadcast
        case .v6: false
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
