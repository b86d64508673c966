/// An address of an interface with its subnet's prefix length, as in `10.1.0.1/24`.
public struct InterfaceAddress: Hashable, Sendable, CustomStringConvertible {
    /// The interface's own address.
    public let address: IPAddress
    /// Its subnet's prefix length, 0 to 32 or 128.
    public let length: Int

    /// Makes an interface address.
    /// - Precondition: `length` is 0 to the family's width.
    public init(_ address: IPAddress, length: Int) {
        precondition((0...address.family.width).contains(length))
        self.address = address
        self.length = length
    }

    /// Reads `ADDRESS/LENGTH`; the length is required, a netmask is refused.
    ///
    /// Any address is read, a subnet's own as well: `fe80::/10` is one that `isNetworkAddress` is true for.
    /// - Throws: `AddressError` with what is wrong.
    public init(_ text: String) throws(AddressError) {
        guard let interface = InterfaceAddress(strict: text[...].utf8) else {
            throw InterfaceAddress.mistake(in: text[...])
        }
        self = interface
    }

    /// The subnet that the address is in.
    public var prefix: Prefix { Prefix(containing: address, length: length) }

    /// True where the address is its subnet's own and so cannot be an interface's: all host bits are zero.
    ///
    /// For IPv4 that is the network address (RFC 1122, 3.2.1.3). A /31 has none, both addresses are hosts'
    /// (RFC 3021), and a /32 is one host. For IPv6 it is the subnet-router anycast address, which every router of the
    /// subnet answers to (RFC 4291, 2.6.1), for all lengths up to /126: routers do not answer to it on a /127
    /// (RFC 6164), and a /128 is one host.
    public var isNetworkAddress: Bool {
        address.family.width - length > 1 && address == prefix.network
    }

    /// True where the address is its subnet's broadcast address: IPv4 up to /30, all host bits are one.
    public var isBroadcastAddress: Bool { address == prefix.broadcast }

    /// `ADDRESS/LENGTH`.
    public var description: String { "\(address)/\(length)" }
}
