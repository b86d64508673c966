internal import TopoModel
internal import TopoText

/// How the parts of one figure look and speak, and which of them a packet's way lights.
struct Style {
    let options: FigureOptions
    let words: Words
    let marks: TrailMarks
    /// How many containers alike on one bridge are drawn each for itself.
    let most: Int

    init(_ options: FigureOptions, _ hosts: [HostFacts]) {
        self.options = options
        most = options.folding.most(hosts)
        words = Words(language: options.language)
        marks = TrailMarks(options.trail)
    }

    var theme: Theme { options.theme }

    func stroke(_ look: Look) -> String { look.stroke(theme) }

    /// The attribute by which a program finds a thing in the SVG: the view, then kinds and names.
    func identity(_ path: [(kind: String, name: String)], _ kind: String) -> String {
        "id=\(svgID(options.view, path)), class=\"\(kind)\""
    }

    /// The statement that draws a node.
    /// - Parameter tooltip: what a reader of the picture's SVG sees by pointing at it, a line each.
    func node(
        _ path: [(kind: String, name: String)], _ kind: String, label: String, tooltip: [String]
    ) -> String {
        "\(dotID(path)) [label=\(label), \(identity(path, kind)), tooltip=\(DOT.string(tooltip.joined(separator: "\n")))]"
    }

    /// The attributes of an edge; one that a packet's way lights is thick and in the way's colour.
    func edge(
        _ path: [(kind: String, name: String)], _ kind: String, _ attributes: [String] = [], isLit: Bool = false
    ) -> String {
        let lit = isLit ? ["color=\"\(theme.trail)\"", "penwidth=5", "style=solid"] : []
        let name = { (attribute: String) in Substring(attribute.utf8.prefix { $0 != UInt8(ascii: "=") }) }
        let names = lit.map(name)
        let kept = attributes.filter { !names.contains(name($0)) }
        return "[\((kept + lit + [identity(path, kind)]).joined(separator: ", "))]"
    }
}
