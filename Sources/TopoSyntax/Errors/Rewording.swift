import TopoDiagnostics

/// What to say of one of libyaml's errors.
struct Rewording {
    /// The message.
    let message: String
    /// What to say at its place.
    let label: String
    /// What to say where that which was being read begins; nil where that place says nothing.
    let context: String?
    /// True where the finding is about what was being read, not about where that went wrong.
    let isAboutContext: Bool
    /// A way out.
    let help: [String]

    private init(
        _ message: String, label: String = "", context: String? = nil, isAboutContext: Bool = false,
        help: String? = nil
    ) {
        self.message = message
        self.label = label
        self.context = context
        self.isAboutContext = isAboutContext
        self.help = help.map { [$0] } ?? []
    }

    /// The words for a problem; libyaml's own where it is one that only broken tags and directives have.
    /// `hasDocument`: whether a document came to its end before.
    init(_ problem: EventStream.Problem, _ source: SourceFile, hasDocument: Bool) {
        self =
            Self.inBrackets(problem, source) ?? Self.inBlock(problem, source) ?? Self.inQuotes(problem)
            ?? Self.ofCharacter(problem, source) ?? Self.ofDocument(problem, hasDocument)
            ?? Rewording(
                "this is not valid YAML: \(problem.text)\(problem.context.isEmpty ? "" : " \(problem.context)")")
    }

    private static func inBrackets(_ problem: EventStream.Problem, _ source: SourceFile) -> Rewording? {
        let isMapping: Bool
        switch problem.text {
        case "did not find expected ',' or ']'": isMapping = false
        case "did not find expected ',' or '}'": isMapping = true
        default: return nil
        }
        let close = isMapping ? "}" : "]"
        return Rewording(
            "the bracket \"\(isMapping ? "{" : "[")\" is not closed",
            label: "expected \",\" or \"\(close)\", found \(found(at: problem.offset, in: source))",
            context: "opened here", isAboutContext: true,
            help: "close it with \"\(close)\", or put a comma between the values")
    }

    private static func inBlock(_ problem: EventStream.Problem, _ source: SourceFile) -> Rewording? {
        let found = found(at: problem.offset, in: source)
        switch problem.text {
        case "did not find expected key", "did not find expected '-' indicator":
            return unexpected(problem, source)
        case "could not find expected ':'":
            return Rewording(
                "a key without \":\"", context: "expected \":\" after this", isAboutContext: true,
                help: "write \"key: value\", with a space after the colon")
        case "mapping values are not allowed in this context":
            return secondColon(problem, source)
        case "block sequence entries are not allowed in this context":
            return Rewording(
                "a list cannot begin here", label: "\"- \" must stand at the beginning of a line",
                help: "put the list on lines of its own, or write it as \"[a, b]\"")
        case "mapping keys are not allowed in this context":
            return Rewording("\"? \" cannot stand here", help: "write \"key: value\"")
        case "did not find expected node content":
            return Rewording(
                "expected a value, found \(found)", help: "write a value here, or remove the comma or bracket")
        default: return nil
        }
    }

    /// What stands where a mapping's next key or a list's next line was expected.
    private static func unexpected(_ problem: EventStream.Problem, _ source: SourceFile) -> Rewording {
        let found = found(at: problem.offset, in: source)
        let isList = problem.text.utf8.contains("'-'".utf8)
        if found == "\":\"" {
            return Rewording(
                "a key is missing in front of \":\"", help: "put quotes around a text that begins with a colon")
        }
        guard textBefore(problem.offset, in: source).utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) else {
            return Rewording(
                "a value goes on after its end", label: "found \(found)",
                help: "put quotes around the whole of the value; inside of '…' write '' for a quote")
        }
        return isList
            ? Rewording(
                "expected \"- \", found \(found)", context: "the list around it begins here",
                help: "begin each line of the list with \"- \", with the same indentation")
            : Rewording(
                "expected a key, found \(found)", label: "its indentation matches no mapping above",
                context: "the mapping around it begins here",
                help: "indent it like the keys that it belongs to")
    }

    /// A colon where the text in front of it is no key.
    private static func secondColon(_ problem: EventStream.Problem, _ source: SourceFile) -> Rewording {
        if textBefore(problem.offset, in: source).utf8.contains(": ".utf8) {
            return Rewording(
                "a second \":\" in one line", label: "no key can stand in front of this colon",
                help: "put quotes around a text that holds \": \", and give a mapping lines of its own")
        }
        return Rewording(
            "a key cannot stand here", label: "the line above is a value that goes on in this line",
            help: "indent it like the keys that it belongs to, or remove the value in the line above")
    }

    /// The text in front of a place, in its line.
    private static func textBefore(_ offset: Int, in source: SourceFile) -> String {
        let line = source.span(ofLine: source.line(at: offset))
        return source.text(of: Span(line.start, max(line.start, min(offset, line.end))))
    }

    private static func inQuotes(_ problem: EventStream.Problem) -> Rewording? {
        switch (problem.text, problem.context) {
        case ("found unexpected end of stream", _), ("found unexpected document indicator", _):
            Rewording(
                "the quote is not closed", context: "opened here", isAboutContext: true,
                help: "close it with the same quote at the end of the text")
        case ("found unknown escape character", _):
            Rewording(
                "unknown escape in a text with double quotes", context: "the text begins here",
                help: "write \"\\\\\" for a backslash, or use single quotes, in which it means itself")
        case ("did not find expected hexdecimal number", _):
            Rewording(
                "expected a hexadecimal digit of an escape", context: "the text begins here",
                help: "write two digits after \"\\x\", four after \"\\u\", eight after \"\\U\"")
        case ("found invalid Unicode character escape code", _):
            Rewording("the escape is not a Unicode character", context: "the text begins here")
        case ("found an indentation indicator equal to 0", _):
            Rewording("the indentation of a block of text cannot be 0", help: "remove the digit")
        case ("did not find expected comment or line break", "while scanning a block scalar"):
            Rewording(
                "a block of text begins on the line after \"|\" or \">\"", context: "the block begins here",
                help: "move the text to the next line, with more indentation")
        default: nil
        }
    }

    private static func ofCharacter(_ problem: EventStream.Problem, _ source: SourceFile) -> Rewording? {
        let character = character(at: problem.offset, in: source)
        switch (problem.text, problem.context) {
        case ("found character that cannot start any token", _):
            return character == "\t"
                ? Rewording("a tab cannot stand here", help: "use a space")
                : Rewording("a value cannot begin with \"\(character)\"", help: "put quotes around the value")
        case ("did not find expected alphabetic or numeric character", "while scanning an alias"):
            return Rewording(
                "expected an anchor's name after \"*\"", help: "put quotes around a text that begins with \"*\"")
        case ("did not find expected alphabetic or numeric character", _):
            return Rewording(
                "expected a name of letters, digits, \"-\" and \"_\" after \"&\"",
                help: "put quotes around a text that begins with \"&\"")
        case ("found a tab character where an indentation space is expected", _),
            ("found a tab character that violates indentation", _):
            return Rewording("a tab cannot stand here", help: "use spaces")
        default: return nil
        }
    }

    private static func ofDocument(_ problem: EventStream.Problem, _ hasDocument: Bool) -> Rewording? {
        switch problem.text {
        case "did not find expected <document start>":
            hasDocument
                ? Rewording(
                    "text after the end of the document",
                    help: "remove it, or write it as a part of the value above, with its indentation")
                : Rewording(
                    "expected \"---\" after the lines that begin with \"%\"",
                    help: "put a line \"---\" in front of the topology, or remove the \"%\" lines")
        case "found incompatible YAML document":
            Rewording("this version of YAML is not supported", help: "remove the \"%YAML\" line")
        case "found unknown directive name", "could not find expected directive name",
            "found unexpected non-alphabetical character":
            Rewording("unknown directive", help: "put quotes around a text that begins with \"%\"")
        case "found undefined tag handle":
            Rewording("unknown tag", help: "put quotes around a text that begins with \"!\"")
        default: nil
        }
    }

    private static func character(at offset: Int, in source: SourceFile) -> String {
        guard offset < source.bytes.count else { return "" }
        return source.scalar(at: offset).scalar.map { String($0) } ?? ""
    }

    private static func found(at offset: Int, in source: SourceFile) -> String {
        let character = character(at: offset, in: source)
        return switch character {
        case "": "the end of the file"
        case "\n", "\r": "the end of the line"
        default: "\"\(character)\""
        }
    }
}
