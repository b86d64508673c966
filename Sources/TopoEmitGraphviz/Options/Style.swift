internal import TopoModel
internal import TopoPlan
internal import TopoText

/// How the parts of one figure look and speak, and which of them a packet's way lights.
struct Style {
    let options: FigureOptions
    let words: Words
    let marks: TrailMarks
    /// How many containers alike on one bridge are drawn each for itself.
    let most: Int
    /// How the networks look, by their names.
    private let networks: [String: NetworkLook]

    init(_ options: FigureOptions, _ subject: FigureSubject) {
        self.options = options
        most = options.folding.most(subject.hosts)
        networks = subject.networks
        words = Words(language: options.language)
        marks = TrailMarks(options.trail)
    }

    var theme: Theme { options.theme }

    /// A MAC, where it is shown.
    func mac(_ mac: Setting<MACAddress>?) -> [String] {
        guard let mac else { return [] }
        switch options.macs {
        case .automatic: return mac.isDerived ? [] : ["\(mac.value)"]
        case .all: return ["\(mac.value)"]
        case .none: return []
        }
    }

    /// An MTU, where it is shown.
    func mtu(_ mtu: Setting<Int>) -> [String] { options.mtus.shows(mtu.value) ? ["MTU \(mtu.value)"] : [] }

    /// How the network looks that an element is part of; nil where it is of none.
    private func network(_ name: String?) -> NetworkLook? { name.flatMap { networks[$0] } }

    /// The hatch of an element that is part of a network, as a table of an HTML-like label.
    func hatch(_ look: Look, of network: String?) -> String? { self.network(network)?.hatch(stroke(look)) }

    /// The ground of an element that may be part of a network.
    func fill(_ look: Look, of network: String?) -> String {
        self.network(network)?.fill(look, theme) ?? look.fill(theme)
    }

    /// The network's name, a line or none.
    func partOf(_ network: String?) -> [String] { network.map { [words.partOf($0)] } ?? [] }

    /// Arrows need more room between the ranks than lines.
    var room: [String] { options.trail.there.isEmpty ? [] : ["ranksep=0.6"] }

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

    /// The statements of a line from a device's end of it to the other; along one that packets take, an arrow for each way, side by
    /// side.
    /// - Parameters:
    ///   - isOnward: whether the device's end is in the rank before the other's.
    ///   - arrows: how packets go along it.
    func line(
        _ near: String, _ far: String, isOnward: Bool, _ path: [(kind: String, name: String)], _ kind: String,
        _ attributes: [String] = [], arrows: [TrailMarks.Arrow] = []
    ) -> [String] {
        let ends = isOnward ? "\(near) -- \(far)" : "\(far) -- \(near)"
        guard !arrows.isEmpty else {
            return ["\(ends) [\((attributes + [identity(path, kind)]).joined(separator: ", "))]"]
        }
        let name = { (attribute: String) in Substring(attribute.utf8.prefix { $0 != UInt8(ascii: "=") }) }
        return arrows.enumerated().map { number, arrow in
            let look = [
                "color=\"\(theme.trail(arrow.packet))\"", "penwidth=3",
                "style=\(arrow.packet == .there ? "solid" : "dashed")",
                "dir=\(arrow.isLeaving == isOnward ? "forward" : "back")", "arrowsize=0.6",
            ]
            let names = look.map(name)
            let kept = attributes.filter { !names.contains(name($0)) }
            let own = number == 0 ? path : path + [("arrow", "\(number + 1)")]
            return "\(ends) [\((kept + look + [identity(own, kind)]).joined(separator: ", "))]"
        }
    }
}
