internal import TopoDiagnostics

extension Diagnostic {
    /// A text that is no YAML, in our words where we have better ones than libyaml.
    static func invalid(_ problem: ParserProblem, in source: SourceFile) -> Diagnostic {
        let offset = min(problem.offset, source.bytes.count)
        if let character = problem.character { return controlCharacter(character, at: offset, in: source) }
        if let tab = tab(before: offset, in: source) {
            return Diagnostic(
                .tabIndentation, "a tab is used for indentation, where YAML wants spaces",
                at: .init(Span(tab, tab + 1), "a tab"), help: ["replace tabs by two spaces each"])
        }
        let words = problem.words(at: offset, in: source)
        let context = problem.contextOffset.map { min($0, source.bytes.count) }
        let secondary = context.flatMap { start -> Label? in
            guard start != offset, let label = problem.contextWords else { return nil }
            return Label(Span(start, min(start + 1, source.bytes.count)), label)
        }
        return Diagnostic(
            .invalidYAML, words.message, at: .init(Span(offset, min(offset + 1, source.bytes.count)), "here"),
            and: secondary.map { [$0] } ?? [], help: words.help.map { [$0] } ?? [])
    }

    private static func controlCharacter(_ character: Int, at offset: Int, in source: SourceFile) -> Diagnostic {
        let number = String(character, radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - number.count)) + number
        return Diagnostic(
            .unsupportedYAML, "the control character U+\(code) is not allowed in a file",
            at: .init(Span(offset, min(offset + 1, source.bytes.count)), "this character"),
            help: ["delete it; it may not be seen in an editor"])
    }

    /// The offset of a tab in the indentation of the line at `offset`, or of the line before where that is all white.
    private static func tab(before offset: Int, in source: SourceFile) -> Int? {
        let line = source.span(ofLine: source.line(at: offset))
        let indentation = source.bytes[line.start..<line.end].prefix { $0 == 0x20 || $0 == 0x09 }
        guard indentation.endIndex >= offset || indentation.contains(0x09) else { return nil }
        return indentation.firstIndex(of: 0x09)
    }
}

extension ParserProblem {
    /// The message and a way out.
    fileprivate func words(at offset: Int, in source: SourceFile) -> (message: String, help: String?) {
        let isAtEnd = offset >= source.bytes.count
        switch text {
        case "found character that cannot start any token":
            let character = source.text(of: Span(offset, min(offset + 1, source.bytes.count)))
            return ("a value cannot begin with \"\(character)\"", "put it into quotes")
        case "mapping values are not allowed in this context":
            return ("a \":\" where no key can be", "check the indentation, or put the value into quotes")
        case "could not find expected ':'":
            return ("a key without its \":\"", "write KEY: VALUE, with a space after the colon")
        case "did not find expected key":
            return ("a line that fits none of those before it", "give the keys of one mapping the same indentation")
        case "did not find expected ',' or '}'":
            return (isAtEnd ? "a \"{\" is not closed" : "a \",\" or \"}\" is missing", "close the \"{\" with a \"}\"")
        case "did not find expected ',' or ']'":
            return (isAtEnd ? "a \"[\" is not closed" : "a \",\" or \"]\" is missing", "close the \"[\" with a \"]\"")
        case "found unexpected end of stream":
            return ("a quote is not closed", "end the text with the quote that it began with")
        case "did not find expected '-' indicator":
            return ("a line that is no item of the list before it", "begin each item with \"- \", all indented alike")
        case "did not find expected node content":
            return ("a value is missing", nil)
        case "block sequence entries are not allowed in this context":
            return ("a \"- \" where no list can be", "put the list on lines of its own, below its key")
        default:
            return (text, nil)
        }
    }

    /// What was being read, where that helps.
    fileprivate var contextWords: String? {
        switch context {
        case "while parsing a flow mapping": "this \"{\""
        case "while parsing a flow sequence": "this \"[\""
        case "while scanning a quoted scalar": "the quote that begins here"
        case "while parsing a block mapping": "the mapping begins here"
        case "while parsing a block collection": "the list begins here"
        case "while scanning a simple key": "the key"
        default: nil
        }
    }
}
