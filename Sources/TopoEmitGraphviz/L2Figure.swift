internal import TopoModel
internal import TopoPlan

/// The layer 2 view: LANs in the middle, hosts as clusters above and below them, tunnels beside the LAN that carries them.
struct L2Figure {
    private let lans: [PlannedLAN]
    private let hosts: [HostFacts]
    private let overlays: [Overlay]
    /// How far LANs, then hosts, are from the middle; negative above it.
    private let depths: [Int]

    init(lans: [PlannedLAN], hosts: [HostFacts], overlays: [Overlay]) {
        (self.lans, self.hosts, self.overlays) = (lans, hosts, overlays)
        var neighbours: [[Int]] = Array(repeating: [], count: lans.count + hosts.count)
        let lanNumbers = Dictionary(lans.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (index, host) in hosts.enumerated() {
            for lan in host.nics.compactMap(\.lan).compactMap({ lanNumbers[$0] }) {
                neighbours[lan].append(lans.count + index)
                neighbours[lans.count + index].append(lan)
            }
        }
        // A few hosts fill a page's width side by side, with their LANs below them.
        let few = 3
        depths =
            hosts.count <= few
            ? lans.map { _ in 0 } + hosts.map { _ in -1 } : Layers(neighbours: neighbours) { $0 < lans.count }.depths
    }

    /// The statements of the figure.
    func lines() -> [String] {
        let clusters = hosts.indices.flatMap { [""] + cluster($0).lines() }
        let plugs = hosts.indices.flatMap(plugs)
        return lans.map(node) + clusters + (plugs.isEmpty ? [] : [""] + plugs)
            + overlays.enumerated().flatMap { [""] + lines(of: $1, number: $0) }
    }

    private func node(_ lan: PlannedLAN) -> String {
        let subnets = lan.subnets.map(\.description)
        let facts = (subnets + ["MTU \(lan.mtu.value)"]).joined(separator: " · ")
        let cell = Cell(lines: [.name(lan.name, kind: "LAN"), .text(facts)], attributes: " WIDTH=\"200\"")
        var tooltip = ["LAN \(lan.name)"] + subnets + ["MTU \(lan.mtu.value)"]
        if let network = lan.virtualBoxNetwork { tooltip.append("VirtualBox network \(network)") }
        return nodeStatement(
            id(of: lan.name), label: Box(look: .lan, rows: [[cell]], isRounded: true).label,
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
        return HostCluster(host: hosts[index], isAbove: isAbove, outwardNICs: Set(outward.map(\.name)))
    }

    private func plugs(of index: Int) -> [String] {
        let host = hosts[index]
        return host.nics.compactMap { nic in
            guard let lan = nic.lan, let there = depth(ofLAN: lan) else { return nil }
            let end = dotID([("host", host.name), ("nic", nic.name)])
            return depth(of: index) < there
                ? "\(end):s -- \(id(of: lan)) [penwidth=2]"
                : "\(id(of: lan)) -- \(end):n [penwidth=2]"
        }
    }

    /// A tunnel is a label on a thick line, at the height of the LAN that carries it.
    private func lines(of overlay: Overlay, number: Int) -> [String] {
        let node = dotID([("overlay", "\(number + 1)")])
        let text = Cell(lines: [.name(overlay.title)] + overlay.lines.map(Markup.text))
        let label = Box(look: .tunnel, rows: [[text]], isRounded: true).label
        let carrier = hosts[overlay.ends[0].host].nics.compactMap(\.lan).first
        let height = carrier.flatMap(depth(ofLAN:)) ?? 0
        let edges = overlay.ends.map { end -> String in
            let host = hosts[end.host]
            let near = dotID([("host", host.name), ("tunnel", host.tunnels[end.tunnel].name)])
            let ends = depth(of: end.host) <= height ? "\(near):s -- \(node)" : "\(node) -- \(near):n"
            return "\(ends) [penwidth=5, weight=0, color=\"\(Look.tunnel.stroke)80\"]"
        }
        let rank = carrier.map { ["{ rank=same; \(id(of: $0)); \(node) }"] } ?? []
        return [nodeStatement(node, label: label, tooltip: [overlay.title] + overlay.lines)] + rank + edges
    }
}
