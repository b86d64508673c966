internal import TopoModel
internal import TopoPlan

/// The layer 2 view as a sketch: hosts as frames with their containers, bridges, tunnels and NICs, LANs beside them.
struct L2Sketch {
    let subject: FigureSubject
    let style: Style

    var sketch: Sketch {
        var sketch = Sketch()
        sketch.nodes = subject.lans.map { lan in
            let facts = lan.subnets.map(\.description) + style.mtu(lan.mtu)
            return Sketch.Node(path: [("lan", lan.name)], look: .lan, lines: ["\(style.words.lan) \(lan.name)"] + facts)
        }
        sketch.nodes += subject.overlays.enumerated().map { number, overlay in
            Sketch.Node(
                path: [("overlay", "\(number + 1)")], look: .tunnel,
                lines: [overlay.title] + overlay.networks.flatMap(style.partOf) + overlay.lines,
                fill: style.fill(.tunnel, of: overlay.networks.first))
        }
        for host in subject.hosts {
            let router = host.kind(style.words).map { "\($0) " } ?? ""
            let title = ([router + host.title(style.words)] + host.behind(style.words)).joined(separator: ", ")
            let part = HostSketch(host: host, style: style)
            sketch.groups.append(
                Sketch.Group(path: [("host", host.name)], title: title, nodes: part.nodes))
            sketch.edges += part.edges + plugs(host)
        }
        for (number, overlay) in subject.overlays.enumerated() {
            sketch.edges += overlay.ends.map { end in
                let host = subject.hosts[end.host]
                let tunnel = host.tunnels[end.tunnel].name
                return Sketch.Edge(
                    from: [("host", host.name), ("tunnel", tunnel)], to: [("overlay", "\(number + 1)")], kind: .thick,
                    label: nil,
                    arrows: style.marks.bridges(InterfaceName(host: host.name, interface: tunnel)))
            }
        }
        return sketch
    }

    private func plugs(_ host: HostFacts) -> [Sketch.Edge] {
        host.nics.compactMap { nic in
            guard let lan = nic.lan, subject.lans.contains(where: { $0.name == lan }) else { return nil }
            return Sketch.Edge(
                from: [("host", host.name), ("nic", nic.name)], to: [("lan", lan)], kind: .plain, label: nil,
                arrows: style.marks.touches(InterfaceName(host: host.name, interface: nic.name)))
        }
    }
}
