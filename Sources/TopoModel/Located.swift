public import TopoDiagnostics

/// A value with the place in the topology file that it was read from.
public struct Located<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    public let value: Value
    /// The bytes that say it.
    public let span: Span

    /// Makes a located value.
    public init(_ value: Value, at span: Span) {
        self.value = value
        self.span = span
    }
}
