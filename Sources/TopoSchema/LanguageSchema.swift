internal import TopoJSON
internal import TopoLower

/// A JSON Schema (draft 07, which editors' YAML servers know) of the language, made of the tables of its keys.
///
/// It accepts every topology that topoc accepts. It refuses what can be seen in one mapping: keys, types, words, the forms of
/// names and addresses, keys that exclude or need each other. What is between two places of a file is not in it.
/// - Returns: a JSON text.
public func languageSchema() -> String {
    let root = ElementKind.topology.schema
    let others = ElementKind.allCases.filter { $0 != .topology }.map { JSON.Member($0.definition, .object($0.schema)) }
    return JSON.object(
        [
            .init("$schema", "http://json-schema.org/draft-07/schema#"),
            .init("title", "A topology of topoc"),
        ] + root + [.init("definitions", .object(others + addressDefinitions))]
    ).text
}

extension ElementKind {
    /// The name of the kind's definition, as in `pointToPointLink`.
    fileprivate var definition: String {
        let words = rawValue.utf8.split { "- ".utf8.contains($0) }
        let others = words.dropFirst().map { Substring($0.prefix(1)).uppercased() + Substring($0.dropFirst()) }
        return Substring(words[0]).lowercased() + others.joined()
    }

    /// A reference to the kind's definition.
    var reference: JSON { ["$ref": .string("#/definitions/\(definition)")] }

    /// The members of the schema of a mapping of this kind.
    fileprivate var schema: [JSON.Member] {
        let required = keys.filter(\.isRequired).map(\.name)
        let needsKeys = !required.isEmpty || rules.contains { if case .some = $0 { true } else { false } }
        let all: [(String, JSON?)] = [
            // Nothing after a name is a mapping without keys.
            ("type", needsKeys ? "object" : ["object", "null"]),
            ("properties", .object(keys.map { .init($0.name, property($0)) })),
            ("required", JSON.strings(required).unlessEmpty),
            ("patternProperties", ignoredProperties),
            ("additionalProperties", false),
            ("allOf", JSON.array(rules.flatMap(\.schemas)).unlessEmpty),
        ]
        return all.compactMap { name, value in value.map { .init(name, $0) } }
    }

    /// Keys that mean nothing.
    private var ignoredProperties: JSON? {
        let prefix = Self.ignoredKeys
        return ignores(key: prefix) ? .object([.init("^\(prefix)", true)]) : nil
    }

    private func property(_ key: KeyDescription) -> JSON {
        // The topology's own name is a text to the table of keys, and a folder's name to the rest.
        if self == .topology, key.name == ElementKind.topology.rawValue, let rule = nameRule {
            let type = key.form.members(allowsNothing: false).filter { $0.name != "pattern" }
            return .object([.init("description", .string(key.summary))] + type + rule.members)
        }
        return .object([.init("description", .string(key.summary))] + key.form.members(allowsNothing: true))
    }
}

extension KeyRule {
    /// The rule as schemas that all must hold.
    fileprivate var schemas: [JSON] {
        switch self {
        case .some(let keys):
            keys.count == 1
                ? [["required": .strings(keys)]] : [["anyOf": .array(keys.map { ["required": [.string($0)]] })]]
        case .exclusive(let keys):
            keys.indices.flatMap { first in
                keys[(first + 1)...].map { ["not": ["required": .strings([keys[first], $0])]] }
            }
        case .none(let keys): keys.map { ["not": ["required": [.string($0)]]] }
        case .needs(let key, let other): [["dependencies": .object([.init(key, [.string(other)])])]]
        case .given(let key, let word, let rules):
            [
                [
                    "if": [
                        "properties": .object([.init(key, ["const": .string(word)])]), "required": [.string(key)],
                    ],
                    "then": ["allOf": .array(rules.flatMap(\.schemas))],
                ]
            ]
        }
    }
}
