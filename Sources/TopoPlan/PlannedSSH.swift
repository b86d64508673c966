/// How a host is reached over SSH.
public struct PlannedSSH: Sendable, Hashable {
    /// The name or address that SSH connects to.
    public let host: String
    /// Who logs in; SSH's own choice where nil.
    public let user: String?
    /// The port; SSH's own choice where nil.
    public let port: UInt16?

    /// Makes a way to a host.
    public init(host: String, user: String? = nil, port: UInt16? = nil) {
        self.host = host
        self.user = user
        self.port = port
    }
}
