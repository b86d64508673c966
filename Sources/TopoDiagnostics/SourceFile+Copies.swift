/// Places of a text that stands for several, such as the value of `c1..c20`: each copy has places of its own, a whole
/// length of the file behind those of the copy before.
extension SourceFile {
    /// How far the places of two copies lie apart: the end of the file is a place too.
    public var lengthWithEnd: Int { bytes.count + 1 }

    /// Where something is written, of whichever copy the place is.
    public func written(_ span: Span) -> Span {
        guard span.end > bytes.count else { return span }
        let start = span.start % lengthWithEnd
        return Span(start, min(start + span.length, bytes.count))
    }
}
