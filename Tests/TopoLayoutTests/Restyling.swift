import TopoSyntax

/// Writes a file's values in a way that chance chooses: brackets or lines, any indentation, blanks and empty lines.
struct Restyling {
    private var state: UInt64
    /// True to put comments wherever one may stand.
    private let isCommenting: Bool
    private var comments = 0

    init(seed: UInt64, commenting: Bool = false) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        isCommenting = commenting
    }

    /// The file of a value.
    mutating func file(_ root: Node) -> String { lines(root, indent: 0) + ownLine(0) }

    private mutating func chance(_ sides: UInt64) -> Bool {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state % sides == 0
    }

    private mutating func comment() -> String {
        comments += 1
        return "# comment \(comments)\(chance(3) ? "\twith a tab" : "")"
    }

    /// Comments and empty lines on lines of their own.
    private mutating func ownLine(_ indent: Int) -> String {
        var text = ""
        guard isCommenting else { return text }
        while chance(6) { text += chance(2) ? "  \n" : "\n" }
        while chance(5) {
            text += String(repeating: " ", count: chance(3) ? 0 : chance(2) ? indent : indent + 3) + comment() + "\n"
        }
        return text
    }

    /// A comment at a line's end, and the end.
    private mutating func end() -> String {
        (isCommenting && chance(4) ? "   " + comment() : chance(9) ? "  " : "") + "\n"
    }

    private mutating func lines(_ node: Node, indent: Int) -> String {
        let blanks = String(repeating: " ", count: indent)
        switch node.content {
        case .scalar: return blanks + node.written + end()
        case .sequence(let items):
            return items.map { item in
                let above = ownLine(indent)
                return above + blanks + "-" + value(item, indent: indent, inList: true)
            }.joined()
        case .mapping(let entries):
            return entries.map { entry in
                let above = ownLine(indent)
                return above + blanks + entry.key + ":" + value(entry.value, indent: indent, inList: false)
            }.joined()
        }
    }

    private mutating func value(_ node: Node, indent: Int, inList: Bool) -> String {
        switch node.content {
        case .scalar("", isQuoted: false): return end()
        case .scalar: return " " + node.written + end()
        case .sequence(let items) where items.isEmpty: return " []" + end()
        case .mapping(let entries) where entries.isEmpty: return " {}" + end()
        case .sequence, .mapping:
            if node.hasNothing { return end() + lines(node, indent: indent + 3) }
            if chance(2) { return " " + brackets(node) + end() }
            return end() + lines(node, indent: indent + (chance(2) ? 1 : 4))
        }
    }

    private mutating func gap() -> String {
        // A comment needs a line end, and so have brackets that go on.
        if isCommenting, chance(9) { return "   " + comment() + "\n" + String(repeating: " ", count: 40) }
        return chance(5) ? "\n" + String(repeating: " ", count: 40) : chance(4) ? "  " : " "
    }

    private mutating func brackets(_ node: Node) -> String {
        switch node.content {
        case .scalar: return node.written
        case .sequence(let items):
            return "[" + gap() + items.map { brackets($0) }.joined(separator: "," + gap()) + gap() + "]"
        case .mapping(let entries):
            return "{" + gap() + entries.map { "\($0.key): " + brackets($0.value) }.joined(separator: "," + gap())
                + gap()
                + "}"
        }
    }
}

extension Node {
    /// A scalar as it stands in a file.
    fileprivate var written: String {
        guard case .scalar(let text, let isQuoted) = content else { return "" }
        return isQuoted ? "\"\(text)\"" : text
    }

    /// True where something in it has no value, which brackets do not show.
    fileprivate var hasNothing: Bool {
        switch content {
        case .scalar(let text, _): text.isEmpty
        case .sequence(let items): items.contains(where: \.hasNothing)
        case .mapping(let entries): entries.contains { $0.value.hasNothing }
        }
    }
}
