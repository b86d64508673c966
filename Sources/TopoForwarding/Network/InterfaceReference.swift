public import TopoPlan

/// An interface of a host or container, by name.
public struct InterfaceReference: Sendable, Hashable, CustomStringConvertible {
    /// Whose it is.
    public let node: NodeName
    /// Its name there.
    public let name: String

    /// Makes a reference.
    public init(node: NodeName, name: String) {
        self.node = node
        self.name = name
    }

    /// `host1 eth0`.
    public var description: String { "\(node) \(name)" }
}
