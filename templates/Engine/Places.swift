/// The places that a template may have, by name: what its caller fills, whether the template uses all of it or not.
public struct Places: Sendable, ExpressibleByDictionaryLiteral {
    /// What a place takes.
    public enum Kind: Sendable {
        /// `{{name}}`.
        case text
        /// `{{#name}}…{{/name}}`, written or not.
        case flag
        /// `{{#name}}…{{/name}}` for each of several texts, each of which is `{{.}}`.
        case texts
        /// `{{#name}}…{{/name}}` for each of several rows, with places of its own.
        case list(Places)
    }

    /// The places, in the order in which they were declared.
    public let all: [(name: String, kind: Kind)]

    /// Declares places, each name once.
    public init(dictionaryLiteral elements: (String, Kind)...) {
        all = elements.map { (name: $0.0, kind: $0.1) }
    }

    /// What the place of a name takes; nil where there is none.
    func kind(of name: String) -> Kind? {
        all.first { $0.name.utf8.elementsEqual(name.utf8) }?.kind
    }
}
