/// A text as one word of a POSIX shell (XCU 2.2.2): as it is where no byte of it is special, else in single quotes.
public func shellWord(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy(isPlainInShell)
    return isPlain ? text : shellQuoted(text)
}

/// A text as one word of a POSIX shell, in single quotes whatever it is: ShellCheck takes `a=name-1` for arithmetic where the
/// script has a variable `name`.
public func shellQuoted(_ text: String) -> String { "'" + text.replacingBytes("'", with: "'\\''") + "'" }

/// Words as a line that the shell reads as the same words.
public func shellLine(_ words: [String]) -> String {
    words.map(shellWord).joined(separator: " ")
}

/// A text for a comment of a shell script, or of any file whose comments end with their line: one line, and what it has
/// of controls and bidirectional formatting made visible.
public func shellComment(_ text: String) -> String { visible(text) }

private func isPlainInShell(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default:
        "_-./:=@%+,".utf8.contains(byte)
    }
}
