internal import TopoTemplates

/// The functions that scripts may call: of these, a script gets those that it uses, in the order of the template.
struct ShellFunctions {
    private struct Function {
        let text: String
        /// The other functions that it calls, by their index.
        let calls: [Int]
    }

    private let functions: [Function]
    private let indices: [String: Int]

    /// Takes the functions of the template, which stand with their comments between empty lines.
    init(_ templates: Templates) {
        let blocks = templates.text("functions.sh").split(separator: "\n\n").map { $0.split(separator: "\n") }
        var indices: [String: Int] = [:]
        for (index, lines) in blocks.enumerated() {
            guard let head = lines.first(where: { !$0.hasPrefix("#") }), let end = head.firstIndex(of: "(") else {
                continue
            }
            indices[String(head[..<end])] = index
        }
        self.indices = indices
        functions = blocks.map { lines in
            let code = lines.filter { !$0.hasPrefix("#") }
            return Function(
                text: lines.joined(separator: "\n"),
                calls: code.flatMap { line in shellNames(in: line).compactMap { indices[String($0)] } })
        }
    }

    /// The names of all functions that undo something: what may stand in a journal.
    var undos: [String] {
        let beginnings = ["delete_", "remove_", "release_", "put_back_", "take_down", "hand_back"]
        return indices.keys.filter { name in beginnings.contains { name.hasPrefix($0) } }.sorted()
    }

    /// The functions that some lines of a script call, and those that they call themselves.
    func used(by lines: [String]) -> [String] {
        var isUsed = Array(repeating: false, count: functions.count)
        var pending = lines.flatMap { line in shellNames(in: line[...]).compactMap { indices[String($0)] } }
        while let index = pending.popLast() {
            guard !isUsed[index] else { continue }
            isUsed[index] = true
            pending += functions[index].calls
        }
        return functions.indices.filter { isUsed[$0] }.map { functions[$0].text }
    }
}

/// The words of a line of shell that could be a function's name: letters, digits and underscores.
private func shellNames(in line: Substring) -> [Substring] {
    let isNamePart: (UInt8) -> Bool = { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
    return line.utf8.split { !isNamePart($0) }.compactMap { Substring($0) }
}
