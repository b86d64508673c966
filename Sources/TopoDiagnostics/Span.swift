/// A half-open range of bytes in a topology file.
///
/// Offsets count UTF-8 bytes from the file's first byte, a byte order mark included.
public struct Span: Hashable, Sendable, Comparable {
    /// The offset of the first byte.
    public let start: Int
    /// The offset just past the last byte; not less than `start`.
    public let end: Int

    /// Makes a span from the byte offset `start` up to, and without, `end`.
    public init(_ start: Int, _ end: Int) {
        precondition(0 <= start && start <= end)
        self.start = start
        self.end = end
    }

    /// The number of bytes covered.
    public var length: Int { end - start }

    /// Orders by start, then by end.
    public static func < (left: Span, right: Span) -> Bool {
        (left.start, left.end) < (right.start, right.end)
    }

    /// The smallest span that covers both.
    public func union(_ other: Span) -> Span {
        Span(min(start, other.start), max(end, other.end))
    }
}
