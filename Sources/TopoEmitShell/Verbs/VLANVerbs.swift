internal import TopoModel
internal import TopoPlan

/// How scripts make VLAN interfaces: with `ip-link(8)`.
struct VLANVerbs {
    /// Where: on the host or in a container.
    let place: Command.Place

    /// Makes a VLAN interface, up. Its MTU is always said: the kernel would take its link's.
    func make(_ vlan: PlannedVLAN, linkMTU: Int?) -> [Command] {
        let mac = vlan.mac.map { ["address", "\($0.value)"] } ?? []
        let mtu = vlan.mtu.value == 1500 && linkMTU == 1500 ? [] : ["mtu", String(vlan.mtu.value)]
        let words = ["ip", "link", "add", "link", vlan.link, "name", vlan.name] + mac + mtu
        return [
            Command(in: place, words + ["type", "vlan", "id", String(vlan.id)]),
            Command(in: place, ["ip", "link", "set", "dev", vlan.name, "up"]),
        ]
    }
}
