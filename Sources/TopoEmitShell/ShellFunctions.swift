internal import TopoTemplates

/// The functions that scripts may call: of these, a script gets those that it uses, in the order of the template.
struct ShellFunctions {
    private let blocks: [(name: String, text: String)]

    /// Takes the template's text: functions, with their comments, between empty lines.
    init(_ text: String) {
        blocks = text.split(separator: "\n\n").compactMap { block in
            let lines = block.split(separator: "\n")
            guard let head = lines.first(where: { !$0.hasPrefix("#") }), let end = head.firstIndex(of: "(") else {
                return nil
            }
            return (String(head[..<end]), lines.joined(separator: "\n"))
        }
    }

    /// The functions that a script's texts call, and those that they call themselves.
    func used(by texts: [String]) -> [String] {
        var names: Set<String> = []
        var pending = texts
        while let text = pending.popLast() {
            let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
            for block in blocks where words.contains(block.name) && names.insert(block.name).inserted {
                pending.append(block.text)
            }
        }
        return blocks.filter { names.contains($0.name) }.map(\.text)
    }
}

extension Templates {
    /// The functions of the template that some lines of shell call, for scripts that make no change.
    func functions(usedBy lines: [String]) -> [String] {
        ShellFunctions(render("functions.sh", [String: Any]())).used(by: lines)
    }
}
