internal import TopoEmit
internal import TopoModel
internal import TopoPlan
internal import TopoText

/// A host's network for netplan(5), which makes units of systemd-networkd of it; and what netplan has no words for.
struct NetplanFile {
    private let host: HostPlan
    private let origin: Origin
    private let index: InterfaceIndex

    init(_ host: HostPlan, of plan: Plan, index: InterfaceIndex) {
        self.host = host
        self.index = index
        origin = Origin(host, of: plan)
    }

    /// The text of `05-topoc.yaml`.
    var text: String {
        let head = origin.comments(on: "the network") + (unsaid.isEmpty ? [] : ["", "Not said here:"] + unsaid)
        let parts = [("ethernets", ethernets), ("bridges", bridges), ("tunnels", tunnels), ("vlans", vlans)].filter {
            !$1.isEmpty
        }
        let lines =
            head.map { $0.isEmpty ? "#" : "# " + shellComment($0) }
            + ["network:", "  version: 2", "  renderer: networkd"]
            + parts.flatMap { ["  \($0):"] + $1 }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Drop-ins for the units that netplan makes, with what it has no words for; by their path below `/etc/systemd/network`.
    var dropIns: [(path: String, file: UnitFile)] {
        let tunnels = host.tunnels.flatMap { tunnel in
            let limit = tunnel.isOverIPv6GRE ? [UnitSection("Tunnel", [("EncapsulationLimit", .word("none"))])] : []
            return [
                dropIn("tunnel", tunnel.name, "netdev", limit),
                dropIn(
                    "tunnel", tunnel.name, "network",
                    TunnelSection(tunnel).peers + UnitSection.vlans(index.portVLANs(of: tunnel.name))
                        + shared(tunnel.name)),
            ]
        }
        let links = host.veths.filter { $0.bridge == nil }.map {
            dropIn("link", $0.hostInterface, "network", shared($0.hostInterface))
        }
        let ports =
            host.nics.map { ("NIC", $0.name) } + host.vlans(of: .host).map { ("VLAN interface", $0.name) }
            + host.bridges.filter { $0.manager != .existing }.map { ("bridge", $0.name) }
        let bridges = host.bridges.filter { $0.manager != .existing && $0.filtersVLANs }.map {
            dropIn("bridge", $0.name, "netdev", [UnitSection.vlanFiltering])
        }
        return
            (tunnels + bridges + links
            + ports.map { dropIn($0, $1, "network", UnitSection.vlans(index.portVLANs(of: $1)) + shared($1)) })
            .compactMap(\.self)
    }

    /// An interface's routes by several routers.
    private func shared(_ interface: String) -> [UnitSection] {
        index.routes(of: interface).filter { NetplanWords.route($0) == nil }.map {
            UnitSection.route($0, isAsByHand: true)
        }
    }

    private func dropIn(
        _ kind: String, _ name: String, _ suffix: String, _ sections: [UnitSection]
    ) -> (path: String, file: UnitFile)? {
        guard !sections.isEmpty, NetplanWords.isName(name) else { return nil }
        let comments = origin.comments(on: "what netplan has no words for, of \(kind) \(name)")
        return (
            "10-netplan-\(name).\(suffix).d/topoc.conf",
            UnitFile(name: "topoc.conf", comments: comments, sections: sections)
        )
    }

    /// What is not in the file, a line each, with what to do about it.
    var unsaid: [String] {
        let forwarding = host.objects.contains { planned in
            if planned.namespace == .host, case .forwarding = planned.object { true } else { false }
        }
        let settings = forwarding ? ["- forwarding: it is in ../networkd/*.conf, for /etc/sysctl.d"] : []
        let nat =
            host.nat == nil
            ? [] : ["- NAT: it is in ../networkd/*-nat.nft and *-nat.service, which install.sh puts in place"]
        let announcements =
            host.announcements.isEmpty
            ? []
            : [
                "- announced addresses: they are in ../networkd/*-announce.service, which install.sh puts in place"
            ]
        let tunnels = dropIns.map { "- what is in \($0.path), for /etc/systemd/network" }
        let bridges = host.bridges.filter { $0.manager == .existing }.map { bridge in
            "- bridge \(bridge.name), which is there before: what it is to have is to be said where it is configured"
        }
        let names =
            (host.nics.map(\.name) + host.bridges.map(\.name) + host.tunnels.map(\.name)
            + host.vlans(of: .host).map(\.name))
            .filter { !NetplanWords.isName($0) }
            .map { "- interface \($0), a name that netplan does not take" }
        return settings + nat + announcements + tunnels + bridges + names
    }

    private var ethernets: [String] {
        let nics = host.nics.flatMap { nic -> [String] in
            let says = nic.lan != nil || nic.bridge != nil || nic.mac != nil || nic.mtu.value != 1500
            guard says || index.has(nic.name) else { return [] }
            return entry(nic.name, mac: nic.mac?.value, mtu: nic.mtu.value, isPort: nic.bridge != nil)
        }
        let links = host.veths.filter { $0.bridge == nil }.flatMap { veth in
            entry(veth.hostInterface, mtu: veth.mtu.value, isOptional: true)
        }
        let own = host.loopback(of: .host).map { "\"\($0)\"" }.joined(separator: ", ")
        return (own.isEmpty ? [] : ["    lo:", "      addresses: [\(own)]"]) + nics + links
    }

    private var bridges: [String] {
        host.bridges.filter { $0.manager != .existing }.flatMap { bridge in
            let ports = bridge.ports.filter(NetplanWords.isName).map(yamlString).joined(separator: ", ")
            return entry(
                bridge.name, ["interfaces: [\(ports)]", "parameters: {stp: \(bridge.stp)}"], mac: bridge.mac.value,
                mtu: bridge.mtu.value)
        }
    }

    private var tunnels: [String] {
        host.tunnels.flatMap { tunnel in
            entry(
                tunnel.name, NetplanWords.kind(of: tunnel), mac: tunnel.mac.value, mtu: tunnel.mtu.value,
                isPort: tunnel.bridge != nil)
        }
    }

    private var vlans: [String] {
        host.vlans(of: .host).flatMap { vlan in
            entry(
                vlan.name, ["id: \(vlan.id)", "link: \(yamlString(vlan.link))"], mac: vlan.mac?.value,
                mtu: vlan.mtu.value, isPort: vlan.bridge != nil)
        }
    }

    private func entry(
        _ name: String, _ own: [String] = [], mac: MACAddress? = nil, mtu: Int, isPort: Bool = false,
        isOptional: Bool = false
    ) -> [String] {
        guard NetplanWords.isName(name) else { return [] }
        let addresses = index.addresses(of: name)
        let routes = index.routes(of: name).compactMap(NetplanWords.route).map { "  - {\($0)}" }
        var lines = own
        if let mac { lines.append("macaddress: \"\(mac)\"") }
        if mtu != 1500 { lines.append("mtu: \(mtu)") }
        if !addresses.isEmpty {
            lines.append("addresses: [\(addresses.map { "\"\($0)\"" }.joined(separator: ", "))]")
        }
        // As in the units: nothing but what the topology says, and that whether a cable is there or not.
        if !index.hasIPv6(name) { lines.append("link-local: []") }
        if !isPort { lines += ["accept-ra: false", "ignore-carrier: true"] }
        if isOptional || addresses.isEmpty { lines.append("optional: true") }
        if !routes.isEmpty { lines += ["routes:"] + routes }
        return ["    \(yamlString(name)):"] + lines.map { "      \($0)" }
    }
}

extension PlannedTunnel {
    /// Whether it is Ethernet in GRE over IPv6.
    fileprivate var isOverIPv6GRE: Bool {
        switch kind {
        case .gretap(let remote, _):
            switch remote.value.family {
            case .ipv4: false
            case .ipv6: true
            }
        case .vxlan: false
        }
    }
}
