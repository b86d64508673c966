import TopoModel

extension PlannedLAN {
    /// The router behind which is what is not in the topology, as a host with a NIC on this LAN: for the prediction and for
    /// figures. No script makes it, but for the lab's. Nil where nothing is outside.
    ///
    /// It knows the LAN's own subnets, and refuses what is for the topology's others; what it has no route to is behind it.
    public var outsideHost: HostPlan? {
        guard let outside else { return nil }
        let interface = Outside.interface
        let name = NodeName(outsideOf: name).host
        let families = AddressFamily.allCases.filter { family in
            outside.addresses.contains { $0.address.family == family }
        }
        var objects: [(KernelObject, Subject)] = [
            (.forwarding(PlannedForwarding(families: families, isEnabled: true)), .forwarding),
            (
                .nic(
                    PlannedNIC(
                        name: interface, lan: self.name, bridge: nil, mac: nil,
                        mtu: Setting(mtu.value, .derived("the LAN's")))), .nic(interface)
            ),
        ]
        objects += outside.addresses.map {
            (.address(PlannedAddress(interface: interface, address: $0)), .nic(interface))
        }
        objects += outside.subnets.map { subnet in
            (.route(PlannedRoute(destination: subnet, action: .dev(interface), metric: nil)), .routes)
        }
        objects += outside.unknown.map { subnet in
            (.route(PlannedRoute(destination: subnet, action: .unreachable, metric: nil)), .routes)
        }
        return HostPlan(
            name: name, description: nil,
            objects: objects.map { PlannedObject($0, in: .host, for: $1, from: outside.origin) })
    }
}
