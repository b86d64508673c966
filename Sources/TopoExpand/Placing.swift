import TopoDiagnostics
import TopoSyntax

/// Gives every key and value of a tree a place of its own, each behind the last.
///
/// A value that is in the tree several times is moved on by whole lengths of the file, and so is all that comes after it.
struct Placing {
    private let length: Int
    /// By how much places are moved now.
    private var base = 0
    /// Where the last key or word begins.
    private var last = -1

    init(lengthOfFile length: Int) { self.length = length }

    /// The tree with its places in order; the same tree where they are so already.
    mutating func placed(_ root: Node) -> Node {
        var last = -1
        return root.isInOrder(after: &last) ? root : node(root)
    }

    private mutating func node(_ node: Node) -> Node {
        let span = place(node.span)
        switch node.content {
        case .scalar:
            last = span.start
            return Node(node.content, at: span)
        case .sequence(let items):
            return Node(.sequence(items.map { self.node($0) }), at: span)
        case .mapping(let entries):
            let placed = entries.map { entry in
                let keySpan = place(entry.keySpan)
                last = keySpan.start
                return Node.Entry(key: entry.key, keySpan: keySpan, value: self.node(entry.value))
            }
            return Node(.mapping(placed), at: span)
        }
    }

    private mutating func place(_ span: Span) -> Span {
        let missing = last + 1 - (base + span.start)
        if missing > 0 { base += (missing + length - 1) / length * length }
        return Span(base + span.start, base + span.end)
    }
}

extension Node {
    /// True where each key and word begins behind the one before it.
    fileprivate func isInOrder(after last: inout Int) -> Bool {
        guard span.start > last else { return false }
        switch content {
        case .scalar:
            last = span.start
            return true
        case .sequence(let items):
            for item in items where !item.isInOrder(after: &last) { return false }
            return true
        case .mapping(let entries):
            for entry in entries {
                guard entry.keySpan.start > last else { return false }
                last = entry.keySpan.start
                guard entry.value.isInOrder(after: &last) else { return false }
            }
            return true
        }
    }
}
