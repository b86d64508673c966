public import TopoDiagnostics

/// A value of the plan, with where it comes from.
public struct Setting<Value: Sendable & Hashable>: Sendable, Hashable {
    /// Where a value comes from.
    public enum Source: Sendable, Hashable {
        /// The user wrote it there.
        case written(Span)
        /// topoc derived it; the text says from what, as in `1500 of LAN "internal" less 38 for Ethernet over GRE`.
        case derived(String)
    }

    /// The value.
    public let value: Value
    /// Where it comes from.
    public let source: Source

    /// Makes a setting.
    public init(_ value: Value, _ source: Source) {
        self.value = value
        self.source = source
    }

    /// True where the user did not write it.
    public var isDerived: Bool {
        switch source {
        case .written: false
        case .derived: true
        }
    }
}
