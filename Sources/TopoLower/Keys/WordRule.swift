/// What a word may be that names something outside of the topology, and reaches a command line there.
public enum WordRule: Sendable, Hashable, CaseIterable {
    /// A machine, as DNS, `/etc/hosts` or a configuration of SSH names it.
    case machine
    /// A user of a machine.
    case user

    /// A regular expression (ECMA-262 and Python) that just such words match.
    public var pattern: String {
        switch self {
        // The resolver reads a last part of digits as a number of an address: `10.1` is 10.0.0.1.
        case .machine:
            "^(?![\\s\\S]{254})(?!([^.]*\\.)*[0-9]+\(WordRule.end))\(WordRule.label)(\\.\(WordRule.label))*\(WordRule.end)"
        case .user: "^[A-Za-z_][A-Za-z0-9_.-]{0,31}\(WordRule.end)"
        }
    }

    /// What it names.
    var noun: String {
        switch self {
        case .machine: "the name of a machine"
        case .user: "the name of a user"
        }
    }

    /// What such a word is made of.
    var words: String {
        switch self {
        case .machine:
            "letters, digits, \"-\" and \"_\" in parts between dots, each up to 63 bytes and beginning with a letter or digit, the last not of digits alone"
        case .user: "letters, digits, \"_\", \".\" and \"-\", beginning with a letter or \"_\", at most 32 bytes"
        }
    }

    /// True for such a word; its bytes are looked at.
    func holds(of text: String) -> Bool {
        let bytes = Array(text.utf8)
        switch self {
        case .machine:
            let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            return bytes.count <= 253 && labels.allSatisfy(isLabel) && !(labels.last ?? []).allSatisfy(isDigit)
        case .user:
            guard let first = bytes.first, isLetter(first) || first == UInt8(ascii: "_") else { return false }
            return bytes.count <= 32 && bytes.allSatisfy { isLetter($0) || isDigit($0) || "_.-".utf8.contains($0) }
        }
    }

    private static let label = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}"
    /// The end of a text: to some readers `$` is before a last line feed too.
    private static let end = #"(?![\s\S])"#
}

private func isLabel(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let first = bytes.first, bytes.count <= 63 else { return false }
    return (isLetter(first) || isDigit(first))
        && bytes.allSatisfy { isLetter($0) || isDigit($0) || "-_".utf8.contains($0) }
}

private func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }

private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
