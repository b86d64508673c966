internal import Mustache

/// What a place of a template is filled with.
public enum Filling: Sendable {
    /// A text, written as the template says: as it is, or escaped.
    case text(String)
    /// Whether a section is there.
    case flag(Bool)
    /// A section for each of these; none where it is empty.
    case list([Filling])
    /// A section whose places are filled with these.
    case values([String: Filling])

    /// A section for each of these texts.
    public static func texts(_ texts: [String]) -> Filling { .list(texts.map(Filling.text)) }

    /// A section for each of these, all of whose places are texts.
    public static func rows(_ rows: [[String: String]]) -> Filling {
        .list(rows.map { .values($0.mapValues(Filling.text)) })
    }

    /// What Mustache gets of it. Few types, since it asks of each new one what it conforms to, and the runtime looks for the
    /// answer among all that the program has.
    fileprivate var object: Any {
        switch self {
        case .text(let text): text
        case .flag(let isThere): isThere
        case .list(let fillings): fillings.map(\.object)
        case .values(let values): Values(values: values)
        }
    }
}

extension Filling: ExpressibleByDictionaryLiteral {
    /// Values, of which there is one for each name.
    public init(dictionaryLiteral elements: (String, Filling)...) {
        self = .values(Dictionary(uniqueKeysWithValues: elements))
    }
}

extension Filling: ExpressibleByBooleanLiteral {
    /// A flag.
    public init(booleanLiteral value: Bool) { self = .flag(value) }
}

/// Values under the names that a template has for them.
struct Values: MustacheParent {
    let values: [String: Filling]

    func child(named name: String) -> Any? { values[name]?.object }
}
