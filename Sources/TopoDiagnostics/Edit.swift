/// A change of a topology file: some of its bytes are replaced by a text.
public struct Edit: Sendable, Hashable {
    /// The bytes that go; none, where the text is put in front of a byte.
    public let span: Span
    /// What comes in their place; may be empty.
    public let replacement: String

    /// Makes an edit.
    public init(_ span: Span, _ replacement: String) {
        self.span = span
        self.replacement = replacement
    }
}
