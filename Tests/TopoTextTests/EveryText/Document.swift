import TopoDiagnostics
import TopoSyntax
import TopoText

/// A topology file's values, to write another text in one of its places.
indirect enum Document: Sendable {
    case scalar(String, isQuoted: Bool)
    case list([Document])
    case mapping([(key: Document, value: Document)])
    /// The place that a text is written to.
    case hole

    /// A step from a value to one within it.
    enum Step: Sendable, Hashable {
        case key(String)
        case item(Int)
    }

    /// What a node of a file says.
    init(_ node: Node) {
        switch node.content {
        case .scalar(let text, let isQuoted): self = .scalar(text, isQuoted: isQuoted)
        case .sequence(let items): self = .list(items.map { Document($0) })
        case .mapping(let entries):
            self = .mapping(entries.map { (.scalar($0.key, isQuoted: true), Document($0.value)) })
        }
    }

    /// The value of a mapping's key.
    subscript(key: String) -> Document? {
        guard case .mapping(let entries) = self else { return nil }
        return entries.first { $0.key.isText(key) }?.value
    }

    /// The document with another value at the end of a path; a key that is not there comes last.
    func with(_ value: Document, at path: ArraySlice<Step>) -> Document {
        guard let step = path.first else { return value }
        switch (step, self) {
        case (.key(let key), .mapping(var entries)):
            if let index = entries.firstIndex(where: { $0.key.isText(key) }) {
                entries[index].value = entries[index].value.with(value, at: path.dropFirst())
            } else {
                entries.append((.scalar(key, isQuoted: true), value))
            }
            return .mapping(entries)
        case (.item(let index), .list(var items)):
            items[index] = items[index].with(value, at: path.dropFirst())
            return .list(items)
        default: return self
        }
    }

    /// The document with a text in its hole.
    func filled(with text: String) -> Document {
        switch self {
        case .scalar: self
        case .list(let items): .list(items.map { $0.filled(with: text) })
        case .mapping(let entries):
            .mapping(entries.map { ($0.key.filled(with: text), $0.value.filled(with: text)) })
        case .hole: .scalar(text, isQuoted: true)
        }
    }

    /// The document as YAML's flow style.
    var source: SourceFile { FilledSource(besidesHoles, Array("?".utf8)).source }

    /// What stands before, between and behind the holes, in the same style.
    var besidesHoles: [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        write(to: &parts)
        return parts
    }

    private func write(to parts: inout [[UInt8]]) {
        func add(_ bytes: some Sequence<UInt8>) { parts[parts.count - 1] += bytes }
        switch self {
        case .scalar(let text, isQuoted: false): add(text.utf8)
        case .scalar(let text, isQuoted: true): add(Document.quoted(text))
        case .list(let items):
            add("[".utf8)
            for item in items {
                item.write(to: &parts)
                add(", ".utf8)
            }
            add("]".utf8)
        case .mapping(let entries):
            add("{".utf8)
            for (key, value) in entries {
                key.write(to: &parts)
                add(": ".utf8)
                value.write(to: &parts)
                add(", ".utf8)
            }
            add("}".utf8)
        case .hole: parts.append([])
        }
    }

    /// A text in double quotes, as YAML has them: like JSON's, but a sign beyond U+FFFF is no pair of escapes.
    static func quoted(_ text: String) -> [UInt8] {
        let parts = text.unicodeScalars.map { scalar in
            guard scalar.value > 0xFFFF, standIn(for: scalar) != nil else {
                return Array(jsonString(String(scalar)).dropFirst().dropLast())
            }
            let digits = String(scalar.value, radix: 16)
            return Array(("\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits).utf8)
        }
        return Array("\"".utf8) + parts.joined() + Array("\"".utf8)
    }

    private func isText(_ text: String) -> Bool {
        if case .scalar(let own, _) = self { own.isSame(as: text) } else { false }
    }
}

/// A document as a file, with a text in its holes.
struct FilledSource {
    let source: SourceFile
    /// Where the text is.
    let places: [Range<Int>]

    /// Puts a text, as YAML has it, between the parts of a document.
    init(_ parts: [[UInt8]], _ text: [UInt8]) {
        var bytes: [UInt8] = []
        var places: [Range<Int>] = []
        for (index, part) in parts.enumerated() {
            if index > 0 {
                places.append(bytes.count..<bytes.count + text.count)
                bytes += text
            }
            bytes += part
        }
        source = SourceFile(path: "every.topo", bytes: bytes)
        self.places = places
    }
}
