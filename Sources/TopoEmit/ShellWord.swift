/// A text as one word of a POSIX shell: as it is where nothing in it is special, else in single quotes.
public func shellWord(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy(isPlainInShell) && text.utf8.first != UInt8(ascii: "~")
    if isPlain { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}

/// Words as a line that the shell reads as the same words.
public func shellLine(_ words: [String]) -> String {
    words.map(shellWord).joined(separator: " ")
}

/// A text for a comment of a shell script: on one line, whatever is in it.
public func shellComment(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) else { return text }
    return String(
        String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
}

private func isPlainInShell(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default:
        "_-./:=@%+,".utf8.contains(byte)
    }
}
