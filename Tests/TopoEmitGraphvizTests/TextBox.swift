/// The room that a text of an SVG takes, as far as its font's widths are known: a letter of Helvetica is about half as
/// wide as the font is high, never less than 0.4.
struct TextBox: CustomStringConvertible {
    let text: String
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    /// Nil where the attributes have no place.
    init?(_ text: String, _ attributes: [String: String]) {
        guard let x = attributes["x"].flatMap(Double.init), let y = attributes["y"].flatMap(Double.init),
            let size = attributes["font-size"].flatMap(Double.init)
        else { return nil }
        self.text = text
        let width = Double(text.drop { $0 == " " }.reversed().drop { $0 == " " }.count) * size * 0.4
        switch attributes["text-anchor"] {
        case "middle": (left, right) = (x - width / 2, x + width / 2)
        case "end": (left, right) = (x - width, x)
        default: (left, right) = (x, x + width)
        }
        // The baseline is the anchor: letters rise above it by most of the size.
        (top, bottom) = (y - size * 0.7, y)
    }

    /// Whether both take some of the same room.
    func overlaps(_ other: TextBox) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    var description: String { "\"\(text)\" at \(left),\(top)" }
}
