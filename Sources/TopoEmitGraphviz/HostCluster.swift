internal import TopoModel
internal import TopoPlan

/// One host in the layer 2 view: from its outer side inwards containers, bridges, tunnels, NICs.
struct HostCluster {
    let host: HostFacts
    /// Whether it is drawn above the LANs; its outer side is its upper one then.
    let isAbove: Bool
    /// The NICs drawn at its outer side, since their LANs are farther from the middle.
    let outwardNICs: Set<String>

    /// The statements of the cluster.
    func lines() -> [String] {
        let groups = ContainerGroup.groups(of: host)
        let routing = hasRouting ? [routingNode] : []
        let inner =
            groups.map(node) + links.map(node) + host.bridges.map { node($0, groups) } + routing
            + host.tunnels.map(node) + host.nics.map(node) + titleNode + order(groups) + edges(groups)
        return ["subgraph \(dotID([("cluster_host", host.name)])) {", "    graph [\(frame)]"]
            + inner.map { "    \($0)" } + ["}"]
    }

    /// The host's name, and whether it routes.
    private var title: String { "<\(host.isRouter(.host) ? "router " : "")<B>\(dotHTML(host.name))</B>>" }

    private var frame: String {
        let tooltip =
            [host.name] + host.forwardingWords(of: .host) + host.routeWords(of: .host)
            + (host.description.map { [$0] } ?? [])
        return "label=\(titleNode.isEmpty ? title : "\"\""), labelloc=\(isAbove ? "t" : "b"), labeljust=l, "
            + "fontsize=13, style=\"rounded,filled\", fillcolor=\"#F7F7F7\", color=\"#777777\", margin=12, "
            + "tooltip=\(dotString(tooltip.joined(separator: "\n")))"
    }

    /// The title beside a NIC at the outer side, whose line to its LAN would run over a title on the frame.
    private var titleNode: [String] {
        guard let nic = host.nics.first(where: { outwardNICs.contains($0.name) }) else { return [] }
        let name = id("title", host.name)
        return [
            "\(name) [label=\(title), fontsize=13, tooltip=\(dotString(host.name))]",
            "{ rank=same; \(name) -- \(id("nic", nic.name)) [style=invis] }",
        ]
    }

    // MARK: Names

    func id(_ kind: String, _ name: String) -> String { dotID([("host", host.name), (kind, name)]) }

    var routing: String { id("stack", "ip") }

    /// The veth pairs without a bridge, whose host's ends are interfaces of the host itself.
    var links: [PlannedVeth] { host.veths.filter { $0.bridge == nil } }

    /// Whether the host itself stands between some of its interfaces: as a router, or at the end of a link.
    var hasRouting: Bool { host.isRouter(.host) || !links.isEmpty }

    // MARK: Nodes

    private func words(_ interface: String, _ namespace: Namespace = .host) -> [String] {
        host.addresses(of: interface, in: namespace).map(\.description)
    }

    /// Rows in the order in which they are drawn: from outside inwards, or the other way round.
    func rows(_ fromOutside: [[Cell]]) -> [[Cell]] {
        let rows = fromOutside.filter { !$0.isEmpty }
        return isAbove ? rows : rows.reversed()
    }

    private func node(_ group: ContainerGroup) -> String {
        let container = group.containers[0]
        let namespace = Namespace.container(container.name)
        let isRouter = host.isRouter(namespace)
        let kind = group.isFolded ? "\(group.containers.count) containers" : isRouter ? "router" : nil
        let interfaces = host.veths(of: container.name).enumerated().map { number, veth in
            var lines: [Markup] = [.text(veth.interface)]
            if group.isFolded {
                lines.append(
                    .text(ContainerGroup.range(group.containers.flatMap { words(veth.interface, .container($0.name)) }))
                )
            } else {
                lines += words(veth.interface, namespace).map(Markup.text) + [.small("\(veth.mac.value)")]
            }
            if veth.mtu.value != 1500 { lines.append(.small("MTU \(veth.mtu.value)")) }
            return Cell(lines: lines, port: "i\(number)")
        }
        let box = Box(
            look: isRouter ? .router : .container,
            rows: rows([[Cell(lines: [.name(group.title, kind: kind)])], interfaces]))
        return nodeStatement(id("container", group.name), label: box.label, tooltip: facts(of: group))
    }

    private func facts(of group: ContainerGroup) -> [String] {
        let container = group.containers[0]
        let image = container.image.map { [$0] } ?? []
        guard !group.isFolded else {
            return ["\(group.containers.count) containers: \(group.title)", container.runtime.rawValue] + image
        }
        let namespace = Namespace.container(container.name)
        let interfaces = host.veths(of: container.name).map { veth in
            ([veth.interface] + words(veth.interface, namespace) + ["\(veth.mac.value)", "MTU \(veth.mtu.value)"])
                .joined(separator: " ")
        }
        return ["container \(container.name)", container.runtime.rawValue] + image + interfaces
            + host.forwardingWords(of: namespace) + host.routeWords(of: namespace)
            + (container.description.map { [$0] } ?? [])
    }

    private func node(_ link: PlannedVeth) -> String {
        interface(
            id("veth", link.hostInterface), look: .nic, name: link.hostInterface, kind: nil,
            mac: link.hostMAC.value, mtu: link.mtu.value)
    }

    private func node(_ tunnel: PlannedTunnel) -> String {
        let kind: String =
            switch tunnel.kind {
            case .gretap: "gretap"
            case .vxlan: "vxlan"
            }
        return interface(
            id("tunnel", tunnel.name), look: .tunnel, name: tunnel.name, kind: kind, mac: tunnel.mac.value,
            mtu: tunnel.mtu.value)
    }

    private func node(_ nic: PlannedNIC) -> String {
        interface(
            id("nic", nic.name), look: .nic, name: nic.name, kind: "NIC", mac: nic.mac?.value, mtu: nic.mtu.value)
    }

    private func interface(
        _ id: String, look: Look, name: String, kind: String?, mac: MACAddress?, mtu: Int
    ) -> String {
        let mac = mac.map { ["\($0)"] } ?? []
        let lines =
            [Markup.name(name, kind: kind)] + words(name).map(Markup.text) + mac.map(Markup.small)
            + [.small("MTU \(mtu)")]
        return nodeStatement(
            id, label: Box(look: look, rows: [[Cell(lines: lines)]]).label,
            tooltip: [(kind.map { "\($0) " } ?? "") + name] + words(name) + mac + ["MTU \(mtu)"])
    }

    private var routingNode: String {
        let isRouter = host.isRouter(.host)
        let name = Cell(lines: [.text(isRouter ? "IP forwarding" : "IP")])
        return nodeStatement(
            routing, label: Box(look: .router, rows: [[name]], isRounded: true).label,
            tooltip: [host.name] + host.forwardingWords(of: .host) + host.routeWords(of: .host))
    }
}
