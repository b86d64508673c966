/// A name of an interface that systemd takes.
public struct UnitInterface: Sendable, Hashable {
    /// The name.
    public let name: String

    /// Takes a name that the kernel takes.
    /// - Returns: nil where systemd does not: it wants ASCII, and not digits alone, which it would take for an interface's
    ///   number. A backslash means something else in its files.
    public init?(_ name: String) {
        let bytes = name.utf8
        let isPlain = bytes.allSatisfy { (33...126).contains($0) && !":/%\\".utf8.contains($0) }
        guard isPlain, !bytes.isEmpty, bytes.count <= 15, !bytes.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        self.name = name
    }

    /// The name as one pattern of glob(7) that matches nothing else; the first backslash of two is for systemd's own quoting.
    var pattern: String {
        name.unicodeScalars.map { "*?[]!'\"".unicodeScalars.contains($0) ? "\\\\\($0)" : "\($0)" }.joined()
    }

    /// The name as part of a file's: other characters than letters, digits, `.`, `_` and `-` as `+` and their code.
    public var fileName: String { unitFileName(name) }
}

/// A text as part of a file's name: other bytes than letters, digits, `.`, `_` and `-` as `+` and two hexadecimal digits.
public func unitFileName(_ text: String) -> String {
    text.utf8.map { byte in
        let scalar = Unicode.Scalar(byte)
        let isPlain =
            ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
            || "._-".unicodeScalars.contains(scalar)
        return isPlain ? String(scalar) : "+" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
}
