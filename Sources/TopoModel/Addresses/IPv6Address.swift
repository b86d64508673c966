/// An IPv6 address (RFC 4291), without a zone.
public struct IPv6Address: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The address as a number, the first group most significant.
    public let bits: UInt128

    /// Makes an address from its number.
    public init(bits: UInt128) { self.bits = bits }

    /// Reads the forms of RFC 4291, 2.2, embedded IPv4 included; a zone (`%eth0`) is refused.
    /// - Throws: `AddressError` with what is wrong.
    public init(_ text: String) throws(AddressError) {
        guard let address = IPv6Address(strict: text[...].utf8) else { throw IPv6Address.mistake(in: text[...]) }
        self = address
    }

    /// `::`: no address, or every address of the machine (RFC 4291, 2.5.2).
    public var isUnspecified: Bool { bits == 0 }
    /// `::1`: never leaves the machine (RFC 4291, 2.5.3).
    public var isLoopback: Bool { bits == 1 }
    /// In fe80::/10: valid on one link, never routed (RFC 4291, 2.5.6).
    public var isLinkLocal: Bool { bits >> 118 == 0x3FA }
    /// In ff00::/8: a group, not an interface (RFC 4291, 2.7).
    public var isMulticast: Bool { bits >> 120 == 0xFF }
    /// In ::ffff:0:0/96: an IPv4 address as programs see it in an IPv6 socket, never on a wire (RFC 4291, 2.5.5.2).
    public var isIPv4Mapped: Bool { bits >> 32 == 0xFFFF }

    /// The form of RFC 5952: lower case, the longest run of zero groups compressed, the first of equal ones, a single
    /// zero group never.
    ///
    /// IPv4-mapped addresses end in dotted decimal, `::ffff:10.0.0.1`: section 5 recommends it where the prefix says
    /// that there is an IPv4 address inside, and `ip(8)` and Python from 3.13 print them so. The deprecated
    /// IPv4-compatible addresses (`::a00:1`) stay hexadecimal: nothing tells them from other addresses, and
    /// section 5 leaves them out; glibc, and so `ip(8)`, prints these as `::10.0.0.1`.
    public var description: String {
        if isIPv4Mapped { return "::ffff:\(IPv4Address(bits: UInt32(truncatingIfNeeded: bits)))" }
        let run = longestZeroRun
        var text = ""
        text.reserveCapacity(39)
        var index = 0
        while index < 8 {
            if index == run.lowerBound && !run.isEmpty {
                text += "::"
                index = run.upperBound
                continue
            }
            if !text.isEmpty && index != run.upperBound { text += ":" }
            text += String(group(index), radix: 16)
            index += 1
        }
        return text
    }

    /// By number.
    public static func < (left: IPv6Address, right: IPv6Address) -> Bool { left.bits < right.bits }

    /// One of the eight groups, the first at 0.
    private func group(_ index: Int) -> UInt16 { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * index)) }

    /// The groups that `::` stands for; empty where no two zero groups are neighbours.
    private var longestZeroRun: Range<Int> {
        var longest = 8..<8
        var start = 0
        for index in 0..<8 {
            if group(index) != 0 {
                start = index + 1
            } else if index + 1 - start > max(1, longest.count) {
                longest = start..<(index + 1)
            }
        }
        return longest
    }
}
