import TopoDiagnostics
import TopoLower
import TopoSyntax

/// The elements that a mapping of names stands for, as they are collected.
struct Elements {
    /// A name that two keys stand for.
    struct Clash {
        let name: String
        let first: Node.Entry
        let second: Node.Entry
    }

    /// The names that were found twice, once for each two keys.
    private(set) var clashes: [Clash] = []
    private let isChecking: Bool
    private var entries: [Node.Entry] = []
    private var size = 1
    private var dependsOnHost = false
    private var owners: [NameKey: Node.Entry] = [:]

    /// - Parameter isChecking: false where no name can be there twice.
    init(isChecking: Bool) { self.isChecking = isChecking }

    /// Adds an element under its name, unless that is there already.
    mutating func add(_ name: String, of entry: Node.Entry, _ value: Expanded) {
        if isChecking {
            let key = NameKey(name)
            if let owner = owners[key] {
                let isTold = clashes.contains {
                    $0.first.keySpan == owner.keySpan && $0.second.keySpan == entry.keySpan
                }
                if !isTold { clashes.append(Clash(name: name, first: owner, second: entry)) }
                return
            }
            owners[key] = entry
        }
        entries.append(Node.Entry(key: name, keySpan: entry.keySpan, value: value.node))
        size += value.size
        dependsOnHost = dependsOnHost || value.dependsOnHost
    }

    /// The mapping of all of them.
    func expanded(at span: Span) -> Expanded {
        Expanded(node: Node(.mapping(entries), at: span), size: size, dependsOnHost: dependsOnHost)
    }
}
