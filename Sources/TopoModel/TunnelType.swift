/// What carries a tunnel's frames, as it is written.
public enum TunnelType: String, Sendable, Hashable, CaseIterable {
    /// Ethernet in GRE (RFC 2784).
    case gretap
    /// VXLAN (RFC 7348).
    case vxlan
}
