internal import TopoEmit
internal import TopoModel
internal import TopoPlan

/// All units of one host.
struct HostUnits {
    private let host: HostPlan
    private let origin: Origin
    private let index: InterfaceIndex

    /// The bridges whose ports are containers' alone: they have no carrier until the first of them starts.
    private let bridgesForContainers: Set<String>
    /// The interfaces made by units.
    let ownDevices: Set<String>

    init(_ host: HostPlan, of plan: Plan, index: InterfaceIndex) {
        self.host = host
        self.index = index
        origin = Origin(host, of: plan)
        let bridges = host.bridges
        bridgesForContainers = Set(bridges.filter(\.ports.isEmpty).map(\.name))
        ownDevices = Set(
            host.tunnels.map(\.name) + host.vlans(of: .host).map(\.name)
                + bridges.filter { $0.manager != .existing }.map(\.name))
        files = makeFiles()
        fileNames = Set(files.map(\.name))
    }

    /// The files, in the order of the plan: of what a file makes first the `.netdev`.
    private(set) var files: [UnitFile] = []
    private var fileNames: Set<String> = []

    private func makeFiles() -> [UnitFile] {
        let own = host.loopback(of: .host)
        let loopback =
            own.isEmpty ? [] : [UnitFile.loopback(own, comments: origin.comments(on: "the loopback interface"))]
        return loopback
            + host.objects.flatMap { planned -> [UnitFile] in
                switch planned.object {
                case .nic(let nic): [network(of: nic)].compactMap(\.self)
                case .tunnel(let tunnel): [netdev(of: tunnel), network(of: tunnel)].compactMap(\.self)
                case .bridge(let bridge): [netdev(of: bridge), network(of: bridge)].compactMap(\.self)
                case .vlan(let vlan) where planned.namespace == .host: files(of: vlan)
                case .veth(let veth): [network(of: veth)].compactMap(\.self)
                case .forwarding, .vlan, .port, .container, .address, .route, .announcement, .nat: []
                }
            }
    }

    /// The interfaces' names for which there can be no unit, since systemd does not take them.
    var refusedNames: [String] {
        (deviceNames + host.veths.filter { $0.bridge == nil }.map(\.hostInterface)).filter { UnitInterface($0) == nil }
    }

    /// The interfaces that are there once the units are read: not the links of containers.
    var links: [String] { deviceNames.filter(has) }

    private var deviceNames: [String] {
        host.nics.map(\.name) + host.tunnels.map(\.name) + host.bridges.map(\.name)
            + host.vlans(of: .host).map(\.name)
    }

    /// Whether there is a `.network` for an interface.
    func has(_ interface: String) -> Bool { fileName(of: interface) != nil }

    /// The name of an interface's `.network`.
    func fileName(of interface: String) -> String? {
        guard let name = UnitInterface(interface) else { return nil }
        let file = "05-topoc-\(name.fileName).network"
        return fileNames.contains(file) ? file : nil
    }

    // MARK: .netdev

    private func netdev(of bridge: PlannedBridge) -> UnitFile? {
        // One that others make is theirs; but for LXD's, which LXD takes as it finds it when it starts: systemd-networkd
        // gives no port to a bridge that it has no .netdev of.
        guard bridge.manager != .existing, let name = UnitInterface(bridge.name) else { return nil }
        let stp = UnitSection("Bridge", bridge.stp ? [("STP", .flag(true))] : [])
        let filtering = bridge.filtersVLANs ? [UnitSection.vlanFiltering] : []
        return file(
            name, ".netdev", "bridge \(bridge.name)", [head(name, "bridge", bridge.mac.value), stp] + filtering)
    }

    private func netdev(of tunnel: PlannedTunnel) -> UnitFile? {
        guard let name = UnitInterface(tunnel.name) else { return nil }
        let section = TunnelSection(tunnel)
        return file(
            name, ".netdev", "tunnel \(tunnel.name)",
            [head(name, section.kind, tunnel.mac.value), section.section])
    }

    private func files(of vlan: PlannedVLAN) -> [UnitFile] {
        guard let name = UnitInterface(vlan.name) else { return [] }
        let subject = "VLAN interface \(vlan.name)"
        return [
            file(name, ".netdev", subject, UnitSection.vlan(vlan, name)),
            network(of: vlan.name, subject, mtu: vlan.mtu, bridge: vlan.bridge),
        ].compactMap(\.self)
    }

    private func head(_ name: UnitInterface, _ kind: StaticString, _ mac: MACAddress) -> UnitSection {
        UnitSection("NetDev", [("Name", .interface(name)), ("Kind", .word(kind)), ("MACAddress", .mac(mac))])
    }

    // MARK: .network

    private func network(of nic: PlannedNIC) -> UnitFile? {
        let name = nic.name
        let says = nic.lan != nil || nic.bridge != nil || nic.mac != nil || nic.mtu.value != 1500 || index.has(name)
        guard says else { return nil }
        var link = UnitSection("Link")
        link.add("MACAddress", nic.mac.map { .mac($0.value) })
        let place = nic.lan.map { ", on LAN \"\($0)\"" } ?? ""
        return network(
            of: name, "NIC \(name)\(place)", link: link, mtu: nic.mtu.value == 1500 ? nil : nic.mtu, bridge: nic.bridge)
    }

    private func network(of tunnel: PlannedTunnel) -> UnitFile? {
        network(
            of: tunnel.name, "tunnel \(tunnel.name)", mtu: tunnel.mtu, bridge: tunnel.bridge,
            rest: TunnelSection(tunnel).peers)
    }

    private func network(of bridge: PlannedBridge) -> UnitFile? {
        // Of a bridge that exists before, only what the topology adds to it.
        guard bridge.manager != .existing || index.has(bridge.name) else { return nil }
        let isSet = bridge.manager != .existing && bridge.mtu.value != 1500
        return network(of: bridge.name, "bridge \(bridge.name)", mtu: isSet ? bridge.mtu : nil)
    }

    private func network(of veth: PlannedVeth) -> UnitFile? {
        // Those in bridges are whose container it is, who puts them there; they have nothing here that could be lost.
        guard veth.bridge == nil else { return nil }
        return network(
            of: veth.hostInterface, "the end of container \(veth.container)'s \(veth.interface)",
            mtu: veth.mtu.value == 1500 ? nil : veth.mtu)
    }

    private func network(
        of interface: String, _ subject: String, link first: UnitSection = UnitSection("Link"), mtu: Setting<Int>?,
        bridge: String? = nil, rest: [UnitSection] = []
    ) -> UnitFile? {
        guard let name = UnitInterface(interface) else { return nil }
        let own = index.addresses(of: interface)
        var link = first
        link.add("MTUBytes", mtu.map { .number($0.value) })
        // What has no address of its own is no reason to wait for at boot (systemd-networkd-wait-online).
        if own.isEmpty { link.add("RequiredForOnline", .flag(false)) }
        var network = UnitSection("Network")
        network.add("Bridge", bridge.flatMap(UnitInterface.init).map(UnitValue.interface))
        for tunnel in index.tunnels(over: interface) {
            network.add("VXLAN", UnitInterface(tunnel.name).map(UnitValue.interface))
        }
        for vlan in index.vlans(over: interface) {
            network.add("VLAN", UnitInterface(vlan.name).map(UnitValue.interface))
        }
        if bridge == nil { addStatics(to: &network, hasIPv6: index.hasIPv6(interface)) }
        let routes = index.routes(of: interface).map { UnitSection.route($0, isAsByHand: true) }
        let match = UnitSection("Match", [("Name", .pattern(name))])
        let addresses = own.map { section(of: $0, isAlone: bridgesForContainers.contains(interface)) }
        return file(
            name, ".network", subject,
            [match, link, network] + addresses + routes + rest
                + UnitSection.vlans(index.portVLANs(of: interface)))
    }

    /// - Parameter isAlone: whether the interface has no carrier when the unit is read.
    private func section(of address: InterfaceAddress, isAlone: Bool) -> UnitSection {
        var section = UnitSection("Address", [("Address", .address(address))])
        switch address.address.family {
        // As `ip address add` sets it. Where the interface has the address already, with another broadcast address,
        // systemd-networkd 252 asks the kernel for it without end, and gives the interface up.
        case .ipv4: section.add("Broadcast", .flag(false))
        // Duplicate address detection needs a carrier (RFC 4862, 5.4; `addrconf_dad_begin` in the kernel): without one the address
        // stays tentative, and systemd-networkd 252 never says that it is configured. The topology has no such address twice.
        case .ipv6: if isAlone { section.add("DuplicateAddressDetection", .word("none")) }
        }
        return section
    }

    /// Nothing but what the topology says, and that whether a cable, or a container, is there or not.
    private func addStatics(to network: inout UnitSection, hasIPv6: Bool) {
        if !hasIPv6 { network.add("LinkLocalAddressing", .flag(false)) }
        network.add("IPv6AcceptRA", .flag(false))
        network.add("ConfigureWithoutCarrier", .flag(true))
    }

    private func file(
        _ name: UnitInterface, _ suffix: StaticString, _ subject: String, _ sections: [UnitSection]
    ) -> UnitFile {
        // systemd-networkd reads the files of all folders in the order of their names, and netplan's begin with 10.
        UnitFile(
            name: "05-topoc-\(name.fileName)\(suffix)", comments: origin.comments(on: subject), sections: sections)
    }
}
