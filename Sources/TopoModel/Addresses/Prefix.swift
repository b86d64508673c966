/// A subnet: a network address and the number of its leading bits that are fixed (CIDR, RFC 4632; RFC 4291).
public struct Prefix: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The network address: all host bits are zero.
    public let network: IPAddress
    /// How many leading bits are fixed, 0 to 32 or 128.
    public let length: Int

    /// The subnet of `length` leading bits that holds `address`; host bits are cleared.
    /// - Precondition: `length` is 0 to the family's width.
    public init(containing address: IPAddress, length: Int) {
        precondition((0...address.family.width).contains(length))
        self.length = length
        let host = address.family.width - length
        network = IPAddress(address.family, bits: host >= 128 ? 0 : (address.bits >> UInt128(host)) << UInt128(host))
    }

    /// Reads `ADDRESS/LENGTH`, with host bits zero.
    /// - Throws: `AddressError` with what is wrong; for host bits, its help is the subnet meant.
    public init(_ text: String) throws(AddressError) {
        let interface = try InterfaceAddress(text)
        self = interface.prefix
    }

    /// The address's family.
    public var family: AddressFamily { network.family }
    /// The last address: the broadcast address of an IPv4 subnet.
    public var last: IPAddress {
        let host = family.width - length
        let mask = host >= 128 ? UInt128.max : (UInt128(1) << UInt128(host)) - 1
        return IPAddress(family, bits: network.bits | mask)
    }
    /// True where `address` is in this subnet.
    public func contains(_ address: IPAddress) -> Bool {
        address.family == family && Prefix(containing: address, length: length).network == network
    }
    /// True where every address of `other` is in this subnet.
    public func contains(_ other: Prefix) -> Bool { length <= other.length && contains(other.network) }
    /// True where they share an address.
    public func overlaps(_ other: Prefix) -> Bool { contains(other) || other.contains(self) }

    /// `NETWORK/LENGTH`.
    public var description: String { "\(network)/\(length)" }

    /// By network address, the wider first.
    public static func < (left: Prefix, right: Prefix) -> Bool {
        (left.network, left.length) < (right.network, right.length)
    }
}
