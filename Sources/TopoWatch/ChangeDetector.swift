/// Tells from looks at a thing, one after another, when a change of it has come to rest.
///
/// A file that is being written, or is gone for a moment while an editor puts a new one into its place, looks different
/// at each look: it is told of when two looks in a row saw the same.
public struct ChangeDetector<Look: Equatable> {
    /// What was last told of.
    private var told: Look
    /// The last look.
    private var last: Look

    /// Begins with what is known already.
    public init(_ known: Look) {
        told = known
        last = known
    }

    /// Takes the next look.
    /// - Returns: true where it is at rest, and not as it was when last told of.
    public mutating func take(_ look: Look) -> Bool {
        defer { last = look }
        guard look == last, look != told else { return false }
        told = look
        return true
    }
}
