internal import TopoText

/// Writes a sketch as a flowchart of Mermaid.
struct MermaidText {
    let sketch: Sketch
    let theme: Theme
    let title: String
    /// What `%%` says at the top.
    let comment: String

    var text: String {
        var lines = [
            "%% \(comment)",
            "%% \(Mermaid.comment(title))",
            "flowchart TB",
        ]
        lines += sketch.nodes.map { "    " + node($0) }
        for group in sketch.groups {
            lines.append("    subgraph \(id(group.path))[\"\(Mermaid.text(group.title))\"]")
            lines += group.nodes.map { "        " + node($0) }
            lines.append("    end")
        }
        let edges = sketch.edges.flatMap(edge)
        lines += edges.map { "    " + $0.text }
        lines += Look.allCases.map { look in
            "    classDef \(look.rawValue) fill:\(look.fill(theme)),stroke:\(look.stroke(theme)),color:\(theme.text)"
        }
        lines += (sketch.nodes + sketch.groups.flatMap(\.nodes)).compactMap { node in
            node.fill.flatMap { $0 == node.look.fill(theme) ? nil : "    style \(id(node.path)) fill:\($0)" }
        }
        lines += sketch.groups.map {
            "    style \(id($0.path)) fill:\(theme.hostFill),stroke:\(theme.hostStroke),color:\(theme.text)"
        }
        lines += edges.enumerated().compactMap { number, edge in
            edge.packet.map { packet in
                let dash = packet == .back ? ",stroke-dasharray:6 4" : ""
                return "    linkStyle \(number) stroke:\(theme.trail(packet)),stroke-width:4px\(dash)"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func node(_ node: Sketch.Node) -> String {
        let (open, close): (String, String) =
            switch node.look {
            case .lan: ("([", "])")
            case .router: ("{{", "}}")
            case .tunnel: ("[/", "/]")
            case .bridge: ("[[", "]]")
            case .container, .nic: ("[", "]")
            }
        let label = node.lines.map(Mermaid.text).joined(separator: "<br>")
        return "\(id(node.path))\(open)\"\(label)\"\(close):::\(node.look.rawValue)"
    }

    /// The lines of an edge; where packets go along it, an arrow for each way.
    private func edge(_ edge: Sketch.Edge) -> [(text: String, packet: TrailMarks.Packet?)] {
        let (line, arrow): (String, String) =
            switch edge.kind {
            case .plain: ("---", "-->")
            case .thick: ("===", "==>")
            case .dotted: ("-.-", "-.->")
            }
        let label = edge.label.map { "|\"\(Mermaid.text($0))\"|" } ?? ""
        let (from, to) = (id(edge.from), id(edge.to))
        guard !edge.arrows.isEmpty else { return [("\(from) \(line)\(label) \(to)", nil)] }
        return edge.arrows.map { way in
            let ends = way.isLeaving ? (from, to) : (to, from)
            return ("\(ends.0) \(arrow)\(label) \(ends.1)", way.packet)
        }
    }

    /// Kinds and names with an underscore between them; what is no ASCII letter or digit as `_` and its UTF-8 bytes.
    private func id(_ path: [(kind: String, name: String)]) -> String {
        path.map { "\($0.kind)_" + $0.name.utf8.map(MermaidText.letter).joined() }.joined(separator: "__")
    }

    private static func letter(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            String(UnicodeScalar(byte))
        default: "_" + String(byte, radix: 16)
        }
    }
}
