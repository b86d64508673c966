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
        network = IPAddress(address.family, bits: address.bits & ~Prefix.hostMask(address.family, length: length))
    }

    /// Reads `ADDRESS/LENGTH`, with host bits zero.
    /// - Throws: `AddressError` with what is wrong; for host bits, its help is the subnet meant.
    public init(_ text: String) throws(AddressError) {
        let interface = try InterfaceAddress(text)
        self = interface.prefix
        guard network == interface.address else {
            throw AddressError(
                "\(interface.address) is an address in the subnet, not the subnet's own", help: "write \(self)",
                correction: Prefix.isHosts(interface.address) ? description : nil)
        }
    }

    /// All of a family's addresses, the destination of a default route: `0.0.0.0/0` or `::/0`.
    public static func everything(_ family: AddressFamily) -> Prefix {
        Prefix(containing: IPAddress(family, bits: 0), length: 0)
    }

    /// The address's family.
    public var family: AddressFamily { network.family }
    /// The last address: the broadcast address of an IPv4 subnet.
    public var last: IPAddress { IPAddress(family, bits: network.bits | hostMask) }
    /// The broadcast address: the last of an IPv4 subnet. Nil for a /31 and a /32, where every address is a host's
    /// (RFC 3021), and for IPv6, which has none.
    public var broadcast: IPAddress? { family == .ipv4 && hostBits > 1 ? last : nil }

    /// The first address that an interface can have: the one after the network address (IPv4) or the subnet-router
    /// anycast address (IPv6; RFC 4291, 2.6.1); the network address itself where there is but one host bit
    /// (RFC 3021, RFC 6164) or none.
    public var firstHost: IPAddress { hostBits > 1 ? IPAddress(family, bits: network.bits + 1) : network }
    /// The last address that an interface can have: the one before the broadcast address, or the last.
    public var lastHost: IPAddress { broadcast == nil ? last : IPAddress(family, bits: last.bits - 1) }
    /// The number of addresses from `firstHost` to `lastHost`; at most 2^128 - 1, so that every value fits.
    public var hostCount: UInt128 { lastHost.bits - firstHost.bits + 1 }

    /// The subnet of the same length that follows; nil at the end of the address space.
    public var next: Prefix? {
        let start = last.bits &+ 1
        return start == 0 || start >> UInt128(family.width) != 0
            ? nil : Prefix(containing: IPAddress(family, bits: start), length: length)
    }

    /// True where `address` is in this subnet.
    public func contains(_ address: IPAddress) -> Bool {
        address.family == family && address.bits & ~hostMask == network.bits
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

    /// True for an address that can be no subnet's with room for hosts, as 10.1.0.1 and 10.1.0.10: in 10.1.0.128/24 and in
    /// 172.16.1.0/16 it may be the length that is wrong.
    private static func isHosts(_ address: IPAddress) -> Bool { address.bits.trailingZeroBitCount < 2 }

    /// How many bits tell the subnet's addresses apart.
    private var hostBits: Int { family.width - length }
    /// A one for each host bit.
    private var hostMask: UInt128 { Prefix.hostMask(family, length: length) }
    /// A one for each host bit of a subnet of a length.
    private static func hostMask(_ family: AddressFamily, length: Int) -> UInt128 {
        let bits = family.width - length
        return bits == 128 ? UInt128.max : (UInt128(1) << UInt128(bits)) - 1
    }
}
