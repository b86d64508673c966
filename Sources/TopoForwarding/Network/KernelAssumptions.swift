public import TopoNetwork

/// How the hosts' kernels are set up where a plan does not say: what a prediction is made under.
public struct KernelAssumptions: Sendable, Hashable {
    /// Whether a router looks up the way back to a packet's source before it accepts it (RFC 3704), as
    /// `net.ipv4.conf.*.rp_filter` says; IPv6 has no such setting.
    public enum ReversePathFilter: Int, Sendable, Hashable, CaseIterable {
        /// It does not.
        case off = 0
        /// The way back must be by the interface that the packet came in by.
        case strict = 1
        /// There must be a way back.
        case loose = 2
    }

    /// The filter in force on every interface; the kernel's default is off, distributions differ.
    public let reversePathFilter: ReversePathFilter
    /// Whether IP packets that cross a bridge pass the hooks of `br_netfilter`: it is loaded where Docker or LXD run.
    /// With it a bridge breaks IPv4 packets that are larger than a port's MTU in pieces, where they may be broken, and
    /// drops the others; without it a bridge lets pass 4 bytes more than the MTU, room for a VLAN's tag.
    public let bridgesFilterIP: Bool
    /// How many tunnels one node can send a packet through at once, each inside the next one's packets (`TunnelLevels`).
    public let tunnelLevels: Int

    /// Makes assumptions.
    public init(
        reversePathFilter: ReversePathFilter = .off, bridgesFilterIP: Bool = true,
        tunnelLevels: Int = TunnelLevels.most
    ) {
        self.reversePathFilter = reversePathFilter
        self.bridgesFilterIP = bridgesFilterIP
        self.tunnelLevels = tunnelLevels
    }
}
