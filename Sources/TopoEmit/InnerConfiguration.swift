public import TopoModel
public import TopoPlan

/// All that is configured inside one container: what scripts set in it by hand, and what its own files are to repeat.
public struct InnerConfiguration {
    /// Its interfaces.
    public let veths: [PlannedVeth]
    /// Its VLAN interfaces.
    public let vlans: [PlannedVLAN]
    /// Their addresses, those of the loopback interface first.
    public let addresses: [PlannedAddress]
    /// Its routes, the default gateway's too.
    public let routes: [PlannedRoute]
    /// Its IP forwarding, where the topology says.
    public let forwarding: [PlannedForwarding]
    /// Those of its addresses that its host answers for.
    public let announcements: [PlannedAnnouncement]

    /// Takes a container's objects out of its host's plan.
    public init(of container: PlannedContainer, on host: HostPlan) {
        let inside = Namespace.container(container.name)
        veths = host.veths(of: container.name)
        vlans = host.vlans(of: inside)
        addresses = host.addresses(of: inside)
        routes = host.routes(of: inside)
        forwarding = host.forwarding(of: inside)
        announcements = host.announcements(of: container.name)
    }

    /// The addresses of an interface that is linked to the host alone and shares no subnet with it: each the only one of its family.
    public func singleAddresses(of veth: PlannedVeth) -> [IPAddress] {
        guard veth.bridge == nil else { return [] }
        return addresses(of: veth.interface).filter { $0.length == $0.address.family.width }.map(\.address)
    }

    /// The one interface on which the host answers for all of some addresses; nil where there is none, or several.
    public func announcer(of addresses: [IPAddress]) -> String? {
        let all = addresses.map { address in announcements.first { $0.address == address }?.interface }
        return all.first.flatMap { first in all.allSatisfy { $0 == first } ? first : nil }
    }

    /// Whether it has a default route of a family by the host's end of a link to a single address.
    public func goesByHost(_ family: AddressFamily, on interface: String) -> Bool {
        let end = PointToPointLink.hostEnd(family).address
        return routes.contains { route in
            guard route.destination == .everything(family), case .via(let hop, interface) = route.action else {
                return false
            }
            return hop.value == end && route.metric == nil
        }
    }

    /// An interface's addresses.
    public func addresses(of interface: String) -> [InterfaceAddress] {
        addresses.filter { $0.interface == interface }.map(\.address)
    }

    /// The addresses of its loopback interface.
    public var loopback: [InterfaceAddress] {
        addresses.filter { $0.interface == InterfaceName.loopback }.map(\.address)
    }

    /// The routes that are configured along with an interface: each with one, the first where it has none of its own.
    public func routes(of interface: String) -> [PlannedRoute] {
        let owners = RouteOwners(addresses: addresses, routes: routes, first: veths.first?.interface)
        return routes.filter { owners.owner(of: $0) == interface }
    }

    /// Units of systemd-networkd, one an interface, as it is in the container.
    public var units: [UnitFile] {
        (loopback.isEmpty ? [] : [.loopback(loopback)])
            + veths.map { veth in
                // By its MAC address: that the topology gives, and the name whoever makes the container.
                let match = UnitSection("Match", [("MACAddress", .mac(veth.mac.value))])
                let mtu = veth.mtu.value == 1500 ? nil : UnitValue.number(veth.mtu.value)
                var (link, network) = (UnitSection("Link"), UnitSection("Network"))
                link.add("MTUBytes", mtu)
                for address in addresses(of: veth.interface) { network.add("Address", .address(address)) }
                for vlan in vlans where vlan.link == veth.interface {
                    network.add("VLAN", UnitInterface(vlan.name).map(UnitValue.interface))
                }
                // The first file that matches an interface is its only one, and netplan's begin with 10.
                return UnitFile(
                    name: "05-topoc-\(unitFileName(veth.interface)).network",
                    sections: [match, link, network]
                        + routes(of: veth.interface).map { UnitSection.route($0, isAsByHand: false) })
            }
            + vlans.flatMap { vlan in
                UnitFile.vlan(vlan, addresses: addresses(of: vlan.name), routes: routes(of: vlan.name))
            }
    }

    /// The kernel's settings for forwarding, as `sysctl(8)` has them.
    public var settings: [(key: String, value: String)] {
        forwarding.flatMap { forwarding in
            forwarding.families.map { (key: $0.forwardingKey, value: forwarding.isEnabled ? "1" : "0") }
        }
    }

    /// All of it in one line, by which a change is seen: `eth0 10.1.0.11/24, default via 10.1.0.1`.
    public var summary: String {
        let links = veths.map { veth in
            let mtu = veth.mtu.value == 1500 ? [] : ["mtu \(veth.mtu.value)"]
            return ([veth.interface] + mtu + addresses(of: veth.interface).map { "\($0)" }).joined(separator: " ")
        }
        let tagged = vlans.map { vlan in
            let words = ["\(vlan.name) VLAN \(vlan.id) of \(vlan.link) mtu \(vlan.mtu.value)"]
            let mac = vlan.mac.map { ["\($0.value)"] } ?? []
            return (words + mac + addresses(of: vlan.name).map { "\($0)" }).joined(separator: " ")
        }
        let routes = routes.map { RouteWords($0).arguments().joined(separator: " ") }
        let own =
            loopback.isEmpty ? [] : ["\(InterfaceName.loopback) " + loopback.map(\.description).joined(separator: " ")]
        return (own + links + tagged + routes + settings.map { "\($0.key)=\($0.value)" }).joined(separator: ", ")
    }
}
