internal import TopoModel
internal import TopoPlan

/// The layer 2 view: LANs in the middle, hosts as clusters above and below them, tunnels beside the LAN that carries them.
struct L2Figure {
    private let lans: [PlannedLAN]
    private let hosts: [HostFacts]
    private let overlays: [Overlay]
    private let style: Style
    /// How far LANs, then hosts, then tunnels, are from the middle; negative above it.
    private let depths: [Int]

    init(_ subject: FigureSubject, _ style: Style) {
        let (lans, hosts, overlays) = (subject.lans, subject.hosts, subject.overlays)
        (self.lans, self.hosts, self.overlays, self.style) = (lans, hosts, overlays, style)
        let (first, firstOverlay) = (lans.count, lans.count + hosts.count)
        var neighbours: [[Int]] = Array(repeating: [], count: firstOverlay + overlays.count)
        func join(_ left: Int, _ right: Int) {
            neighbours[left].append(right)
            neighbours[right].append(left)
        }
        let lanNumbers = Dictionary(lans.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (index, host) in hosts.enumerated() {
            for lan in host.nics.compactMap(\.lan).compactMap({ lanNumbers[$0] }) { join(lan, first + index) }
        }
        if lans.isEmpty {
            for (index, overlay) in overlays.enumerated() {
                for end in overlay.ends { join(firstOverlay + index, first + end.host) }
            }
        }
        // A few hosts fill a page's width side by side, with their LANs below them.
        let few = 3
        depths =
            hosts.count <= few
            ? neighbours.indices.map { (first..<firstOverlay).contains($0) ? -1 : 0 }
            : Layers(neighbours: neighbours) { !(first..<firstOverlay).contains($0) }.depths
    }

    /// The statements of the figure.
    func lines() -> [String] {
        let clusters = hosts.indices.flatMap { [""] + cluster($0).lines() }
        let plugs = hosts.indices.flatMap(plugs)
        return style.room + lans.map(node) + clusters + (plugs.isEmpty ? [] : [""] + plugs)
            + overlays.enumerated().flatMap { [""] + lines(of: $1, number: $0) }
    }

    private func node(_ lan: PlannedLAN) -> String {
        let subnets = lan.subnets.map(\.description)
        let facts = (subnets + style.mtu(lan.mtu)).joined(separator: " · ")
        let cell = Cell(
            lines: [.name(lan.name, kind: style.words.lan)] + (facts.isEmpty ? [] : [.text(facts)]),
            symbol: Symbol.lan.table(style.stroke(.lan)))
        var tooltip = ["\(style.words.lan) \(lan.name)"] + subnets + ["MTU \(lan.mtu.value)"]
        if let network = lan.virtualBoxNetwork { tooltip.append("\(style.words.network) \(network)") }
        return style.node(
            [("lan", lan.name)], "lan",
            label: Box(look: .lan, theme: style.theme, rows: [[cell]], isRounded: true).label,
            tooltip: tooltip + (lan.description.map { [$0] } ?? []))
    }

    private func id(of lan: String) -> String { dotID([("lan", lan)]) }

    private func depth(of host: Int) -> Int { depths[lans.count + host] }

    private func depth(ofLAN name: String) -> Int? { lans.firstIndex { $0.name == name }.map { depths[$0] } }

    /// A host's cluster; its outer side, where the containers are, is the one away from the middle.
    private func cluster(_ index: Int) -> HostCluster {
        let depth = depth(of: index)
        let isAbove = depth <= 0
        let outward = hosts[index].nics.filter { nic in
            guard let lan = nic.lan.flatMap(self.depth(ofLAN:)) else { return false }
            return isAbove ? lan < depth : lan > depth
        }
        return HostCluster(
            host: hosts[index], style: style, isAbove: isAbove, outwardNICs: Set(outward.map(\.name)))
    }

    private func plugs(of index: Int) -> [String] {
        let host = hosts[index]
        return host.nics.flatMap { nic -> [String] in
            guard let lan = nic.lan, let there = depth(ofLAN: lan) else { return [] }
            let isOnward = depth(of: index) < there
            return style.line(
                dotID([("host", host.name), ("nic", nic.name)]) + (isOnward ? ":s" : ":n"), id(of: lan),
                isOnward: isOnward, [("host", host.name), ("plug", nic.name)], "plug", ["penwidth=2"],
                arrows: style.marks.touches(InterfaceName(host: host.name, interface: nic.name)))
        }
    }

    /// A tunnel is a label on a thick line, at the height of the LAN that carries it.
    private func lines(of overlay: Overlay, number: Int) -> [String] {
        let path = [(kind: "overlay", name: "\(number + 1)")]
        let node = dotID(path)
        // Of several tunnels, each next one is drawn in another way.
        let pattern = ["style=solid", "style=dashed", "style=dotted"][number % 3]
        let facts = overlay.networks.flatMap(style.partOf) + overlay.lines
        let text = Cell(
            lines: [.name(overlay.title)] + facts.map(Markup.text),
            hatch: style.hatch(.tunnel, of: overlay.networks.first))
        let label = Box(
            look: .tunnel, theme: style.theme, rows: [[text]], isRounded: true,
            fill: style.fill(.tunnel, of: overlay.networks.first)
        ).label
        let carrier = overlay.ends.first.flatMap { end in
            hosts[end.host].nics.compactMap(\.lan).first { depth(ofLAN: $0) != nil }
        }
        let height = carrier.flatMap(depth(ofLAN:)) ?? depths[lans.count + hosts.count + number]
        let edges = overlay.ends.flatMap { end in
            let host = hosts[end.host]
            let tunnel = host.tunnels[end.tunnel].name
            let isOnward = depth(of: end.host) <= height
            return style.line(
                dotID([("host", host.name), ("tunnel", tunnel)]) + (isOnward ? ":s" : ":n"), node, isOnward: isOnward,
                path + [("host", host.name), ("tunnel", tunnel)], "pipe",
                ["penwidth=5", "weight=0", "color=\"\(style.stroke(.tunnel))80\""]
                    + (overlays.count > 1 ? [pattern] : []),
                arrows: style.marks.bridges(InterfaceName(host: host.name, interface: tunnel)))
        }
        let rank = carrier.map { ["{ rank=same; \(id(of: $0)); \(node) }"] } ?? []
        return [style.node(path, "overlay", label: label, tooltip: [overlay.title] + facts)] + rank + edges
    }
}
