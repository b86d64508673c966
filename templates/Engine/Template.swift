/// A parsed template, in a part of Mustache (mustache(5)): values, sections, inverted sections and comments.
///
/// No value is escaped, and none is read as a template again.
public struct Template: Sendable {
    /// A piece of it, in the order in which they are written.
    enum Piece: Sendable {
        /// Written as it is.
        case text(String)
        /// Filled with a text.
        case value(Reference)
        /// Filled with the text of the section around it.
        case item
        /// Written as often as its filling says.
        case section(Reference, isInverted: Bool, [Piece])
    }

    /// Whose place a name is.
    struct Reference: Sendable {
        let name: String
        /// 0 for the template's own places, 1 for those of the outermost list around the tag, and so on.
        let depth: Int
    }

    private let path: String
    private let pieces: [Piece]

    /// Parses a text.
    /// - Parameters:
    ///   - path: the file that it is of, for errors.
    ///   - places: all names that it may use.
    /// - Throws: `TemplateError` for the first tag that is wrong.
    public init(_ text: String, path: String, places: Places) throws(TemplateError) {
        self.path = path
        var parser = TemplateParser(bytes: Array(text.utf8), path: path, places: places)
        pieces = try parser.parse()
    }

    /// Fills it.
    /// - Precondition: `values` has a filling, of its place's kind, for each place that the template uses.
    public func render(_ values: [String: Filling]) -> String {
        var scopes = [Scope.values(values)]
        var result = ""
        write(pieces, in: &scopes, to: &result)
        return result
    }

    /// What names stand for in a section.
    private enum Scope {
        case values([String: Filling])
        case item(String)
    }

    private func write(_ pieces: [Piece], in scopes: inout [Scope], to result: inout String) {
        for piece in pieces {
            switch piece {
            case .text(let text): result += text
            case .value(let reference):
                guard case .text(let text) = filling(of: reference, in: scopes) else { unfit(reference) }
                result += text
            case .item:
                guard case .item(let text)? = scopes.last else { preconditionFailure("\(path): no text for {{.}}") }
                result += text
            case .section(let reference, isInverted: true, let inner):
                if isAbsent(filling(of: reference, in: scopes)) { write(inner, in: &scopes, to: &result) }
            case .section(let reference, isInverted: false, let inner):
                writeSection(reference, inner, in: &scopes, to: &result)
            }
        }
    }

    private func writeSection(
        _ reference: Reference, _ pieces: [Piece], in scopes: inout [Scope], to result: inout String
    ) {
        let inner: [Scope]
        switch filling(of: reference, in: scopes) {
        case .flag(let isWritten):
            if isWritten { write(pieces, in: &scopes, to: &result) }
            return
        case .texts(let texts): inner = texts.map(Scope.item)
        case .list(let rows): inner = rows.map(Scope.values)
        case .text: unfit(reference)
        }
        for scope in inner {
            scopes.append(scope)
            write(pieces, in: &scopes, to: &result)
            scopes.removeLast()
        }
    }

    private func isAbsent(_ filling: Filling) -> Bool {
        switch filling {
        case .flag(let isWritten): !isWritten
        case .texts(let texts): texts.isEmpty
        case .list(let rows): rows.isEmpty
        case .text: false
        }
    }

    private func filling(of reference: Reference, in scopes: [Scope]) -> Filling {
        guard case .values(let values) = scopes[reference.depth], let filling = values[reference.name] else {
            preconditionFailure("\(path): nothing to fill \"\(reference.name)\" with")
        }
        return filling
    }

    private func unfit(_ reference: Reference) -> Never {
        preconditionFailure("\(path): what \"\(reference.name)\" is filled with is of another kind than its place")
    }
}
