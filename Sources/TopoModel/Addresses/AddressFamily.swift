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

    /// The bytes of an IP header without options (RFC 791), or without extension headers (RFC 8200).
    public var headerSize: Int {
        switch self {
        case .ipv4: 20
        case .ipv6: 40
        }
    }

    /// The family as messages name it: `IPv4` or `IPv6`.
    public var title: String {
        switch self {
        case .ipv4: "IPv4"
        case .ipv6: "IPv6"
        }
    }
}
