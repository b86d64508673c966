internal import TopoModel
public import TopoPlan
internal import TopoText

/// The kernel's settings by which a host answers neighbour solicitations for addresses that others have: for those in its table of
/// proxied neighbours, and no others.
public struct ProxySettings: Sendable {
    /// The setting for all interfaces, as sysctl(8) has it; nil where the host announces no IPv6 address. It is also for those
    /// solicitations that come to the host alone, by which a neighbour finds out whether an address is still there
    /// (`ip6_forward`).
    public let all: String?
    private let parents: Set<String>

    /// Takes the host's announcements.
    public init(_ host: HostPlan) {
        func announcers(_ announcements: [PlannedAnnouncement]) -> [String] {
            announcements.filter { $0.address.family == .ipv6 }.map(\.interface)
        }
        all = announcers(host.announcements).isEmpty ? nil : "net.ipv6.conf.all.proxy_ndp"
        let instances = host.containers.filter { $0.runtime == .lxd || $0.runtime == .incus }
        parents = Set(instances.flatMap { announcers(host.announcements(of: $0.name)) })
    }

    /// The setting of an interface, where LXD and Incus ask for it of a NIC's parent; nil elsewhere.
    public func key(of interface: String) -> String? {
        guard parents.contains(interface) else { return nil }
        // A name with a dot needs the other spelling (sysctl(8)).
        return interface.hasByte(of: ".")
            ? "net/ipv6/conf/\(interface)/proxy_ndp" : "net.ipv6.conf.\(interface).proxy_ndp"
    }

    /// All of them, those of interfaces in their order.
    public func keys(of interfaces: [String]) -> [String] { (all.map { [$0] } ?? []) + interfaces.compactMap(key) }
}
