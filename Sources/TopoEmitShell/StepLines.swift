internal import TopoEmit
internal import TopoText

extension Step {
    /// The step as lines of shell, at most 110 bytes wide where words allow.
    var lines: [String] {
        let changes = commands.enumerated().map { index, command in
            let verb = index == 0 ? undo.map { shellLine(["change", shellLine($0)]) } : nil
            return (verb ?? "run") + " " + shellLine(command)
        }
        let commands = first.map(shellLine) + changes
        guard let test else { return commands.flatMap { Step.wrapped($0, indent: "") } }
        let condition = ([test] + (alternative.map { [$0] } ?? [])).map(shellLine).joined(separator: " || ")
        if commands.count == 1 {
            let line = "\(condition) || \(commands[0])"
            return line.utf8.count <= Step.width
                ? [line] : ["\(condition) ||"] + Step.wrapped(commands[0], indent: "    ")
        }
        return ["\(condition) || {"] + commands.flatMap { Step.wrapped($0, indent: "    ") } + ["}"]
    }

    private static let width = 110

    /// A command on one line, or on several with a backslash, broken between words.
    static func wrapped(_ command: String, indent: String) -> [String] {
        guard indent.utf8.count + command.utf8.count > Step.width else { return [indent + command] }
        var lines: [String] = []
        var line = indent
        for word in ShellWords(command) {
            if line.utf8.count + word.utf8.count + 3 > Step.width {
                lines.append(line + " \\")
                line = indent + "    " + word
            } else {
                line += line == indent ? word : " " + word
            }
        }
        return lines + [line]
    }
}

/// The words of a line made by `shellLine`, still quoted.
private struct ShellWords: Sequence, IteratorProtocol {
    private var rest: Substring.UTF8View

    init(_ line: String) { rest = line[...].utf8 }

    mutating func next() -> String? {
        guard !rest.isEmpty else { return nil }
        var isQuoted = false
        var end = rest.startIndex
        while end < rest.endIndex, isQuoted || rest[end] != UInt8(ascii: " ") {
            if rest[end] == UInt8(ascii: "'") { isQuoted.toggle() }
            if rest[end] == UInt8(ascii: "\\"), !isQuoted { end = rest.index(after: end) }
            end = rest.index(after: end)
        }
        defer { rest = rest[end...].drop { $0 == UInt8(ascii: " ") } }
        return String(Substring(rest[..<end]))
    }
}
