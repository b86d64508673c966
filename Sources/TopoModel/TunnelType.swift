/// What carries a tunnel's frames, as it is written.
public enum TunnelType: String, Sendable, Hashable, CaseIterable {
    /// Ethernet in GRE (RFC 2784).
    case gretap
    /// VXLAN (RFC 7348).
    case vxlan

    /// What stands between the outer IP header and the inner Ethernet header, in bytes: GRE's 4 (RFC 2784) with 4 more for a
    /// key (RFC 2890), or UDP's 8 and VXLAN's 8 (RFC 7348).
    public func headerSize(hasKey: Bool) -> Int {
        switch self {
        case .gretap: hasKey ? 8 : 4
        case .vxlan: 16
        }
    }
}
