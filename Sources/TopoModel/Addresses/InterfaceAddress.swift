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

    /// Reads `ADDRESS/LENGTH`; the length is required.
    /// - Throws: `AddressError` with what is wrong.
    public init(_ text: String) throws(AddressError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = Int(parts[1]) else { throw AddressError("no prefix length") }
        address = try IPAddress(String(parts[0]))
        guard (0...address.family.width).contains(length) else { throw AddressError("no such length") }
        self.length = length
    }

    /// The subnet that the address is in.
    public var prefix: Prefix { Prefix(containing: address, length: length) }

    /// `ADDRESS/LENGTH`.
    public var description: String { "\(address)/\(length)" }
}
