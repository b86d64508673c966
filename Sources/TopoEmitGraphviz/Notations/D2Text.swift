internal import TopoText

/// Writes a sketch in the language of D2.
struct D2Text {
    let sketch: Sketch
    let theme: Theme
    let title: String
    /// What `#` says at the top.
    let comment: String

    var text: String {
        var lines = ["# \(comment)", "# \(shellComment(title.replacingBytes("\n", with: " ")))", "direction: down"]
        lines.append("style.fill: \"\(theme.background)\"")
        lines += sketch.nodes.map(node)
        for group in sketch.groups {
            lines.append("\(key(group.path)): \(D2.string(group.title)) {")
            lines.append(
                "  style: {fill: \"\(theme.hostFill)\"; stroke: \"\(theme.hostStroke)\"; font-color: \"\(theme.text)\"}"
            )
            lines += group.nodes.map { "  " + node($0, within: group.path.count) }
            lines.append("}")
        }
        lines += sketch.edges.flatMap(edge)
        return lines.joined(separator: "\n") + "\n"
    }

    private func node(_ node: Sketch.Node) -> String { self.node(node, within: 0) }

    private func node(_ node: Sketch.Node, within depth: Int) -> String {
        let shape: String =
            switch node.look {
            case .lan: "cloud"
            case .router: "hexagon"
            case .tunnel: "cylinder"
            case .bridge, .container, .nic: "rectangle"
            }
        let style =
            "{fill: \"\(node.fill ?? node.look.fill(theme))\"; stroke: \"\(node.look.stroke(theme))\"; font-color: \"\(theme.text)\"}"
        let key = key(Array(node.path.dropFirst(depth)))
        return "\(key): \(D2.string(node.lines.joined(separator: "\n"))) {shape: \(shape); style: \(style)}"
    }

    private func edge(_ edge: Sketch.Edge) -> [String] {
        let label = edge.label.map { D2.string($0) + " " } ?? ""
        func line(_ arrow: String, _ style: [String]) -> String {
            "\(key(edge.from)) \(arrow) \(key(edge.to)): \(label){style: {\(style.joined(separator: "; "))}}"
        }
        guard !edge.arrows.isEmpty else {
            let style: [String] =
                switch edge.kind {
                case .plain: ["stroke: \"\(theme.line)\""]
                case .thick: ["stroke: \"\(Look.tunnel.stroke(theme))\"", "stroke-width: 5"]
                case .dotted: ["stroke: \"\(theme.line)\"", "stroke-dash: 3"]
                }
            return [line("--", style)]
        }
        return edge.arrows.map { arrow in
            let dash = arrow.packet == .back ? ["stroke-dash: 4"] : []
            return line(
                arrow.isLeaving ? "->" : "<-",
                ["stroke: \"\(theme.trail(arrow.packet))\"", "stroke-width: 4"] + dash)
        }
    }

    /// A key a part of the path; quoted, since dots and the like would part it.
    private func key(_ path: [(kind: String, name: String)]) -> String {
        path.map { D2.string("\($0.kind) \($0.name)") }.joined(separator: ".")
    }
}
