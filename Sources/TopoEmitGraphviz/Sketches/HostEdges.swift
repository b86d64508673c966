internal import TopoModel
internal import TopoPlan

/// The bridges of a host's cluster, and what joins its nodes.
extension HostCluster {
    func node(_ bridge: PlannedBridge, _ groups: [ContainerGroup]) -> String {
        let ports = BridgePorts(bridge, of: host, groups: groups, style: style, isOutward: outwardNICs.contains).ports
        let addresses =
            host.addresses(of: bridge.name).map(\.description) + style.words.vlans(bridge.ownUntagged)
            + host.vlanWords(on: bridge.name)
        let stp = (bridge.stp ? ["STP"] : []) + (bridge.filtersVLANs ? [style.words.vlanFiltering] : [])
        let kind = style.words.kind(of: bridge)
        // A NIC that joins its macvlan interfaces has one MAC address, its own.
        let mac = bridge.macvlanParent == nil ? ["\(bridge.mac.value)"] : []
        let shown = (bridge.macvlanParent == nil ? style.mac(bridge.mac) : []) + style.mtu(bridge.mtu) + stp
        let name = Cell(
            lines: [.name(bridge.name, kind: kind)] + (style.partOf(bridge.partOf) + addresses).map(Markup.text)
                + (shown.isEmpty ? [] : [.small(shown.joined(separator: " · "))]),
            port: "name", symbol: Symbol.bridge.table(style.stroke(.bridge)),
            hatch: style.hatch(.bridge, of: bridge.partOf))
        func cells(outward: Bool) -> [Cell] {
            ports.filter { $0.isOutward == outward }.map { $0.cell(style.words) }
        }
        let box = Box(
            look: .bridge, theme: style.theme, rows: rows([cells(outward: true), [name], cells(outward: false)]),
            fill: style.fill(.bridge, of: bridge.partOf))
        return style.node(
            path("bridge", bridge.name), "bridge", label: box.label,
            tooltip: ["\(kind) \(bridge.name)", style.words.manager(bridge.manager)] + style.partOf(bridge.partOf)
                + addresses + mac
                + ["MTU \(bridge.mtu.value)"] + stp + ports.map(\.interface))
    }

    /// Keeps the containers side by side in the order of their bridges, then of the plan.
    func order(_ groups: [ContainerGroup]) -> [String] {
        let bridges = Dictionary(
            host.bridges.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        let places = groups.enumerated().map { number, group in
            let bridge = host.veths(of: group.name).first?.bridge
            return (bridge.flatMap { bridges[$0] } ?? bridges.count, number)
        }
        let sorted = groups.indices.sorted { places[$0] < places[$1] }
        guard sorted.count > 1 else { return [] }
        let row = sorted.map { id("container", groups[$0].name) }.joined(separator: " -- ")
        return ["{ rank=same; \(row) [style=invis] }"]
    }

    func edges(_ groups: [ContainerGroup]) -> [String] {
        groups.flatMap(edges) + host.bridges.flatMap(edges) + (hasRouting ? routingEdges : []) + carriers
    }

    /// A line from a device's end of it.
    /// - Parameter isInward: whether the other end is nearer to the LANs.
    private func line(
        _ near: String, _ far: String, isInward: Bool, _ path: [(kind: String, name: String)], _ kind: String,
        _ attributes: [String], _ arrows: [TrailMarks.Arrow]
    ) -> [String] {
        let isOnward = isInward == isAbove
        return style.line(
            near + (isOnward ? ":s" : ":n"), far + (isOnward ? ":n" : ":s"), isOnward: isOnward, path, kind, attributes,
            arrows: arrows)
    }

    private func interface(_ name: String, of container: String? = nil) -> InterfaceName {
        InterfaceName(host: host.name, container: container, interface: name)
    }

    /// The veth pairs.
    private func edges(_ group: ContainerGroup) -> [String] {
        host.veths(of: group.name).enumerated().flatMap { number, veth in
            let arrows = group.containers.flatMap { container in
                host.veths(of: container.name).filter { group.isFolded || $0.interface == veth.interface }.flatMap {
                    style.marks.touches(interface($0.interface, of: container.name))
                }
            }
            let far =
                veth.bridge.map { "\(id("bridge", $0)):\(BridgePorts.name(of: veth))" }
                ?? id("veth", veth.hostInterface)
            return line(
                id("container", group.name) + ":i\(number)", far, isInward: true,
                path("container", group.name) + [("interface", veth.interface)], "veth",
                [group.isFolded ? "penwidth=3" : veth.bridge == nil ? "weight=8" : "weight=2"], arrows.distinct)
        }
    }

    /// A bridge's NICs and tunnels.
    private func edges(_ bridge: PlannedBridge) -> [String] {
        bridge.ports.enumerated().flatMap { number, port in
            let box = host.box(ofPort: port)
            let kind = host.kind(ofBox: box)
            return line(
                "\(id("bridge", bridge.name)):\(BridgePorts.name(of: number))", id(kind, box),
                isInward: !outwardNICs.contains(box), path("port", port), "port", ["weight=8"],
                style.marks.bridges(interface(port)))
        }
    }

    /// The host's own interfaces with addresses, joined to its IP.
    private var routingEdges: [String] {
        func line(
            _ kind: String, _ name: String, isInward: Bool, _ more: [String], _ arrows: [TrailMarks.Arrow]
        )
            -> [String]
        {
            self.line(
                routing, id(kind, name), isInward: isInward, path("ip", name), "ip", ["weight=8"] + more, arrows)
        }
        let bridges = host.bridges.filter { host.hasAddress($0.name) }.flatMap {
            line("bridge", $0.name, isInward: false, [], style.marks.routes(interface($0.name)))
        }
        let ends = links.flatMap { link in
            line(
                "veth", link.name, isInward: false, link.isFolded ? ["penwidth=3"] : [],
                link.veths.flatMap { style.marks.routes(interface($0.hostInterface)) }.distinct)
        }
        let nics = host.nics.filter { host.hasAddress($0.name) }.flatMap {
            line(
                "nic", $0.name, isInward: !outwardNICs.contains($0.name), [], style.marks.routes(interface($0.name)))
        }
        return bridges + ends + nics
    }

    /// Each tunnel's underlay interface.
    private var carriers: [String] {
        host.tunnels.flatMap { tunnel -> [String] in
            guard let dev = tunnel.dev?.value, host.nics.contains(where: { $0.name == dev }) else { return [] }
            let carried = style.marks.bridges(interface(tunnel.name))
            return line(
                id("tunnel", tunnel.name), id("nic", dev), isInward: !outwardNICs.contains(dev),
                path("carrier", tunnel.name), "carrier", ["style=dotted", "weight=4"],
                style.marks.routes(interface(dev)).filter(carried.contains))
        }
    }
}
