/// What a caller puts into a place of a template.
public enum Filling: Sendable, Hashable {
    /// A text, written byte for byte: whoever fills the template has quoted it for where it lands.
    case text(String)
    /// Whether a section is written.
    case flag(Bool)
    /// A section is written once for each of these, and `{{.}}` in it is the text.
    case texts([String])
    /// A section is written once for each of these, with these values for the places in it.
    case list([[String: Filling]])

    /// A section for each of these, all of whose places are texts.
    public static func rows(_ rows: [[String: String]]) -> Filling {
        .list(rows.map { $0.mapValues(Filling.text) })
    }
}

extension Filling: ExpressibleByBooleanLiteral {
    /// A flag.
    public init(booleanLiteral value: Bool) { self = .flag(value) }
}
