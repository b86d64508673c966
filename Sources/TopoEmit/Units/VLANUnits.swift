internal import TopoModel
public import TopoPlan

extension UnitFile {
    /// The files of a VLAN interface in a container: its making, and its addresses and routes (systemd.netdev(5), systemd.network(5)).
    /// Its link's file names it.
    static func vlan(_ vlan: PlannedVLAN, addresses: [InterfaceAddress], routes: [PlannedRoute]) -> [UnitFile] {
        guard let name = UnitInterface(vlan.name) else { return [] }
        let stem = "05-topoc-\(name.fileName)"
        var network = UnitSection("Network")
        for address in addresses { network.add("Address", .address(address)) }
        return [
            UnitFile(name: "\(stem).netdev", sections: UnitSection.vlan(vlan, name)),
            UnitFile(
                name: "\(stem).network",
                sections: [UnitSection("Match", [("Name", .pattern(name))]), network]
                    + routes.map { UnitSection.route($0, isAsByHand: false) }),
        ]
    }
}

extension UnitSection {
    /// The sections that make a VLAN interface.
    public static func vlan(_ vlan: PlannedVLAN, _ name: UnitInterface) -> [UnitSection] {
        var device = UnitSection("NetDev", [("Name", .interface(name)), ("Kind", .word("vlan"))])
        device.add("MTUBytes", .number(vlan.mtu.value))
        device.add("MACAddress", vlan.mac.map { .mac($0.value) })
        return [device, UnitSection("VLAN", [("Id", .number(vlan.id))])]
    }

    /// What makes a bridge tell VLANs apart; without a default, new ports are in none.
    public static var vlanFiltering: UnitSection {
        UnitSection("Bridge", [("VLANFiltering", .flag(true)), ("DefaultPVID", .word("none"))])
    }

    /// The VLANs of a port, or of a bridge's own side.
    public static func vlans(_ vlans: PlannedPortVLANs) -> [UnitSection] {
        let untagged = vlans.untagged.map { vlan in
            UnitSection(
                "BridgeVLAN",
                [("VLAN", .number(vlan)), ("PVID", .number(vlan)), ("EgressUntagged", .number(vlan))])
        }
        return (untagged.map { [$0] } ?? []) + vlans.tagged.map { UnitSection("BridgeVLAN", [("VLAN", .range($0))]) }
    }
}
