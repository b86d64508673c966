/// An interface of a topology: of a host, or of one of its containers.
public struct InterfaceName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The host's name.
    public let host: String
    /// The container's name; nil for an interface of the host itself.
    public let container: String?
    /// The interface's name in its namespace.
    public let interface: String

    /// What every network namespace calls its loopback interface.
    public static let loopback = "lo"

    /// Makes a name.
    public init(host: String, container: String? = nil, interface: String) {
        self.host = host
        self.container = container
        self.interface = interface
    }

    /// `host1:eth0`, or `host1/c1:eth0`.
    public var description: String { container.map { "\(host)/\($0):\(interface)" } ?? "\(host):\(interface)" }

    /// By host, the host's own interfaces first, then by container and name.
    public static func < (left: InterfaceName, right: InterfaceName) -> Bool {
        (left.host, left.container ?? "", left.interface) < (right.host, right.container ?? "", right.interface)
    }
}
