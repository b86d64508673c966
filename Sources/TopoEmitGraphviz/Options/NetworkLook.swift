internal import TopoPlan

/// How a network is told from the others: by its name, a hatch, and a shade of its elements' colour. The names alone would do;
/// hatch and shade let a reader see at a glance what belongs together, in black and white too.
struct NetworkLook {
    /// Its name.
    let name: String
    /// Its place among the networks of the topology, from 0.
    private let number: Int

    /// How many shades there are. Neighbours differ in both shade and hatch, and the pair comes again after twelve networks.
    private static let shades = 4

    /// The networks of all hosts, in the order in which the plan first has an element of them.
    static func all(_ hosts: [HostFacts]) -> [String: NetworkLook] {
        var looks: [String: NetworkLook] = [:]
        for name in hosts.flatMap({ $0.parts.map(\.network) }) where looks[name] == nil {
            looks[name] = NetworkLook(name: name, number: looks.count)
        }
        return looks
    }

    /// Its hatch as a table of an HTML-like label, in a colour.
    func hatch(_ color: String) -> String { Hatch.allCases[number % Hatch.allCases.count].table(color) }

    /// The ground of an element: the look's own, and darker with each shade.
    func fill(_ look: Look, _ theme: Theme) -> String {
        look.fill(theme).mixed(with: look.stroke(theme), parts: number % NetworkLook.shades, of: 12)
    }
}

extension String {
    /// The colour `#rrggbb` with so many parts of a whole of another.
    fileprivate func mixed(with other: String, parts: Int, of whole: Int) -> String {
        let mixed = zip(channels, other.channels).map { ($0 * (whole - parts) + $1 * parts) / whole }
        return "#" + mixed.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Red, green and blue of a colour `#rrggbb`, each from 0 to 255.
    private var channels: [Int] {
        let color = Int(String(decoding: utf8.dropFirst(), as: UTF8.self), radix: 16) ?? 0
        return [color >> 16, color >> 8 & 0xFF, color & 0xFF]
    }
}
