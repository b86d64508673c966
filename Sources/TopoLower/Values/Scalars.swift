import TopoDiagnostics
import TopoModel
import TopoSyntax
import TopoText

extension ValueType where Value == Located<String> {
    /// Any text in one word: a title, which artifacts show on one line, or a name that is judged later.
    static var text: Self { .word(.prose) { word, _, _ in word.text } }

    /// A word of a command that a script runs: one line, and nothing in it that a reader of the script would not see.
    static var argument: Self {
        .word(.text(.visible)) { word, key, findings in
            guard let hidden = word.text.hiddenSign else { return word.text }
            findings.addHiddenSign(hidden, key, word.span)
            return nil
        }
    }

    /// The name of a network in VirtualBox, an argument of VBoxManage that must not look like an option.
    static var networkName: Self {
        .word(.text(.argument)) { word, key, findings in
            if let hidden = word.text.hiddenSign {
                findings.addHiddenSign(hidden, key, word.span)
                return nil
            }
            guard word.text.begins(with: "-") else { return word.text }
            findings.add(
                .invalidValue, "\"\(key)\" begins with \"-\": VBoxManage would take it for an option", at: word.span,
                help: ["begin the name with a letter or a digit"])
            return nil
        }
    }

    /// The name of an element of one of these kinds; whether there is such an element is found later.
    static func name(of kinds: [ElementKind]) -> Self {
        .word(.name(kinds)) { word, _, _ in word.text }
    }

    /// The image of a container; it reaches a command line as an argument of its own.
    static var image: Self {
        .word(.text(.image)) { word, key, findings in
            let reason: String
            if word.text.isEmpty {
                reason = "is empty"
            } else if word.text.begins(with: "-") {
                reason = "begins with \"-\": lxc and docker would take it for an option"
            } else if word.text.unicodeScalars.contains(where: { $0.isControlOrLineEnd || $0.isBlank }) {
                reason = "contains white space or a control character"
            } else if let hidden = word.text.hiddenSign {
                reason = "contains \(hidden.codePoint), which is invisible"
            } else {
                return word.text
            }
            findings.add(
                .invalidValue, "\"\(key)\" \(reason)", at: word.span, help: ["name an image, as in ubuntu:24.04"])
            return nil
        }
    }
}

extension ValueType where Value == String {
    /// Any text, of any number of lines.
    static var prose: Self {
        ValueType(form: .prose) { node, key, findings in
            if let text = node.scalarText { return text }
            findings.addWrongType(node, key, .prose)
            return nil
        }
    }
}

extension ValueType where Value == Located<Bool> {
    /// `true` or `false`, and none of the other words that YAML 1.1 has for them.
    static var boolean: Self {
        .word(.boolean) { word, key, findings in
            switch (word.text, word.isQuoted) {
            case ("true", false): return true
            case ("false", false): return false
            default: break
            }
            let lowered = word.text.lowercased()
            let help: [String]
            var meant: String?
            if lowered == "true" || lowered == "false" {
                meant = lowered
                help = ["write \(lowered), in lower case and without quotes"]
            } else if let value = ["yes": true, "on": true, "y": true, "no": false, "off": false, "n": false][lowered] {
                meant = String(value)
                help = [
                    "write \(value): \"\(word.text)\" is a boolean in YAML 1.1 and a text in YAML 1.2, so topoc reads neither"
                ]
            } else {
                help = ["write true or false"]
            }
            findings.addWrongType(word, key, .boolean, help: help, edits: meant.map { [Edit(word.span, $0)] } ?? [])
            return nil
        }
    }
}

extension ValueType {
    /// A decimal number within bounds; `reason` says why one out of them is refused, where there is something to say.
    static func number<Number: FixedWidthInteger & Sendable>(
        _ range: ClosedRange<Number>, refusing reason: @escaping @Sendable (Int) -> String? = { _ in nil }
    ) -> ValueType<Located<Number>> where Value == Located<Number> {
        let bounds = Int(range.lowerBound)...Int(range.upperBound)
        return .word(.number(bounds)) { word, key, findings in
            var digits = word.text.utf8[...]
            if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
            let isDecimal = !digits.isEmpty && digits.allSatisfy { (48...57).contains($0) }
            let hasZeros = digits.count > 1 && digits.first == UInt8(ascii: "0")
            guard isDecimal, !word.isQuoted, !hasZeros else {
                let help = isDecimal ? ["write a decimal number, without quotes or leading zeros"] : []
                // Of leading zeros nobody knows whether they mean octal; quotes are quotes.
                let isCertain = isDecimal && !hasZeros
                findings.addWrongType(
                    word, key, .number(bounds), help: help, edits: isCertain ? [Edit(word.span, word.text)] : [])
                return nil
            }
            if let number = Int(word.text), bounds.contains(number) { return Number(number) }
            findings.add(
                .invalidValue, "\"\(key)\" is \(word.text), which is not \(ValueForm.number(bounds))", at: word.span,
                "from \(bounds.lowerBound) to \(bounds.upperBound)",
                notes: Int(word.text).flatMap(reason).map { [$0] } ?? [])
            return nil
        }
    }

    /// One of an enumeration's words; `hints` says more of words that are often written instead.
    static func choice<Choice>(
        _ choices: Choice.Type, hints: [String: String] = [:]
    ) -> ValueType<Located<Choice>>
    where
        Value == Located<Choice>, Choice: CaseIterable & RawRepresentable & Hashable & Sendable,
        Choice.RawValue == String
    {
        let words = choices.allCases.map(\.rawValue)
        return .word(.choice(words)) { word, key, findings in
            if let choice = Choice(rawValue: word.text) { return choice }
            let meant = didYouMean(word.text, among: words)
            findings.add(
                .invalidValue, "\"\(key)\" must be \(words.joinedByOr), found \"\(word.text)\"", at: word.span,
                meant.map { "did you mean \"\($0)\"?" } ?? "must be \(words.joinedByOr)",
                help: hints[word.text].map { [$0] } ?? [],
                edits: certainChoice(word.text, words).map { [Edit(replacing: word.text, at: word.span, with: $0)] }
                    ?? [])
            return nil
        }
    }
}

/// The word that was meant without a doubt: short ones differ by a slip alone, since a `vlan` is no `vxlan`.
private func certainChoice(_ text: String, _ words: [String]) -> String? {
    certainName(text, among: words) ?? (text.unicodeScalars.count >= 6 ? certainWord(text, among: words) : nil)
}

extension String {
    /// The first control, bidirectional or other format character, which a reader of a script would not see.
    fileprivate var hiddenSign: Unicode.Scalar? { unicodeScalars.first { standIn(for: $0) != nil } }
}

extension Findings {
    fileprivate mutating func addHiddenSign(_ sign: Unicode.Scalar, _ key: String, _ span: Span) {
        let kind =
            sign.isControlOrLineEnd
            ? "the control character \(sign.codePoint)" : "\(sign.codePoint), which is invisible"
        add(.invalidValue, "\"\(key)\" contains \(kind)", at: span, help: ["remove the character"])
    }
}

extension Unicode.Scalar {
    /// True for C0 and C1 controls, and for U+2028 and U+2029, which end a line for some programs.
    var isControlOrLineEnd: Bool {
        value < 0x20 || (0x7F...0x9F).contains(value) || value == 0x2028 || value == 0x2029
    }

    /// True for white space; asked of every character of every name, so ASCII is not looked up in Unicode's tables.
    var isBlank: Bool { isASCII ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace }

    /// `U+0009`.
    var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)"
    }
}
