internal import TopoModel
internal import TopoPlan
internal import TopoText

/// One host in the layer 2 view: from its outer side inwards containers, bridges, tunnels, NICs.
struct HostCluster {
    let host: HostFacts
    let style: Style
    /// Whether it is drawn above the LANs; its outer side is its upper one then.
    let isAbove: Bool
    /// The NICs drawn at its outer side, since their LANs are farther from the middle.
    let outwardNICs: Set<String>
    private let groups: [ContainerGroup]
    /// The point-to-point links, whose host's ends are interfaces of the host itself.
    let links: [LinkGroup]

    init(host: HostFacts, style: Style, isAbove: Bool, outwardNICs: Set<String>) {
        (self.host, self.style, self.isAbove, self.outwardNICs) = (host, style, isAbove, outwardNICs)
        groups = ContainerGroup.groups(of: host, most: style.most)
        links = host.links(groups)
    }

    /// The statements of the cluster.
    func lines() -> [String] {
        let routing = hasRouting ? [routingNode] : []
        let inner =
            groups.map(node) + links.map(node) + host.bridges.map { node($0, groups) } + routing
            + host.tunnels.map(node) + host.nics.map(node) + titleNode + order(groups) + edges(groups)
        return ["subgraph \(dotID([("cluster_host", host.name)])) {", "    graph [\(frame)]"]
            + inner.map { "    \($0)" } + ["}"]
    }

    private var words: Words { style.words }

    /// The host's name, and whether it routes.
    private var title: String {
        let isRouter = host.isRouter(.host)
        let cell = Cell(
            lines: [.name(host.title(words), kind: host.kind(words))] + host.behind(words).map(Markup.small),
            symbol: (isRouter ? Symbol.router : Symbol.host).table(style.stroke(isRouter ? .router : .nic)))
        return
            "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\"><TR>\(cell.source)</TR></TABLE>>"
    }

    private var frame: String {
        let tooltip =
            host.facts(words) + (host.description.map { [$0] } ?? [])
        return "label=\(titleNode.isEmpty ? title : "\"\""), labelloc=\(isAbove ? "t" : "b"), labeljust=l, "
            + "fontsize=13, style=\"rounded,\(host.isOutside ? "dashed," : "")filled\", fillcolor=\"\(style.theme.hostFill)\", "
            + "color=\"\(style.theme.hostStroke)\", margin=12, \(style.identity([("host", host.name)], "host")), "
            + "tooltip=\(DOT.string(tooltip.joined(separator: "\n")))"
    }

    /// The title beside a NIC at the outer side, whose line to its LAN would run over a title on the frame.
    private var titleNode: [String] {
        guard let nic = host.nics.first(where: { outwardNICs.contains($0.name) }) else { return [] }
        let name = id("title", host.name)
        return [
            "\(name) [label=\(title), fontsize=13, \(style.identity(path("title", host.name), "title")), "
                + "tooltip=\(DOT.string(host.name))]",
            "{ rank=same; \(name) -- \(id("nic", nic.name)) [style=invis] }",
        ]
    }

    // MARK: Names

    func path(_ kind: String, _ name: String) -> [(kind: String, name: String)] {
        [("host", host.name), (kind, name)]
    }

    func id(_ kind: String, _ name: String) -> String { dotID(path(kind, name)) }

    var routing: String { id("stack", "ip") }

    /// Whether the host itself stands between some of its interfaces: as a router, or at the end of a link.
    var hasRouting: Bool {
        (host.isRouter(.host) && !host.ownAddresses.isEmpty && !host.isOutside) || !links.isEmpty
    }

    // MARK: Nodes

    private func addresses(_ interface: String, _ namespace: Namespace = .host) -> [String] {
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
        let kind = group.isFolded ? words.containers(group.containers.count) : isRouter ? words.router : nil
        let interfaces = host.veths(of: container.name).enumerated().map { number, veth in
            var lines: [Markup] = [.text(veth.interface)]
            if group.isFolded {
                lines.append(
                    .text(
                        ContainerGroup.range(
                            group.containers.flatMap { addresses(veth.interface, .container($0.name)) }))
                )
            } else {
                lines += addresses(veth.interface, namespace).map(Markup.text) + style.mac(veth.mac).map(Markup.small)
                lines += host.vlanWords(on: veth.interface, in: namespace).map(Markup.text)
            }
            lines += style.mtu(veth.mtu).map(Markup.small)
            return Cell(lines: lines, port: "i\(number)")
        }
        let look: Look = isRouter ? .router : .container
        let name = Cell(
            lines: [.name(group.title, kind: kind)],
            symbol: (isRouter ? Symbol.router : .container).table(style.stroke(look)))
        let box = Box(look: look, theme: style.theme, rows: rows([[name], interfaces]))
        return style.node(
            path("container", group.name), isRouter ? "container router" : "container", label: box.label,
            tooltip: facts(of: group))
    }

    private func facts(of group: ContainerGroup) -> [String] {
        let container = group.containers[0]
        let image = container.image.map { [$0] } ?? []
        guard !group.isFolded else {
            return ["\(words.containers(group.containers.count)): \(group.title)", container.runtime.rawValue] + image
        }
        let namespace = Namespace.container(container.name)
        let interfaces = host.veths(of: container.name).map { veth in
            ([veth.interface] + addresses(veth.interface, namespace) + ["\(veth.mac.value)", "MTU \(veth.mtu.value)"])
                .joined(separator: " ")
        }
        let vlans = host.veths(of: container.name).flatMap { host.vlanWords(on: $0.interface, in: namespace) }
        return ["\(words.container) \(container.name)", container.runtime.rawValue] + image + interfaces + vlans
            + host.forwardingWords(of: namespace, words) + host.routeWords(of: namespace)
            + (container.description.map { [$0] } ?? [])
    }

    private func node(_ link: LinkGroup) -> String {
        let first = link.veths[0]
        guard link.isFolded else {
            return interface(
                path("veth", link.name), look: .nic, name: link.name, kind: nil, mac: first.hostMAC,
                mtu: first.mtu)
        }
        let ends = ContainerGroup.range(link.veths.flatMap { addresses($0.hostInterface) })
        let facts = [words.pointToPointLinks(link.veths.count), ends, "MTU \(first.mtu.value)"]
        let lines = [Markup.name(link.title, kind: facts[0]), .text(ends)] + style.mtu(first.mtu).map(Markup.small)
        return style.node(
            path("veth", link.name), Look.nic.rawValue,
            label: Box(look: .nic, theme: style.theme, rows: [[Cell(lines: lines)]]).label,
            tooltip: [link.title] + facts)
    }

    private func node(_ tunnel: PlannedTunnel) -> String {
        let kind: String =
            switch tunnel.kind {
            case .gretap: "gretap"
            case .vxlan: "vxlan"
            }
        return interface(
            path("tunnel", tunnel.name), look: .tunnel, name: tunnel.name, kind: kind, mac: tunnel.mac, mtu: tunnel.mtu,
            partOf: tunnel.partOf, more: style.words.network(of: tunnel))
    }

    private func node(_ nic: PlannedNIC) -> String {
        interface(
            path("nic", nic.name), look: .nic, name: nic.name, kind: host.nicKind(words),
            mac: nic.mac, mtu: nic.mtu,
            partOf: nic.partOf)
    }

    private func interface(
        _ path: [(kind: String, name: String)], look: Look, name: String, kind: String?, mac: Setting<MACAddress>?,
        mtu: Setting<Int>, partOf network: String? = nil, more: [String] = []
    ) -> String {
        let facts =
            style.partOf(network) + more + addresses(name) + host.announcedWords(on: name, words)
            + host.vlanWords(on: name)
        let lines =
            [Markup.name(name, kind: kind)] + facts.map(Markup.text)
            + (style.mac(mac) + style.mtu(mtu)).map(Markup.small)
        let cell = Cell(lines: lines, hatch: style.hatch(look, of: network))
        let box = Box(look: look, theme: style.theme, rows: [[cell]], fill: style.fill(look, of: network))
        return style.node(
            path, look.rawValue, label: box.label,
            tooltip: [(kind.map { "\($0) " } ?? "") + name] + facts
                + (mac.map { ["\($0.value)"] } ?? []) + ["MTU \(mtu.value)"])
    }

    private var routingNode: String {
        let isRouter = host.isRouter(.host)
        let name = Cell(lines: [.text(isRouter ? words.forwarding : "IP")])
        return style.node(
            path("stack", "ip"), "stack",
            label: Box(look: .router, theme: style.theme, rows: [[name]], isRounded: true).label,
            tooltip: [host.name] + host.forwardingWords(of: .host, words) + host.routeWords(of: .host))
    }
}
