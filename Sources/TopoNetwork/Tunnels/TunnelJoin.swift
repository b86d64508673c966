public import TopoModel

/// Two ends of tunnels between which frames go.
public struct TunnelJoin: Sendable, Hashable {
    /// What is between them.
    public enum Kind: Sendable, Hashable {
        /// A link of their own, as between the ends of a gretap tunnel.
        case link
        /// A VXLAN, which may have further ends, and passes nothing from one of them to another.
        case overlay
    }

    /// One end.
    public let one: InterfaceName
    /// The other.
    public let other: InterfaceName
    /// What is between them.
    public let kind: Kind
}
