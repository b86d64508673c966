internal import TopoModel
internal import TopoPlan

/// A host's part of the layer 2 sketch.
struct HostSketch {
    let host: HostFacts
    let style: Style
    private let groups: [ContainerGroup]
    private let links: [LinkGroup]

    init(host: HostFacts, style: Style) {
        (self.host, self.style) = (host, style)
        groups = ContainerGroup.groups(of: host, most: style.most)
        links = host.links(groups)
    }

    private func path(_ kind: String, _ name: String) -> [(kind: String, name: String)] {
        [("host", host.name), (kind, name)]
    }

    private func words(_ interface: String, _ namespace: Namespace = .host) -> [String] {
        host.addresses(of: interface, in: namespace).map(\.description)
    }

    private func arrows(_ interface: String, of container: String? = nil) -> [TrailMarks.Arrow] {
        style.marks.touches(InterfaceName(host: host.name, container: container, interface: interface))
    }

    var nodes: [Sketch.Node] {
        groups.map(node)
            + links.map(node)
            + host.bridges.map {
                own(
                    "bridge", $0.name, .bridge, "\(style.words.kind(of: $0)) \($0.name)", mtu: $0.mtu,
                    partOf: $0.partOf,
                    more: ($0.filtersVLANs ? [style.words.vlanFiltering] : []) + style.words.vlans($0.ownUntagged))
            }
            + host.tunnels.map {
                own(
                    "tunnel", $0.name, .tunnel, $0.name, mtu: $0.mtu, partOf: $0.partOf,
                    more: style.words.network(of: $0))
            }
            + host.nics.map {
                own("nic", $0.name, .nic, "\(host.nicKind(style.words)) \($0.name)", mtu: $0.mtu, partOf: $0.partOf)
            }
    }

    private func own(
        _ kind: String, _ name: String, _ look: Look, _ title: String, mtu: Setting<Int>, partOf network: String? = nil,
        more: [String] = []
    ) -> Sketch.Node {
        Sketch.Node(
            path: path(kind, name), look: look,
            lines: [title] + style.partOf(network) + more + words(name)
                + host.announcedWords(on: name, style.words) + host.vlanWords(on: name) + style.mtu(mtu),
            fill: style.fill(look, of: network))
    }

    private func node(_ link: LinkGroup) -> Sketch.Node {
        let mtu = link.veths[0].mtu
        guard link.isFolded else { return own("veth", link.name, .nic, link.name, mtu: mtu) }
        let ends = ContainerGroup.range(link.veths.flatMap { words($0.hostInterface) })
        return Sketch.Node(
            path: path("veth", link.name), look: .nic,
            lines: [style.words.pointToPointLinks(link.veths.count), link.title, ends] + style.mtu(mtu))
    }

    private func node(_ group: ContainerGroup) -> Sketch.Node {
        let first = group.containers[0]
        let isRouter = host.isRouter(.container(first.name))
        var lines = [isRouter ? "\(style.words.router) \(group.title)" : group.title]
        if group.isFolded {
            let all = group.containers.flatMap { container in
                host.veths(of: container.name).flatMap { words($0.interface, .container(container.name)) }
            }
            lines = [style.words.containers(group.containers.count), group.title, ContainerGroup.range(all)]
        } else {
            lines += host.loopbackWords(of: .container(first.name))
            lines += host.veths(of: first.name).map { veth in
                ([veth.interface] + words(veth.interface, .container(first.name))).joined(separator: " ")
            }
            lines += host.veths(of: first.name).flatMap {
                host.vlanWords(on: $0.interface, in: .container(first.name))
            }
        }
        return Sketch.Node(path: path("container", group.name), look: isRouter ? .router : .container, lines: lines)
    }

    var edges: [Sketch.Edge] { groups.flatMap(edges) + host.bridges.flatMap(edges) + routes + carriers }

    private func edges(_ group: ContainerGroup) -> [Sketch.Edge] {
        let isNamed = !group.isFolded && group.containers[0].network == nil
        return host.veths(of: group.name).map { veth in
            Sketch.Edge(
                from: path("container", group.name),
                to: veth.bridge.map { path("bridge", $0) } ?? path("veth", veth.hostInterface),
                kind: group.isFolded ? .thick : .plain,
                label: label(of: veth, isNamed: isNamed),
                arrows: group.containers.flatMap { container in
                    host.veths(of: container.name).filter { group.isFolded || $0.interface == veth.interface }
                        .flatMap { arrows($0.interface, of: container.name) }
                }.distinct)
        }
    }

    /// A port's name in the host, and its VLANs; nil where there is nothing to say.
    private func label(of veth: PlannedVeth, isNamed: Bool) -> String? {
        guard veth.bridge != nil else { return nil }
        let words = (isNamed ? [veth.hostInterface] : []) + style.words.vlans(veth.vlans)
        return words.isEmpty ? nil : words.joined(separator: " · ")
    }

    private func edges(_ bridge: PlannedBridge) -> [Sketch.Edge] {
        bridge.ports.map { port in
            let box = host.box(ofPort: port)
            let words = (box == port ? [] : [port]) + style.words.vlans(host.vlans(ofPort: port))
            return Sketch.Edge(
                from: path("bridge", bridge.name), to: path(host.kind(ofBox: box), box), kind: .plain,
                label: words.isEmpty ? nil : words.joined(separator: " · "),
                arrows: style.marks.bridges(InterfaceName(host: host.name, interface: port)))
        }
    }

    /// What the host routes between: each of its interfaces with addresses to its first NIC with one.
    private var routes: [Sketch.Edge] {
        guard let nic = host.nics.first(where: { host.hasAddress($0.name) }) else { return [] }
        let label = host.isRouter(.host) ? style.words.forwarding : "IP"
        let inner =
            host.bridges.filter { host.hasAddress($0.name) }.map { ("bridge", $0.name) }
            + links.map { ("veth", $0.name) }
            + host.nics.filter { $0.name != nic.name && host.hasAddress($0.name) }.map { ("nic", $0.name) }
        return inner.map { kind, name in
            Sketch.Edge(
                from: path(kind, name), to: path("nic", nic.name), kind: .dotted, label: label,
                // What comes in by the interface goes on to the NIC.
                arrows: style.marks.routes(InterfaceName(host: host.name, interface: name)).map {
                    TrailMarks.Arrow(packet: $0.packet, isLeaving: !$0.isLeaving)
                })
        }
    }

    private var carriers: [Sketch.Edge] {
        host.tunnels.compactMap { tunnel in
            guard let dev = tunnel.dev?.value, host.nics.contains(where: { $0.name == dev }) else { return nil }
            return Sketch.Edge(
                from: path("tunnel", tunnel.name), to: path("nic", dev), kind: .dotted, label: nil,
                arrows: style.marks.bridges(InterfaceName(host: host.name, interface: tunnel.name)))
        }
    }
}
