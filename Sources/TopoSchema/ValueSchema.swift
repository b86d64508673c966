internal import TopoJSON
internal import TopoLower

extension ValueForm {
    /// The members of the schema of a value of this form.
    /// - Parameter allowsNothing: a list and a mapping of names may be left empty: `ports:`. Where one of several forms is
    ///   wanted, nothing is none of them.
    func members(allowsNothing: Bool) -> [JSON.Member] {
        let orNothing: (JSON) -> JSON = { allowsNothing ? [$0, "null"] : $0 }
        switch self {
        // An unquoted number or boolean is a text where a text is wanted.
        case .text(let rule): return ValueForm.proseMembers(rule.pattern)
        case .word(let rule): return ValueForm.proseMembers(rule.pattern)
        case .prose, .name: return [.init("type", ["string", "number", "boolean"])]
        case .boolean: return [.init("type", "boolean")]
        case .number(let range):
            return [
                .init("type", "integer"), .init("minimum", .number(range.lowerBound)),
                .init("maximum", .number(range.upperBound)),
            ]
        case .choice(let words): return [.init("enum", .strings(words))]
        case .address: return reference("address")
        case .interfaceAddress: return reference("addressWithLength")
        case .singleAddress: return reference("singleAddress")
        case .prefix: return reference("subnet")
        case .macAddress: return reference("macAddress")
        case .either(let forms): return [.init("anyOf", .array(forms.map { $0.schema(beside: forms) }))]
        case .pair(let form):
            return [
                .init("type", "array"), .init("items", form.schema(beside: [])), .init("minItems", 2),
                .init("maxItems", 2),
            ]
        case .list(let form): return [.init("type", orNothing("array")), .init("items", form.schema(beside: []))]
        case .mapping(let kind):
            guard case .object(let members) = kind.reference else { return [] }
            return members
        case .named(let kind):
            let names = kind.nameRule.map { rule in
                JSON.Member("propertyNames", ["anyOf": [.object(rule.members), .object(rule.rangeMembers)]])
            }
            return [.init("type", orNothing("object"))] + (names.map { [$0] } ?? [])
                + [.init("additionalProperties", kind.reference)]
        case .values(let form):
            return [.init("type", orNothing("object")), .init("additionalProperties", form.schema(beside: []))]
        }
    }

    /// The members of the schema of a text that follows a pattern.
    private static func proseMembers(_ pattern: String) -> [JSON.Member] {
        ValueForm.prose.members(allowsNothing: false) + [.init("pattern", .string(pattern))]
    }

    /// The schema of a value in a list, or of one of several forms.
    private func schema(beside forms: [ValueForm]) -> JSON {
        if case .name = self, forms.contains(.address) {
            // What looks like an address is read as one: a name has no colon, and is not digits and dots alone.
            return ["type": "string", "pattern": "^(?![0-9]*\\.[0-9.]*(/|$))(?![^/]*:)"]
        }
        return .object(members(allowsNothing: false))
    }

    private func reference(_ name: String) -> [JSON.Member] {
        let examples = example.map { [JSON.Member("examples", [.string($0)])] } ?? []
        return [.init("$ref", .string("#/definitions/\(name)"))] + examples
    }
}

extension NameRule {
    /// The members of the schema of such a name.
    var members: [JSON.Member] {
        let taken: [JSON.Member] = reserved.isEmpty ? [] : [.init("not", ["enum": .strings(reserved)])]
        return [.init("pattern", .string(pattern)), .init("maxLength", .number(longest))] + taken
    }
}

extension NameRule {
    /// The members of the schema of a range of such names, `c1..c20`.
    fileprivate var rangeMembers: [JSON.Member] {
        [.init("pattern", .string(rangePattern)), .init("maxLength", .number(2 * longest + 2))]
    }
}

/// The forms of addresses.
let addressDefinitions: [JSON.Member] = {
    let octet = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
    let ipv4 = "\(octet)(\\.\(octet)){3}"
    // Hexadecimal groups and colons; that they are eight, or fewer with one "::", is for topoc to say.
    let ipv6 = "[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7}(:\(ipv4))?|(:[0-9A-Fa-f]{0,4}){0,6}:\(ipv4)"
    let withLength = "^(\(ipv4)/(3[0-2]|[12]?[0-9])|(\(ipv6))/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$"
    let pair = "[0-9A-Fa-f]{2}"
    // The lowest bit of the first octet tells a group's address.
    let first = "[0-9A-Fa-f][02468ACEace]"
    return [
        .init("address", ["type": "string", "pattern": .string("^(\(ipv4)|\(ipv6))$")]),
        .init("addressWithLength", ["type": "string", "pattern": .string(withLength)]),
        .init("singleAddress", ["type": "string", "pattern": .string("^(\(ipv4)/32|(\(ipv6))/128)$")]),
        .init("subnet", ["type": "string", "pattern": .string(withLength)]),
        .init(
            "macAddress",
            ["type": "string", "pattern": .string("^\(first)((:\(pair)){5}|(-\(pair)){5})$")]),
    ]
}()
