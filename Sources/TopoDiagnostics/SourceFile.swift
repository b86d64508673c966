/// The bytes of one topology file, under the name by which messages call it.
public struct SourceFile: Sendable, Hashable {
    /// The path as the user gave it, for messages; never opened from here.
    public let path: String
    /// The file's bytes, as read.
    public let bytes: [UInt8]
    /// The bytes of the lock of automatic addresses that lies beside the file; nil where there is none.
    public let lock: [UInt8]?
    /// The byte offset at which each line begins; the first is 0.
    private let lineStarts: [Int]
    /// The Unicode scalars before each block of `blockLength` bytes, for lines of megabytes.
    private let scalarsBefore: [Int]

    private static let blockLength = 4096

    /// A place as a person counts it.
    public struct Position: Sendable, Hashable {
        /// The line, from 1.
        public let line: Int
        /// The column, from 1, in Unicode scalars.
        public let column: Int

        /// Makes a position.
        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    /// Takes a file's bytes; lines end at LF, CR LF or a lone CR (YAML 1.2, 5.4).
    public init(path: String, bytes: [UInt8], lock: [UInt8]? = nil) {
        self.path = path
        self.lock = lock
        self.bytes = bytes
        var starts = [0]
        var blocks = [Int]()
        var scalars = 0
        bytes.withUnsafeBufferPointer { bytes in
            for offset in bytes.indices {
                let byte = bytes[offset]
                if offset % Self.blockLength == 0 { blocks.append(scalars) }
                if byte & 0xC0 != 0x80 { scalars += 1 }
                guard byte <= 0x0D else { continue }
                if byte == 0x0A || byte == 0x0D && (offset + 1 == bytes.count || bytes[offset + 1] != 0x0A) {
                    starts.append(offset + 1)
                }
            }
        }
        scalarsBefore = blocks
        isASCII = scalars == bytes.count
        lineStarts = starts
    }

    /// True where every byte is ASCII.
    public let isASCII: Bool

    /// The number of lines; an empty file has one.
    public var lineCount: Int { lineStarts.count }

    /// The line, from 1, that holds the byte at `offset`.
    public func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of a line (from 1), without its end.
    public func span(ofLine line: Int) -> Span {
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] : bytes.count
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return Span(start, end)
    }

    /// Where the byte at `offset` is, as a person counts it; a byte order mark takes no column.
    public func position(at offset: Int) -> Position {
        let line = line(at: offset)
        var start = span(ofLine: line).start
        if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        let end = max(start, min(offset, bytes.count))
        return Position(line: line, column: scalars(before: end) - scalars(before: start) + 1)
    }

    /// The scalars that begin before a byte.
    private func scalars(before offset: Int) -> Int {
        let block = min(offset / Self.blockLength, scalarsBefore.count - 1)
        guard block >= 0 else { return 0 }
        return bytes[(block * Self.blockLength)..<offset].reduce(scalarsBefore[block]) { count, byte in
            byte & 0xC0 == 0x80 ? count : count + 1
        }
    }

    /// The text of a span; bytes that are no UTF-8 are replaced by U+FFFD.
    public func text(of span: Span) -> String {
        String(decoding: bytes[min(span.start, bytes.count)..<min(span.end, bytes.count)], as: UTF8.self)
    }
}
