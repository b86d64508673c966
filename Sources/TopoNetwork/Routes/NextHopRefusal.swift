/// Why the kernel rejects a route by a next hop.
public enum NextHopRefusal: Error, Sendable, Hashable {
    /// It is an address of the node's own: "Nexthop has invalid gateway".
    case own
    /// It is a link-local address, and the route names no interface.
    case noInterface
    /// No route of scope link is for it.
    case notOnLink
    /// The best route for it is this one, which leads to another router or nowhere (IPv6).
    case behind(TableRoute)
}
