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
        lines += sketch.edges.map { "    " + edge($0) }
        lines += Look.allCases.map { look in
            "    classDef \(look.rawValue) fill:\(look.fill(theme)),stroke:\(look.stroke(theme)),color:\(theme.text)"
        }
        lines += sketch.groups.map {
            "    style \(id($0.path)) fill:\(theme.hostFill),stroke:\(theme.hostStroke),color:\(theme.text)"
        }
        lines += sketch.edges.indices.filter { sketch.edges[$0].isLit }.map {
            "    linkStyle \($0) stroke:\(theme.trail),stroke-width:5px"
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

    private func edge(_ edge: Sketch.Edge) -> String {
        let line: String =
            switch edge.kind {
            case .plain: "---"
            case .thick: "==="
            case .dotted: "-.-"
            }
        let label = edge.label.map { "|\"\(Mermaid.text($0))\"|" } ?? ""
        return "\(id(edge.from)) \(line)\(label) \(id(edge.to))"
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
