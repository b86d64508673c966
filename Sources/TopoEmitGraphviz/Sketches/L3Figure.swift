internal import TopoModel
internal import TopoPlan
internal import TopoText

/// The layer 3 view: subnets as nodes, routers, hosts and containers with their addresses at the ends of the edges.
struct L3Figure {
    private let view: Subnets
    /// Where the nodes are: the subnets, then the devices.
    let layout: PageLayout
    private let style: Style

    init(_ subject: FigureSubject, _ style: Style) {
        let view = Subnets(
            lans: subject.lans, hosts: subject.hosts, overlays: subject.overlays, most: style.most)
        var neighbours: [[Int]] = Array(repeating: [], count: view.subnets.count + view.devices.count)
        for attachment in view.attachments {
            let device = view.subnets.count + attachment.device
            neighbours[attachment.subnet].append(device)
            neighbours[device].append(attachment.subnet)
        }
        let isOnLAN = view.captions.map { $0?.begins(with: "LAN ") ?? false }
        let depths = Layers(neighbours: neighbours) { $0 < isOnLAN.count && isOnLAN[$0] }.depths
        layout = PageLayout(neighbours: neighbours, depths: depths) { L3Room(view, style, $0).sizes }
        self.view = view
        self.style = style
    }

    /// Where the next rank stands, in Graphviz's words.
    private var rankDirection: String {
        switch layout.direction {
        case .right: "LR"
        case .down: "TB"
        }
    }

    /// The statements of the figure.
    func lines() -> [String] {
        let subnets = view.subnets.indices.map(subnet)
        let attachments = Dictionary(grouping: view.attachments.indices, by: { view.attachments[$0].device })
        let devices = view.devices.indices.map { device($0, attachments[$0] ?? []) }
        let edges = view.attachments.indices.flatMap(edge)
        return ["rankdir=\(rankDirection)"] + style.room + [""] + subnets + [""] + devices + [""] + edges
    }

    private func path(ofSubnet index: Int) -> [(kind: String, name: String)] {
        let prefix = view.subnets[index].prefixes[0]
        // The same prefix on another segment is another subnet.
        let twins = view.subnets[..<index].count { $0.prefixes[0] == prefix }
        return [("subnet", "\(prefix.network)-\(prefix.length)" + (twins > 0 ? " \(twins + 1)" : ""))]
    }

    private func path(ofDevice index: Int) -> [(kind: String, name: String)] {
        let device = view.devices[index]
        return [("host", device.host.name)] + (device.group.map { [("container", $0.name)] } ?? [])
    }

    private func subnet(_ index: Int) -> String {
        let caption = view.captions[index] ?? view.subnets[index].caption(style.words)
        let prefixes = view.subnets[index].titles
        let networks = view.networks[index].flatMap(style.partOf)
        let cell = Cell(
            lines: prefixes.map { .name($0) } + networks.map(Markup.text) + [.small(caption)],
            symbol: view.captions[index].map { _ in Symbol.lan.table(style.stroke(.lan)) },
            hatch: style.hatch(.lan, of: view.networks[index].first))
        let fill = style.fill(.lan, of: view.networks[index].first)
        return style.node(
            path(ofSubnet: index), "subnet",
            label: Box(look: .lan, theme: style.theme, rows: [[cell]], isRounded: true, fill: fill).label,
            tooltip: prefixes + networks + [caption])
    }

    /// How many ranks an interface's line goes on from its device to its subnet; negative where the subnet comes first.
    private func step(_ attachment: Subnets.Attachment) -> Int {
        layout.ranks[attachment.subnet] - layout.ranks[view.subnets.count + attachment.device]
    }

    private func edge(_ index: Int) -> [String] {
        let attachment = view.attachments[index]
        let step = step(attachment)
        let (onward, backward): (String, String) =
            switch layout.direction {
            case .right: ("e", "w")
            case .down: ("s", "n")
            }
        return style.line(
            "\(dotID(path(ofDevice: attachment.device))):a\(index):\(step > 0 ? onward : backward)",
            dotID(path(ofSubnet: attachment.subnet)), isOnward: step > 0,
            path(ofDevice: attachment.device) + [("interface", attachment.interface)]
                + path(ofSubnet: attachment.subnet),
            "attachment", abs(step) > 1 ? ["minlen=\(abs(step))"] : [],
            arrows: attachment.interfaces.flatMap(style.marks.routes).distinct)
    }

    /// A box with the interfaces' addresses beside it, each where its edge begins.
    private func device(_ index: Int, _ attachments: [Int]) -> String {
        let device = view.devices[index]
        let cells = { (numbers: [Int]) in
            numbers.map { number in
                let attachment = view.attachments[number]
                return Cell(
                    lines: [
                        .text(attachment.label),
                        .small(attachment.caption(style.words)),
                    ], port: "a\(number)"
                ).source
            }
        }
        let before = cells(attachments.filter { step(view.attachments[$0]) <= 0 })
        let after = cells(attachments.filter { step(view.attachments[$0]) > 0 })
        let parts = [side(before), "        <TD>\n\(box(device).table)\n        </TD>\n", side(after)].filter {
            !$0.isEmpty
        }
        let rows: String =
            switch layout.direction {
            case .right: "<TR>\n\(parts.joined())        </TR>"
            case .down: parts.map { "<TR>\n\($0)        </TR>" }.joined()
            }
        let label =
            "<\n        <TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\">\(rows)</TABLE>\n    >"
        let isRouter = device.host.isRouter(device.namespace)
        let kind = device.group == nil ? "host" : "container"
        return style.node(
            path(ofDevice: index), isRouter ? "\(kind) router" : kind, label: label, tooltip: facts(of: device))
    }

    /// The interfaces on one side of a box: below each other where the ranks go right, else side by side.
    private func side(_ cells: [String]) -> String {
        guard !cells.isEmpty else { return "" }
        let table = "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"2\">\n"
        let rows: String =
            switch layout.direction {
            case .right: cells.map { "            <TR>\($0)</TR>\n" }.joined()
            case .down: "            <TR>\(cells.joined(separator: "\n            "))</TR>\n"
            }
        return "        <TD>\(table)\(rows)        </TABLE></TD>\n"
    }

    private func box(_ device: Subnets.Device) -> Box {
        let isRouter = device.host.isRouter(device.namespace)
        var lines: [Markup]
        if let group = device.group {
            let kind =
                group.isFolded ? style.words.containers(group.containers.count) : isRouter ? style.words.router : nil
            lines = [.name(group.title, kind: kind), .small(style.words.inHost(device.host.name))]
        } else {
            lines = [.name(device.host.title(style.words), kind: device.host.deviceKind(style.words))]
            lines += (device.host.behind(style.words) + device.host.natWords(style.words)).map(Markup.small)
        }
        if device.group?.isFolded != true {
            lines += device.host.loopbackWords(of: device.namespace).map(Markup.small)
        }
        if style.options.showsDefaultRoutes, isRouter || device.group == nil {
            lines += device.host.routeWords(of: device.namespace).filter { $0.begins(with: "default ") }.map(
                Markup.small)
        }
        let look: Look = isRouter ? .router : device.group == nil ? .nic : .container
        let symbol: Symbol = isRouter ? .router : device.group == nil ? .host : .container
        let cell = Cell(lines: lines, symbol: symbol.table(style.stroke(look)))
        return Box(
            look: look, theme: style.theme, rows: [[cell]], isRounded: isRouter, isForeign: device.host.isOutside)
    }

    private func facts(of device: Subnets.Device) -> [String] {
        guard let name = device.group?.title else { return device.host.facts(style.words) }
        guard device.group?.isFolded != true else { return [name, style.words.inHost(device.host.name)] }
        return [name] + device.host.forwardingWords(of: device.namespace, style.words)
            + device.host.routeWords(of: device.namespace)
    }
}
