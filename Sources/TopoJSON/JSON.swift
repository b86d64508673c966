/// A JSON value (RFC 8259) whose objects keep their members in the order in which they were given: the same value, the
/// same bytes.
public indirect enum JSON: Sendable, Hashable {
    /// Names with values; whoever makes it sees to it that no name is there twice.
    case object([Member])
    case array([JSON])
    case string(String)
    case number(Int)
    case boolean(Bool)

    /// A name with its value.
    public struct Member: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value.
        public let value: JSON

        /// Makes a member.
        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// An object of the members that have a value.
    public static func members(_ members: KeyValuePairs<String, JSON?>) -> JSON {
        .object(members.compactMap { name, value in value.map { Member(name, $0) } })
    }

    /// An array of strings.
    public static func strings(_ values: [String]) -> JSON { .array(values.map(JSON.string)) }

    /// Itself, or nil where it is an array or object without anything in it: for members that are left out then.
    public var unlessEmpty: JSON? {
        switch self {
        case .object(let members): members.isEmpty ? nil : self
        case .array(let values): values.isEmpty ? nil : self
        case .string, .number, .boolean: self
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// Makes a string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Makes a number.
    public init(integerLiteral value: Int) { self = .number(value) }
    /// Makes a boolean.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension JSON: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// Makes an array.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// Makes an object.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0, $1) })
    }
}
