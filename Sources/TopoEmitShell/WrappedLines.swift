/// A command on one line, or on several of at most 100 bytes with a backslash, broken between words.
func wrapped(_ command: String, indent: String = "") -> [String] {
    let width = 100
    guard indent.utf8.count + command.utf8.count > width else { return [indent + command] }
    var lines: [String] = []
    var line = indent
    for word in ShellWords(command) {
        if line.utf8.count + word.utf8.count + 3 > width {
            lines.append(line + " \\")
            line = indent + "    " + word
        } else {
            line += line == indent ? word : " " + word
        }
    }
    return lines + [line]
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
