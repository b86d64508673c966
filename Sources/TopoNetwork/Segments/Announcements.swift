public import TopoModel

/// The addresses that hosts answer for though containers have them: where `announce` says so.
///
/// Linux answers ARP for an address in its table of proxied neighbours where it forwards and its route to the address leads out of
/// another interface than the question came in by (`arp_process`); neighbour discovery where it forwards and `proxy_ndp` is on
/// (`ndisc_recv_ns`). The packets that follow are then forwarded by the route.
public struct Announcements: Sendable {
    /// An address that a host answers for.
    public struct Announcement: Sendable, Hashable {
        /// The address, where the file says it.
        public let address: Located<InterfaceAddress>
        /// The host's interface on which it answers, where the file says it.
        public let device: Located<String>
        /// The host's name.
        public let host: String
        /// The container's interface.
        public let interface: InterfaceName
        /// The index of the segment on which it answers; nil for an interface that is not known.
        public let segment: Int?

        /// The host's interface.
        public var announcer: InterfaceName { InterfaceName(host: host, interface: device.value) }
    }

    /// The announcements, in the order of the file.
    public let all: [Announcement]

    /// Collects those of a topology whose segments these are.
    public init(of topology: Topology, _ segments: Segments) {
        all = topology.hosts.flatMap { host in
            host.routedLinks.compactMap { link, interface in
                link.announce.map { device in
                    Announcement(
                        address: link.container, device: device, host: host.name.value, interface: interface,
                        segment: segments.index(of: .init(host: host.name.value, interface: device.value)))
                }
            }
        }
    }
}

extension Segment {
    /// Whether somebody on it looks for an address here: one of its members has a subnet that holds the address.
    public func looksFor(_ address: IPAddress) -> Bool {
        members.contains { member in
            member.addresses.contains {
                $0.value.length < address.family.width && $0.value.prefix.contains(address)
            }
        }
    }
}
