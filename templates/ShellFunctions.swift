/// The functions that scripts may call: of these, a script gets those that it uses, in the order of the templates.
public struct ShellFunctions: Sendable {
    /// A function with the comment above it.
    public struct Function: Sendable {
        /// Its lines.
        public let text: String
        /// Whether it reads the variable that says whose script it is.
        public let readsOwner: Bool
        /// The indices of the functions that it calls.
        fileprivate let callees: [Int]
    }

    /// The templates that hold them, between empty lines, in the order in which a script has them.
    private static let files = [
        "changes.sh", "journal.sh", "pretence.sh", "questions.sh", "former.sh", "hand-over.sh", "removal.sh",
        "requirements.sh", "units.sh", "converge.sh", "rollback.sh", "lxd.sh", "lxd-persist.sh", "lxd-adopt.sh",
        "docker.sh", "firewall.sh", "nat.sh", "vlan.sh", "together.sh", "snapshot.sh", "forms.sh", "lxd-forms.sh",
        "docker-forms.sh",
        "assertions.sh", "diagnosis.sh", "proofs.sh",
    ]

    private let functions: [Function]
    /// The functions' names, in their order; a block of nothing but comments has an empty one.
    public let names: [String]
    private let table: WordTable

    /// Takes the functions of the templates, whose text is asked for by name, with the comments above them.
    init(text: (String) -> String) {
        let blocks = ShellFunctions.files.flatMap { paragraphs(of: text($0)) }
        names = blocks.map { lines in
            let head = lines.first { !isComment($0) } ?? []
            return String(decoding: head.prefix { $0 != UInt8(ascii: "(") }, as: UTF8.self)
        }
        // The variable is the last of the words that are looked for.
        let table = WordTable(names + ["owner"])
        self.table = table
        let owner = names.count
        functions = blocks.map { lines in
            let words = lines.filter { !isComment($0) }.flatMap(table.indices)
            return Function(
                text: String(decoding: Array(lines.joined(separator: [lineFeed])), as: UTF8.self),
                readsOwner: words.contains(owner), callees: words.filter { $0 != owner })
        }
    }

    /// The names of all functions that undo something: what may stand in a journal.
    public var undos: [String] {
        let beginnings = ["delete_", "remove_", "release_", "put_back_", "take_down", "hand_back"]
        return names.filter { name in beginnings.contains { name.hasPrefix($0) } }.sorted()
    }

    /// The functions that some lines of a script call, and those that they call themselves.
    public func used(by lines: [String]) -> [Function] {
        var isUsed = Array(repeating: false, count: functions.count)
        var pending = lines.flatMap { table.indices(in: $0.utf8) }
        while let index = pending.popLast() {
            guard functions.indices.contains(index), !isUsed[index] else { continue }
            isUsed[index] = true
            pending += functions[index].callees
        }
        return functions.indices.filter { isUsed[$0] }.map { functions[$0] }
    }
}

private let lineFeed = UInt8(ascii: "\n")

/// The lines of a text, divided where a line is empty. By bytes: this is done at every start.
private func paragraphs(of text: String) -> [[ArraySlice<UInt8>]] {
    Array(text.utf8).split(separator: lineFeed, omittingEmptySubsequences: false)
        .split(whereSeparator: \.isEmpty).map(Array.init)
}

private func isComment(_ line: ArraySlice<UInt8>) -> Bool { line.first == UInt8(ascii: "#") }
