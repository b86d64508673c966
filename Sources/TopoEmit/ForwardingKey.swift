public import TopoModel

extension AddressFamily {
    /// The name, for `sysctl(8)`, of the switch that makes a namespace a router of this family.
    public var forwardingKey: String {
        switch self {
        case .ipv4: "net.ipv4.ip_forward"
        case .ipv6: "net.ipv6.conf.all.forwarding"
        }
    }
}
