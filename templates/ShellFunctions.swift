/// The functions that scripts may call: of these, a script gets those that it uses, in the order of the templates.
public struct ShellFunctions: Sendable {
    /// A function with the comment above it.
    public struct Function: Sendable {
        /// Its lines.
        public let text: String
        /// The words of its code: what it calls, and the variables that it reads.
        public let words: Set<String>
    }

    /// The templates that hold them, between empty lines, in the order in which a script has them.
    private static let files = [
        "changes.sh", "questions.sh", "former.sh", "removal.sh", "requirements.sh", "units.sh", "rollback.sh", "lxd.sh",
        "lxd-persist.sh", "lxd-adopt.sh", "docker.sh", "firewall.sh", "assertions.sh",
        "diagnosis.sh", "proofs.sh",
    ]

    private let functions: [Function]
    private let indices: [String: Int]

    /// Takes the functions of the templates, whose text is asked for by name, with the comments above them.
    init(text: (String) -> String) {
        let blocks = ShellFunctions.files.flatMap { paragraphs(of: text($0)) }
        var indices: [String: Int] = [:]
        for (index, lines) in blocks.enumerated() {
            guard let head = lines.first(where: { !isComment($0) }) else { continue }
            let name = head.prefix { $0 != UInt8(ascii: "(") }
            indices[String(decoding: name, as: UTF8.self)] = index
        }
        self.indices = indices
        functions = blocks.map { lines in
            Function(
                text: String(decoding: Array(lines.joined(separator: [lineFeed])), as: UTF8.self),
                words: Set(lines.filter { !isComment($0) }.flatMap(shellNames)))
        }
    }

    /// The names of all functions that undo something: what may stand in a journal.
    public var undos: [String] {
        let beginnings = ["delete_", "remove_", "release_", "put_back_", "take_down", "hand_back"]
        return indices.keys.filter { name in beginnings.contains { name.hasPrefix($0) } }.sorted()
    }

    /// The functions that some lines of a script call, and those that they call themselves.
    public func used(by lines: [String]) -> [Function] {
        var isUsed = Array(repeating: false, count: functions.count)
        var pending = lines.flatMap { line in shellNames(in: line.utf8).compactMap { indices[$0] } }
        while let index = pending.popLast() {
            guard !isUsed[index] else { continue }
            isUsed[index] = true
            pending += functions[index].words.compactMap { indices[$0] }
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

/// The words of a line of shell that could be a function's name: letters, digits and underscores.
private func shellNames(in line: some Collection<UInt8>) -> [String] {
    let isNamePart: (UInt8) -> Bool = { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
    return line.split { !isNamePart($0) }.map { String(decoding: $0, as: UTF8.self) }
}
