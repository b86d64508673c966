import TopoLower

/// A place of a topology where a word or a text is written, found in the tables of the language's keys.
struct TextPlace: Sendable {
    /// The kind and the key, as in `container image`; for a name, the kind and `name`.
    let name: String
    /// Where it is.
    let path: [Document.Step]
    /// What stands there, with a hole for the text.
    let value: Document
    /// Whether it may be any text, and not a number, a choice, an address or a name.
    let isFree: Bool

    /// All places in a document: in each mapping of a kind, every key of the kind's table, whether it is there or not.
    static func all(in document: Document) -> [TextPlace] {
        var places: [TextPlace] = []
        add(.topology, document, [], to: &places)
        return places
    }

    private static func add(
        _ kind: ElementKind, _ mapping: Document, _ path: [Document.Step], to places: inout [TextPlace]
    ) {
        for key in kind.keys {
            let own = path + [.key(key.name)]
            for (value, isFree) in shapes(of: key.form) {
                places.append(TextPlace(name: "\(kind.rawValue) \(key.name)", path: own, value: value, isFree: isFree))
            }
            if let value = mapping[key.name] { descend(key.form, value, own, to: &places) }
        }
    }

    /// Goes on into the mappings of a value.
    private static func descend(
        _ form: ValueForm, _ value: Document, _ path: [Document.Step], to places: inout [TextPlace]
    ) {
        switch (form, value) {
        case (.mapping(let kind), .mapping): add(kind, value, path, to: &places)
        case (.named(let kind), .mapping(let entries)):
            for case (.scalar(let name, _), let element) in entries {
                add(kind, element, path + [.key(name)], to: &places)
            }
        case (.list(let item), .list(let items)), (.pair(let item), .list(let items)):
            for (index, element) in items.enumerated() { descend(item, element, path + [.item(index)], to: &places) }
        case (.either(let forms), _): for one in forms { descend(one, value, path, to: &places) }
        default: break
        }
    }

    /// The ways to write a value of a form that has a word or a text in it.
    private static func shapes(of form: ValueForm) -> [(value: Document, isFree: Bool)] {
        switch form {
        case .text(.numberRange): [(.hole, false)]
        case .text, .prose: [(.hole, true)]
        case .word, .boolean, .number, .choice, .name, .address, .interfaceAddress, .singleAddress, .prefix,
            .macAddress:
            [(.hole, false)]
        case .either(let forms): forms.flatMap(shapes)
        case .list(let form): shapes(of: form).map { (.list([$0.value]), $0.isFree) }
        case .pair(let form): shapes(of: form).map { (.list([$0.value, $0.value]), $0.isFree) }
        // A mapping's keys are places of their own.
        case .mapping: []
        case .named: [(.mapping([(.hole, .mapping([]))]), false)]
        case .values: [(.mapping([(.hole, .list([]))]), false)]
        }
    }
}
