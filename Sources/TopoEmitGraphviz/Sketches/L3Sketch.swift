internal import TopoModel
internal import TopoPlan
internal import TopoText

/// The layer 3 view as a sketch: subnets, and the hosts and containers on them.
struct L3Sketch {
    let subject: FigureSubject
    let style: Style

    var sketch: Sketch {
        let view = Subnets(
            lans: subject.lans, hosts: subject.hosts, overlays: subject.overlays, most: style.most)
        var sketch = Sketch()
        sketch.nodes = view.subnets.indices.map { index in
            Sketch.Node(
                path: [("subnet", "\(index + 1)")], look: .lan,
                lines: view.subnets[index].titles + view.networks[index].flatMap(style.partOf)
                    + [view.captions[index] ?? view.subnets[index].caption(style.words)],
                fill: style.fill(.lan, of: view.networks[index].first))
        }
        sketch.nodes += view.devices.map(node)
        sketch.edges = view.attachments.map { attachment in
            let device = view.devices[attachment.device]
            return Sketch.Edge(
                from: path(device), to: [("subnet", "\(attachment.subnet + 1)")], kind: .plain,
                label: "\(attachment.caption(style.words)) \(attachment.label.replacingBytes("\n", with: " "))",
                arrows: attachment.interfaces.flatMap(style.marks.routes).distinct)
        }
        return sketch
    }

    private func path(_ device: Subnets.Device) -> [(kind: String, name: String)] {
        guard let group = device.group else { return [("host", device.host.name)] }
        return [("container", "\(device.host.name)/\(group.name)")]
    }

    private func node(_ device: Subnets.Device) -> Sketch.Node {
        let isRouter = device.host.isRouter(device.namespace)
        let kind = isRouter ? "\(style.words.router) " : ""
        var lines: [String]
        if let group = device.group {
            let number = group.isFolded ? [style.words.containers(group.containers.count)] : []
            lines = number + [kind + group.title, style.words.inHost(device.host.name)]
        } else {
            let word = device.host.deviceKind(style.words).map { "\($0) " } ?? ""
            lines =
                [word + device.host.title(style.words)] + device.host.behind(style.words)
                + device.host.natWords(style.words)
        }
        if style.options.showsDefaultRoutes, isRouter || device.group == nil {
            lines += device.host.routeWords(of: device.namespace).filter { $0.begins(with: "default ") }
        }
        let look: Look = isRouter ? .router : device.group == nil ? .nic : .container
        return Sketch.Node(path: path(device), look: look, lines: lines)
    }
}
