import TopoDiagnostics
import TopoModel
import TopoSyntax

/// How the value of a key is read.
struct ValueType<Value: Sendable>: Sendable {
    /// Reads a value; the key is for messages. Nil, with a finding, where it is none.
    typealias Read = @Sendable (_ value: Node, _ key: String, _ findings: inout Findings) -> Value?

    /// The type as data.
    let form: ValueForm
    /// Reads a value.
    let read: Read
}

extension ValueType {
    /// A type whose values are single words: `convert` gives nil, with a finding, for a word that is none.
    static func word<Word>(
        _ form: ValueForm,
        _ convert: @escaping @Sendable (_ word: ScalarWord, _ key: String, _ findings: inout Findings) -> Word?
    ) -> ValueType<Located<Word>> where Value == Located<Word> {
        ValueType(form: form) { node, key, findings in
            guard case .scalar(let text, let isQuoted) = node.content, !node.isNull else {
                findings.addWrongType(node, key, form)
                return nil
            }
            let word = ScalarWord(text: text, isQuoted: isQuoted, span: node.span)
            return convert(word, key, &findings).map { Located($0, at: node.span) }
        }
    }
}

/// A YAML scalar with its place.
struct ScalarWord {
    /// The text, unescaped.
    let text: String
    /// Whether it stood in quotes.
    let isQuoted: Bool
    /// Its bytes.
    let span: Span
}

extension Findings {
    /// Says that a value is of another type than its key's.
    mutating func addWrongType(
        _ node: Node, _ key: String, _ form: ValueForm, help: [String] = [], edits: [Edit] = []
    ) {
        add(
            .wrongType, "\"\(key)\" must be \(form), found \(node.found)", at: node.span,
            "expected \(form)\(form.example.map { ", as in \($0)" } ?? "")", help: help, edits: edits)
    }

    /// Says that a word is of another type than its key's.
    mutating func addWrongType(
        _ word: ScalarWord, _ key: String, _ form: ValueForm, help: [String] = [], edits: [Edit] = []
    ) {
        let node = Node(.scalar(word.text, isQuoted: word.isQuoted), at: word.span)
        addWrongType(node, key, form, help: help, edits: edits)
    }
}

extension Edit {
    /// Writes another word in the place of one. Where the old one stood in quotes the new one does too: in
    /// `{"a":1}` they are what ends the key.
    init(replacing text: String, at span: Span, with word: String) {
        self.init(span, span.length == text.utf8.count ? word : "\"\(word)\"")
    }
}
