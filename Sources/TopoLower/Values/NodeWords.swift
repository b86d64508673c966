import TopoSyntax

extension Node {
    /// True for a value that is not there: `key:` with nothing after it, `~` or `null`.
    var isNull: Bool {
        guard case .scalar(let text, isQuoted: false) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The text of a scalar; nil for nothing at all and for other values.
    var scalarText: String? {
        switch content {
        case .scalar(let text, isQuoted: _): isNull ? nil : text
        case .sequence, .mapping: nil
        }
    }

    /// What was found, as a phrase of a message.
    var found: String {
        if isNull { return "nothing" }
        switch content {
        case .scalar(let text, let isQuoted): return isQuoted ? "the text \"\(text)\"" : "\"\(text)\""
        case .sequence: return "a list"
        case .mapping: return "a mapping"
        }
    }

    /// The entries of a mapping, none for nothing at all; nil for another value.
    var mappingEntries: [Entry]? {
        switch content {
        case .mapping(let entries): entries
        case .scalar: isNull ? [] : nil
        case .sequence: nil
        }
    }
}
