/// How a host is reached over SSH, for those who copy its scripts there and run them.
public struct SSHAccess: Sendable, Hashable {
    /// A machine's name or address.
    public enum Place: Sendable, Hashable {
        case name(String)
        case address(IPAddress)
    }

    /// Where SSH connects to; the host's own name where nil.
    public let host: Located<Place>?
    /// Who logs in; SSH's own choice where nil.
    public let user: Located<String>?
    /// The port; SSH's own choice where nil.
    public let port: Located<UInt16>?

    /// Makes a way to a host.
    public init(host: Located<Place>? = nil, user: Located<String>? = nil, port: Located<UInt16>? = nil) {
        self.host = host
        self.user = user
        self.port = port
    }
}

extension SSHAccess.Place: CustomStringConvertible {
    /// The text that SSH takes.
    public var description: String {
        switch self {
        case .name(let name): name
        case .address(let address): address.description
        }
    }
}
