internal import TopoModel
internal import TopoPlan

/// The bridges of a host's cluster, and what joins its nodes.
extension HostCluster {
    func node(_ bridge: PlannedBridge, _ groups: [ContainerGroup]) -> String {
        let ports = BridgePorts(bridge, of: host, groups: groups, isOutward: outwardNICs.contains).ports
        let addresses = host.addresses(of: bridge.name).map(\.description)
        let stp = bridge.stp ? ["STP"] : []
        let name = Cell(
            lines: [.name(bridge.name, kind: "bridge")] + addresses.map(Markup.text)
                + [.small((["\(bridge.mac.value)", "MTU \(bridge.mtu.value)"] + stp).joined(separator: " · "))],
            port: "name")
        let box = Box(
            look: .bridge,
            rows: rows([ports.filter(\.isOutward).map(\.cell), [name], ports.filter { !$0.isOutward }.map(\.cell)]))
        let manager: String =
            switch bridge.manager {
            case .topoc: "made by the scripts"
            case .lxd: "managed by LXD"
            case .existing: "there before"
            }
        return nodeStatement(
            id("bridge", bridge.name), label: box.label,
            tooltip: ["bridge \(bridge.name)", manager] + addresses + [
                "\(bridge.mac.value)", "MTU \(bridge.mtu.value)",
            ]
                + stp + ports.map(\.interface))
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
    private func edge(_ outer: String, _ inner: String, _ attributes: String = "weight=8") -> String {
        let (tail, head) = isAbove ? (outer, inner) : (inner, outer)
        return "\(tail):s -- \(head):n" + " [\(attributes)]"
    }

    /// The veth pairs.
    private func edges(_ group: ContainerGroup) -> [String] {
        host.veths(of: group.name).enumerated().map { number, veth in
            let near = id("container", group.name) + ":i\(number)"
            guard let bridge = veth.bridge else { return edge(near, id("veth", veth.hostInterface)) }
            return edge(
                near, "\(id("bridge", bridge)):\(BridgePorts.name(of: veth))",
                group.isFolded ? "penwidth=3" : "weight=2")
        }
    }

    /// A bridge's NICs and tunnels.
    private func edges(_ bridge: PlannedBridge) -> [String] {
        bridge.ports.enumerated().map { number, port in
            let kind = host.tunnels.contains { $0.name == port } ? "tunnel" : "nic"
            let (near, far) = ("\(id("bridge", bridge.name)):\(BridgePorts.name(of: number))", id(kind, port))
            return outwardNICs.contains(port) ? edge(far, near) : edge(near, far)
        }
    }

    /// The host's own interfaces with addresses, joined to its IP.
    private var routingEdges: [String] {
        let bridges = host.bridges.filter { !host.addresses(of: $0.name).isEmpty }.map {
            edge(id("bridge", $0.name), routing)
        }
        let nics = host.nics.filter { !host.addresses(of: $0.name).isEmpty }.map { nic in
            outwardNICs.contains(nic.name)
                ? edge(id("nic", nic.name), routing) : edge(routing, id("nic", nic.name))
        }
        return bridges + links.map { edge(id("veth", $0.hostInterface), routing) } + nics
    }

    /// Each tunnel's underlay interface.
    private var carriers: [String] {
        host.tunnels.compactMap { tunnel in
            guard let dev = tunnel.dev?.value, host.nics.contains(where: { $0.name == dev }) else { return nil }
            let ends = (id("tunnel", tunnel.name), id("nic", dev))
            return outwardNICs.contains(dev)
                ? edge(ends.1, ends.0, "style=dotted, weight=4") : edge(ends.0, ends.1, "style=dotted, weight=4")
        }
    }
}
