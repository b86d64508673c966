public import TopoModel

/// The default gateways of a topology's containers: those written, and those derived.
public struct Gateways: Sendable {
    /// A container's default gateway of one family.
    public struct Gateway: Sendable, Hashable {
        /// The router's address.
        public let address: IPAddress
        /// The container's interface whose subnet the router is on; nil where a written gateway is on none.
        public let interface: String?
        /// Where it was written; nil where it was derived.
        public let written: NextHop?
        /// For a derived one, what it is: `host1's address on bridge "lxdbr0"`.
        public let reason: String
        /// Whether it is the host's end of a link that shares no subnet with the container: the route says that it is on link.
        public let isOnLink: Bool
        /// The interface that the route by it must name: a link-local address means nothing without one (RFC 4007, 6).
        public var device: String? { address.isIPv6LinkLocal || isOnLink ? interface : nil }
    }

    private let segments: Segments

    /// Prepares to answer for the topology whose segments these are.
    public init(_ segments: Segments) { self.segments = segments }

    /// The default gateways of a container, at most one a family, IPv4 first.
    ///
    /// None is derived where a route of the container says where everything goes. Else, where none is written: the host's end of its point-to-point link; else its bridge's address, or that of a VLAN interface of the bridge, where the host
    /// forwards and the address is on the container's segment; else the gateway of the LAN that it is bridged into; else the address of the only other router on the segment, for a container that is no router itself.
    public func gateways(of container: Container, on host: Host) -> [Gateway] {
        switch container.gateway {
        case .none:
            []
        case .routers(let written):
            written.map { router in
                let link = routedLink(of: container, facing: router.address)
                return Gateway(
                    address: router.address,
                    interface: link ?? interface(of: container, facing: router.address, on: host), written: router,
                    reason: router.name.map { "\($0)'s address" } ?? "as written",
                    isOnLink: link != nil && router.address.family == .ipv4)
            }
        case .derived:
            AddressFamily.allCases.compactMap { family in
                replacesDefault(container.routes, family) ? nil : derived(family, for: container, on: host)
            }
        }
    }

    /// The container's first interface whose other end has this address and shares no subnet with the container.
    private func routedLink(of container: Container, facing address: IPAddress) -> String? {
        container.interfaces.first { interface in
            interface.links.contains { $0.isRouted && $0.host.value.address == address }
        }?.name.value
    }

    /// Whether a written default route has the metric of a derived one: the kernel would keep one of the two, and what is
    /// written counts.
    private func replacesDefault(_ routes: [Route], _ family: AddressFamily) -> Bool {
        routes.contains { route in
            route.to.value == .everything(family)
                && RoutingTable.metric(route.metric?.value, of: family) == RoutingTable.metric(nil, of: family)
        }
    }

    /// The container's interface with a subnet that holds an address; of a link-local one, which every link's subnet holds,
    /// the interface on whose segment somebody has it, else the first.
    private func interface(of container: Container, facing address: IPAddress, on host: Host) -> String? {
        if address.isIPv6LinkLocal {
            let owner = container.interfaces.first { interface in
                let name = InterfaceName(
                    host: host.name.value, container: container.name.value, interface: interface.name.value)
                return segments.index(of: name).map { segment in
                    segments.all[segment].members.contains { member in
                        member.interface != name && member.addresses.contains { $0.value.address == address }
                    }
                } ?? false
            }
            return (owner ?? container.interfaces.first)?.name.value
        }
        func holds(_ addresses: [Located<InterfaceAddress>]) -> Bool {
            addresses.contains { $0.value.prefix.contains(address) }
        }
        return container.interfaces.first { holds($0.allAddresses) }?.name.value
            ?? container.vlans.first { holds($0.addresses) }?.name.value
    }

    private func derived(_ family: AddressFamily, for container: Container, on host: Host) -> Gateway? {
        for interface in container.interfaces {
            var isOnLink = false
            let found: (address: IPAddress, reason: String)?
            switch interface.attachment {
            case .pointToPoint(let links):
                let link = links.first { $0.host.value.address.family == family }
                isOnLink = family == .ipv4 && link?.isRouted ?? false
                found = link.map { ($0.host.value.address, "\(host.name.value)'s end of the link") }
            case .bridge(let bridge):
                found = router(
                    family, for: (interface.name.value, interface.addresses), of: container, behind: bridge.value,
                    on: host)
            }
            if let found {
                return Gateway(
                    address: found.address, interface: interface.name.value, written: nil, reason: found.reason,
                    isOnLink: isOnLink)
            }
        }
        for vlan in container.vlans {
            guard let link = container.interfaces.first(where: { $0.name.value == vlan.link.value }),
                case .bridge(let bridge) = link.attachment,
                let found = router(
                    family, for: (vlan.name.value, vlan.addresses), of: container, behind: bridge.value, on: host)
            else { continue }
            return Gateway(
                address: found.address, interface: vlan.name.value, written: nil, reason: found.reason, isOnLink: false)
        }
        return nil
    }

    private func router(
        _ family: AddressFamily, for interface: (name: String, addresses: [Located<InterfaceAddress>]),
        of container: Container,
        behind bridge: String, on host: Host
    ) -> (address: IPAddress, reason: String)? {
        // A link-local subnet is on every link: it does not say that the router is for this container.
        let own = interface.addresses.map(\.value).filter {
            $0.address.family == family && !$0.address.isIPv6LinkLocal
        }
        let name = InterfaceName(
            host: host.name.value, container: container.name.value, interface: interface.name)
        guard !own.isEmpty, let index = segments.index(of: name) else { return nil }
        func onLink(_ member: Segment.Member) -> IPAddress? {
            member.addresses.first { address in
                own.contains { $0.prefix.contains(address.value.address) && $0.address != address.value.address }
            }?.value.address
        }
        let routers = segments.routers(in: index)
        let bridgeName = InterfaceName(host: host.name.value, interface: bridge)
        if let member = routers.first(where: { $0.interface == bridgeName }), let address = onLink(member) {
            return (address, "\(host.name.value)'s address on bridge \"\(bridge)\"")
        }
        for vlan in host.vlans where vlan.link.value == bridge {
            let name = InterfaceName(host: host.name.value, interface: vlan.name.value)
            guard let member = routers.first(where: { $0.interface == name }), let address = onLink(member) else {
                continue
            }
            return (address, "\(host.name.value)'s address in VLAN \(vlan.id.value) of bridge \"\(bridge)\"")
        }
        // The router of a LAN may be one of the topology's own.
        if let gateway = segments.all[index].gateways.first(where: { gateway in
            own.contains { $0.prefix.contains(gateway.address) && $0.address != gateway.address }
        }) {
            return (gateway.address, "LAN \(gateway.lan)'s gateway")
        }
        guard container.forwarding?.value != true else { return nil }
        let others = routers.compactMap { member in onLink(member).map { (member, $0) } }
        guard others.count == 1, let (member, address) = others.first else { return nil }
        return (address, "\(member.interface.container ?? member.interface.host)'s, the only router of the segment")
    }
}
