internal import TopoModel
internal import TopoPlan

/// One host in the layer 2 view.
struct HostCluster {
    let plan: Plan
    let host: HostPlan
    let side: Side

    /// The statements of the cluster, and those that join it to the LANs.
    func lines() -> [String] {
        let title = host.isRouter ? "\(host.name) (router)" : host.name
        let inner = nodes() + edges()
        return [
            "subgraph \(dotString("cluster_\(host.name)")) {",
            "    graph [label=\(dotString(title)), style=\"rounded,filled\", fillcolor=\"#FBFBFB\", color=\"#888888\", "
                + "fontsize=14, labeljust=\(side.isLeft ? "l" : "r"), margin=14]",
        ] + inner.map { "    \($0)" } + ["}"] + plugs()
    }

    private func id(_ part: String) -> String { "\(host.name)/\(part)" }

    private func addresses(_ interface: String, _ namespace: Namespace = .host) -> [String] {
        host.addresses(of: interface, in: namespace).map(\.description)
    }

    private func nodes() -> [String] {
        let containers = ContainerGroup.groups(of: host).map { group in
            box(group).statement(id("container/\(group.name)"))
        }
        let bridges = host.bridges.map { bridge in
            Box(
                look: .bridge, kind: "bridge", name: bridge.name,
                lines: addresses(bridge.name) + ["\(bridge.mac.value)"] + mtu(bridge.mtu)
            ).statement(id(bridge.name))
        }
        let tunnels = host.tunnels.map { tunnel in
            Box(
                look: .tunnel, kind: tunnel.typeName, name: tunnel.name,
                lines: ["\(tunnel.mac.value)"] + mtu(tunnel.mtu)
            ).statement(id(tunnel.name))
        }
        let nics = host.nics.map { nic in
            Box(
                look: .nic, kind: "NIC", name: nic.name,
                lines: addresses(nic.name) + (nic.mac.map { ["\($0.value)"] } ?? []) + mtu(nic.mtu)
            ).statement(id(nic.name))
        }
        let stack = needsStack ? [stackBox.statement(id("ip"))] : []
        return containers + bridges + tunnels + stack + nics
    }

    private func mtu(_ mtu: Setting<Int>) -> [String] { mtu.value == 1500 ? [] : ["MTU \(mtu.value)"] }

    private func box(_ group: ContainerGroup) -> Box {
        guard group.containers.count > 1, let last = group.containers.last else { return box(group.name) }
        let addresses = [group.name, last.name].flatMap { name in
            host.veths.filter { $0.container == name }.flatMap {
                self.addresses($0.interface, .container(name)).prefix(1)
            }
        }
        return Box(
            look: .container, kind: "\(group.containers.count) containers", name: "\(group.name) … \(last.name)",
            lines: [addresses.joined(separator: " … ")])
    }

    private func box(_ container: String) -> Box {
        let veths = host.veths.filter { $0.container == container }
        let lines = veths.flatMap { veth in
            ["\(veth.interface): " + addresses(veth.interface, .container(container)).joined(separator: ", ")]
                + ["\(veth.mac.value)"] + mtu(veth.mtu)
        }
        let isRouter = host.forwardingContainers.contains(container)
        return Box(look: .container, kind: isRouter ? "router" : nil, name: container, lines: lines)
    }

    /// Whether the host itself stands between some of its interfaces: as a router, or at the end of a link.
    private var needsStack: Bool { host.isRouter || host.veths.contains { $0.bridge == nil } }

    private var stackBox: Box {
        Box(look: .router, kind: host.isRouter ? "routing in" : nil, name: host.name, lines: [], isRounded: true)
    }

    private func edges() -> [String] {
        let groups = ContainerGroup.groups(of: host)
        let links = groups.flatMap { group in
            host.veths.filter { $0.container == group.name }.map { veth in
                let isOne = group.containers.count == 1
                let label = isOne ? veth.hostInterface : nil
                guard let bridge = veth.bridge else {
                    let ends = addresses(veth.hostInterface).joined(separator: ", ")
                    return side.edge(
                        id("container/\(group.name)"), id("ip"),
                        attributes: ["label=\(dotString("\(veth.hostInterface)\n\(ends)"))"])
                }
                return side.edge(
                    id("container/\(group.name)"), id(bridge),
                    attributes: label.map { ["label=\(dotString($0))"] } ?? ["penwidth=3"])
            }
        }
        let ports = host.bridges.flatMap { bridge in bridge.ports.map { side.edge(id(bridge.name), id($0)) } }
        let routed = needsStack ? routedEdges() : []
        let carried = host.tunnels.compactMap { tunnel in
            tunnel.dev.map { side.edge(id(tunnel.name), id($0.value), attributes: ["style=dotted"]) }
        }
        return links + ports + routed + carried
    }

    /// The host's own interfaces with addresses, joined to its routing.
    private func routedEdges() -> [String] {
        let bridges = host.bridges.filter { !addresses($0.name).isEmpty }.map { side.edge(id($0.name), id("ip")) }
        let nics = host.nics.filter { !addresses($0.name).isEmpty }.map { side.edge(id("ip"), id($0.name)) }
        return bridges + nics
    }

    private func plugs() -> [String] {
        host.nics.compactMap { nic in nic.lan.map { side.edge(id(nic.name), "lan/\($0)", attributes: ["penwidth=2"]) } }
    }
}

extension PlannedTunnel {
    /// The kernel's word for its type.
    var typeName: String {
        switch kind {
        case .gretap: "gretap"
        case .vxlan: "vxlan"
        }
    }
}
