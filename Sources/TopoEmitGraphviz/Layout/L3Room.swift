internal import TopoPlan
internal import TopoText

/// Roughly the room that the nodes of the layer 3 figure take: enough to choose a layout by. Graphviz finds the
/// places, with the widths of the fonts that it has.
struct L3Room {
    /// The room of each subnet, then of each device, in points.
    let sizes: [PageLayout.Size]

    init(_ view: Subnets, _ style: Style, _ direction: PageLayout.Direction) {
        let subnets = view.subnets.indices.map { index in
            let caption = view.captions[index]
            let networks = view.networks[index]
            return L3Room.box(
                names: view.subnets[index].titles + networks.flatMap(style.partOf),
                small: [caption ?? view.subnets[index].caption(style.words)],
                symbol: (caption == nil ? 0 : 31) + (networks.isEmpty ? 0 : Double(Hatch.side) + 6))
        }
        let attachments = Dictionary(grouping: view.attachments, by: \.device)
        let devices = view.devices.indices.map { index in
            let device = view.devices[index]
            let cells = (attachments[index] ?? []).map { attachment in
                L3Room.text(
                    attachment.label.parts(at: "\n").map { ($0, 10) } + [(attachment.caption(style.words), 8)])
            }
            return L3Room.device(L3Room.box(of: device, style), cells, direction)
        }
        sizes = subnets + devices
    }

    /// The box of a device, without its interfaces.
    private static func box(of device: Subnets.Device, _ style: Style) -> PageLayout.Size {
        let isRouter = device.host.isRouter(device.namespace)
        guard let group = device.group else {
            let kind = device.host.deviceKind(style.words) ?? ""
            return box(
                names: ["\(kind) \(device.host.title(style.words))"],
                small: device.host.behind(style.words) + device.host.natWords(style.words), symbol: 32
            )
        }
        let kind = group.isFolded ? style.words.containers(group.containers.count) : isRouter ? style.words.router : ""
        return box(
            names: ["\(kind) \(group.title)"], small: [style.words.inHost(device.host.name)],
            symbol: isRouter ? 32 : 26)
    }

    private static func box(names: [String], small: [String], symbol: Double) -> PageLayout.Size {
        let text = text(names.map { ($0, 10.5) } + small.map { ($0, 8) })
        return PageLayout.Size(width: text.width + symbol + 12, height: max(text.height, symbol) + 12)
    }

    /// A device with its interfaces' cells, half of them on each side.
    private static func device(
        _ box: PageLayout.Size, _ cells: [PageLayout.Size], _ direction: PageLayout.Direction
    ) -> PageLayout.Size {
        let (width, height) = (cells.map(\.width).max() ?? 0, cells.map(\.height).max() ?? 0)
        let sides = cells.count > 1 ? 2.0 : 1.0
        let number = Double(cells.count) / sides
        switch direction {
        case .right:
            return PageLayout.Size(
                width: box.width + sides * (width + 4), height: max(box.height, number * (height + 4)))
        case .down:
            return PageLayout.Size(
                width: max(box.width, number * (width + 4)), height: box.height + sides * (height + 4))
        }
    }

    /// The room of lines of text, each with its font's size: a letter is a little over half as wide as that.
    private static func text(_ lines: [(text: String, size: Double)]) -> PageLayout.Size {
        PageLayout.Size(
            width: lines.map { Double($0.text.utf8.count) * $0.size * 0.54 }.max() ?? 0,
            height: lines.reduce(0) { $0 + $1.size * 1.3 })
    }
}
