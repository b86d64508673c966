internal import TopoText

extension JSON {
    /// The value as a text file: a line an element, indented by two spaces, and a line end after the last.
    public var text: String {
        var text = JSONText()
        text.add(self, depth: 0)
        text.bytes.append(UInt8(ascii: "\n"))
        return String(decoding: text.bytes, as: UTF8.self)
    }
}

/// A JSON text in the making.
private struct JSONText {
    /// What is written so far, in UTF-8.
    var bytes = [UInt8]()

    mutating func add(_ value: JSON, depth: Int) {
        switch value {
        case .object(let members):
            addList(members, "{", "}", depth) { text, member in
                text.bytes += jsonString(member.name)
                text.bytes += ": ".utf8
                text.add(member.value, depth: depth + 1)
            }
        case .array(let values): addList(values, "[", "]", depth) { $0.add($1, depth: depth + 1) }
        case .string(let string): bytes += jsonString(string)
        case .number(let number): bytes += String(number).utf8
        case .boolean(let boolean): bytes += (boolean ? "true" : "false").utf8
        }
    }

    private mutating func addList<Element>(
        _ elements: [Element], _ open: String, _ close: String, _ depth: Int,
        _ body: (inout JSONText, Element) -> Void
    ) {
        bytes += open.utf8
        for (index, element) in elements.enumerated() {
            bytes += (index == 0 ? "\n" : ",\n").utf8
            addIndentation(depth + 1)
            body(&self, element)
        }
        if !elements.isEmpty {
            bytes += "\n".utf8
            addIndentation(depth)
        }
        bytes += close.utf8
    }

    private mutating func addIndentation(_ depth: Int) {
        bytes += repeatElement(UInt8(ascii: " "), count: 2 * depth)
    }
}
