/// An IPv6 address (RFC 4291), without a zone.
public struct IPv6Address: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The address as a number, the first group most significant.
    public let bits: UInt128

    /// Makes an address from its number.
    public init(bits: UInt128) { self.bits = bits }

    /// Reads the forms of RFC 4291, 2.2, embedded IPv4 included; a zone (`%eth0`) is refused.
    /// - Throws: `AddressError` with what is wrong.
    public init(_ text: String) throws(AddressError) { throw AddressError("not yet") }

    /// The form of RFC 5952: lower case, the longest run of zero groups compressed.
    public var description: String { "::" }

    /// By number.
    public static func < (left: IPv6Address, right: IPv6Address) -> Bool { left.bits < right.bits }
}
