internal import TopoModel
internal import TopoPlan

/// The bridges of a host's cluster, and what joins its nodes.
extension HostCluster {
    func node(_ bridge: PlannedBridge, _ groups: [ContainerGroup]) -> String {
        let ports = BridgePorts(bridge, of: host, groups: groups, isOutward: outwardNICs.contains).ports
        let addresses = host.addresses(of: bridge.name).map(\.description)
        let stp = bridge.stp ? ["STP"] : []
        let kind = style.words.kind(of: bridge)
        // A NIC that joins its macvlan interfaces has one MAC address, its own.
        let mac = bridge.macvlanParent == nil ? ["\(bridge.mac.value)"] : []
        let name = Cell(
            lines: [.name(bridge.name, kind: kind)] + addresses.map(Markup.text)
                + [.small((mac + ["MTU \(bridge.mtu.value)"] + stp).joined(separator: " · "))],
            port: "name", symbol: Symbol.bridge.table(style.stroke(.bridge)))
        func cells(outward: Bool) -> [Cell] {
            ports.filter { $0.isOutward == outward }.map { $0.cell(style.words) }
        }
        let box = Box(
            look: .bridge, theme: style.theme, rows: rows([cells(outward: true), [name], cells(outward: false)]))
        return style.node(
            path("bridge", bridge.name), "bridge", label: box.label,
            tooltip: ["\(kind) \(bridge.name)", style.words.manager(bridge.manager)] + addresses + mac
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

    /// An edge from what is nearer to the host's outer side to what is nearer to the LANs.
    private func edge(_ outer: String, _ inner: String, _ attributes: String) -> String {
        let (tail, head) = isAbove ? (outer, inner) : (inner, outer)
        return "\(tail):s -- \(head):n \(attributes)"
    }

    private func interface(_ name: String, of container: String? = nil) -> InterfaceName {
        InterfaceName(host: host.name, container: container, interface: name)
    }

    /// The veth pairs.
    private func edges(_ group: ContainerGroup) -> [String] {
        host.veths(of: group.name).enumerated().map { number, veth in
            let near = id("container", group.name) + ":i\(number)"
            let isLit = group.containers.contains { container in
                host.veths(of: container.name).contains {
                    style.marks.touches(interface($0.interface, of: container.name))
                        && (group.isFolded || $0.interface == veth.interface)
                }
            }
            let attributes = style.edge(
                path("container", group.name) + [("interface", veth.interface)], "veth",
                [group.isFolded ? "penwidth=3" : veth.bridge == nil ? "weight=8" : "weight=2"], isLit: isLit)
            guard let bridge = veth.bridge else {
                return edge(near, id("veth", veth.hostInterface), attributes)
            }
            return edge(near, "\(id("bridge", bridge)):\(BridgePorts.name(of: veth))", attributes)
        }
    }

    /// A bridge's NICs and tunnels.
    private func edges(_ bridge: PlannedBridge) -> [String] {
        bridge.ports.enumerated().map { number, port in
            let kind = host.tunnels.contains { $0.name == port } ? "tunnel" : "nic"
            let (near, far) = ("\(id("bridge", bridge.name)):\(BridgePorts.name(of: number))", id(kind, port))
            let attributes = style.edge(
                path("port", port), "port", ["weight=8"], isLit: style.marks.bridges(interface(port)))
            return outwardNICs.contains(port) ? edge(far, near, attributes) : edge(near, far, attributes)
        }
    }

    /// The host's own interfaces with addresses, joined to its IP.
    private var routingEdges: [String] {
        func attributes(_ name: String) -> String {
            style.edge(path("ip", name), "ip", ["weight=8"], isLit: style.marks.routes(interface(name)))
        }
        let bridges = host.bridges.filter { !host.addresses(of: $0.name).isEmpty }.map {
            edge(id("bridge", $0.name), routing, attributes($0.name))
        }
        let nics = host.nics.filter { !host.addresses(of: $0.name).isEmpty }.map { nic in
            outwardNICs.contains(nic.name)
                ? edge(id("nic", nic.name), routing, attributes(nic.name))
                : edge(routing, id("nic", nic.name), attributes(nic.name))
        }
        let ends = links.map { link in
            let isLit = link.veths.contains { style.marks.routes(interface($0.hostInterface)) }
            let thick = link.isFolded ? ["penwidth=3"] : []
            return edge(
                id("veth", link.name), routing,
                style.edge(path("ip", link.name), "ip", ["weight=8"] + thick, isLit: isLit))
        }
        return bridges + ends + nics
    }

    /// Each tunnel's underlay interface.
    private var carriers: [String] {
        host.tunnels.compactMap { tunnel in
            guard let dev = tunnel.dev?.value, host.nics.contains(where: { $0.name == dev }) else { return nil }
            let ends = (id("tunnel", tunnel.name), id("nic", dev))
            let attributes = style.edge(
                path("carrier", tunnel.name), "carrier", ["style=dotted", "weight=4"],
                isLit: style.marks.bridges(interface(tunnel.name)) && style.marks.routes(interface(dev)))
            return outwardNICs.contains(dev) ? edge(ends.1, ends.0, attributes) : edge(ends.0, ends.1, attributes)
        }
    }
}
