/// Why a text is no template, and where in it.
public struct TemplateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The line of the tag, from 1.
    public let line: Int
    /// The column of the tag's first brace, from 1, in Unicode scalars.
    public let column: Int
    /// What is wrong with the tag, and what to write instead.
    public let reason: String

    /// `line 3, column 1: reason`.
    public var description: String { "line \(line), column \(column): \(reason)" }

    /// Makes an error of a tag.
    /// - Parameter offset: of the tag's first byte.
    init(_ reason: String, in path: String, at offset: Int, of bytes: [UInt8]) {
        let before = bytes[..<offset]
        let lineFeed = UInt8(ascii: "\n")
        let lineStart = before.lastIndex(of: lineFeed).map { $0 + 1 } ?? 0
        self.path = path
        self.reason = reason
        line = TemplateError.line(of: offset, in: bytes)
        // The second and later bytes of a scalar begin with the bits 10 (RFC 3629, section 3).
        column = before[lineStart...].count { $0 & 0b1100_0000 != 0b1000_0000 } + 1
    }

    /// The line that an offset lies in, from 1.
    static func line(of offset: Int, in bytes: [UInt8]) -> Int {
        bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
    }
}
