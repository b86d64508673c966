internal import TopoLower

/// What a place of the file is for, which says how it is laid out.
enum Shape {
    /// A mapping with the keys of a kind.
    case element(ElementKind)
    /// Names, each with a mapping of a kind.
    case named(ElementKind)
    /// A list of mappings of a kind.
    case list(ElementKind)
    /// Names, each with a value of its own.
    case values
    /// Anything else.
    case value

    /// True for what has a line for each of its parts, however short they are.
    var isSection: Bool {
        switch self {
        case .named, .list, .values: true
        case .element, .value: false
        }
    }

    /// The shape of a key's value.
    func value(ofKey key: String) -> Shape {
        switch self {
        case .element(let kind):
            kind.keys.first { $0.name.utf8.elementsEqual(key.utf8) }.map { Shape($0.form) } ?? .value
        case .named(let kind): .element(kind)
        case .list, .values, .value: .value
        }
    }

    /// The shape of an item of a list.
    var item: Shape {
        switch self {
        case .list(let kind): .element(kind)
        case .element, .named, .values, .value: .value
        }
    }

    private init(_ form: ValueForm) {
        switch form {
        case .named(let kind): self = .named(kind)
        case .mapping(let kind): self = .element(kind)
        case .values: self = .values
        case .list(.mapping(let kind)): self = .list(kind)
        case .text, .word, .prose, .boolean, .number, .choice, .name, .address, .interfaceAddress, .singleAddress,
            .prefix,
            .macAddress,
            .either, .pair, .list:
            self = .value
        }
    }
}
