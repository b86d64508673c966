/// What the value of a key may be, as data.
public indirect enum ValueForm: Sendable, Hashable {
    /// A text on one line, within a rule.
    case text(TextRule)
    /// A word within a rule.
    case word(WordRule)
    /// Any text; it may have several lines.
    case prose
    /// `true` or `false`.
    case boolean
    /// A decimal number within these bounds.
    case number(ClosedRange<Int>)
    /// One of these words.
    case choice([String])
    /// The name of an element of one of these kinds.
    case name([ElementKind])
    /// An IPv4 or IPv6 address without a prefix length.
    case address
    /// An address with its prefix length.
    case interfaceAddress
    /// An address that is alone in its subnet: /32 or /128.
    case singleAddress
    /// A subnet.
    case prefix
    /// An Ethernet address.
    case macAddress
    /// Any of these forms.
    case either([ValueForm])
    /// Two values of this form.
    case pair(ValueForm)
    /// Any number of values of this form.
    case list(ValueForm)
    /// The keys of this kind.
    case mapping(ElementKind)
    /// Names, each with the keys of this kind.
    case named(ElementKind)
    /// Names, each with a value of this form.
    case values(ValueForm)
}

extension ValueForm: CustomStringConvertible {
    /// The form as a phrase of a message, as in `a number from 1 to 255`.
    public var description: String {
        switch self {
        case .text: "a text"
        case .word(let rule): rule.noun
        case .prose: "a text"
        case .boolean: "true or false"
        case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let words): words.joinedByOr
        case .name(let kinds): "the name of \(kinds.map(\.withArticle).joinedByOr)"
        case .address: "an IP address"
        case .interfaceAddress: "an address with its prefix length"
        case .singleAddress: "an address with the prefix length 32 or 128"
        case .prefix: "a subnet"
        case .macAddress: "a MAC address"
        case .either(let forms): forms.map(\.description).joinedByOr
        case .pair(let form): "a list of two, each \(form)"
        case .list(let form): "a list, each \(form)"
        case .mapping(let kind): "a mapping with the keys of \(kind.withArticle)"
        case .named(let kind): "a mapping of names, each \(kind.withArticle)"
        case .values(let form): "a mapping of names, each with \(form)"
        }
    }

    /// True where no single word is a value of this form.
    var hasParts: Bool {
        switch self {
        case .pair, .list, .mapping, .named, .values: true
        case .either(let forms): forms.allSatisfy { $0.hasParts }
        case .text, .word, .prose, .boolean, .number, .choice, .name, .address, .interfaceAddress, .singleAddress,
            .prefix, .macAddress:
            false
        }
    }

    /// A value of this form as it is written, where an example says more than the phrase.
    public var example: String? {
        switch self {
        case .address: "10.1.0.1"
        case .interfaceAddress: "10.1.0.1/24"
        case .singleAddress: "10.255.0.1/32"
        case .prefix: "10.1.0.0/24"
        case .macAddress: "02:00:00:00:00:01"
        case .text, .word, .prose, .boolean, .number, .choice, .name, .either, .pair, .list, .mapping, .named, .values:
            nil
        }
    }
}

extension [String] {
    /// `a, b or c`.
    var joinedByOr: String {
        guard let last else { return "" }
        return count == 1 ? last : "\(dropLast().joined(separator: ", ")) or \(last)"
    }

    /// `a, b and c`.
    var joinedByAnd: String {
        guard let last else { return "" }
        return count == 1 ? last : "\(dropLast().joined(separator: ", ")) and \(last)"
    }

    /// `a, b and c`, cut off after a dozen: `a, b, … and 88 more`.
    var shortList: String { count > 13 ? "\(prefix(12).joined(separator: ", ")) and \(count - 12) more" : joinedByAnd }

    /// `"a", "b", "c"`, cut off after a dozen.
    var quotedList: String {
        let shown = prefix(12).map { "\"\($0)\"" }.joined(separator: ", ")
        return count > 12 ? "\(shown) and \(count - 12) more" : shown
    }
}
