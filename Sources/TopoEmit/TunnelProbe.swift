internal import TopoModel
public import TopoPlan

extension PlannedTunnel.Kind {
    /// Words after `type` of `ip link add` that make such an interface anywhere, to see whether the kernel has its type. The
    /// addresses are those for documentation (RFC 5737, RFC 3849): nothing is sent to them.
    public var probe: [String] {
        switch self {
        case .gretap(let remote, _):
            switch remote.value.family {
            case .ipv4: ["gretap", "remote", "192.0.2.1", "local", "192.0.2.2"]
            case .ipv6: ["ip6gretap", "remote", "2001:db8::1", "local", "2001:db8::2"]
            }
        case .vxlan: ["vxlan", "id", "1", "dstport", "4789"]
        }
    }
}
