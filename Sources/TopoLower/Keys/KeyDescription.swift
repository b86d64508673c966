/// A key of the language, as data: what errors, the reference, a schema and completion need to know of it.
public struct KeyDescription: Sendable, Hashable {
    /// The key, as it is written.
    public let name: String
    /// What its value may be.
    public let form: ValueForm
    /// True where a mapping without it is an error.
    public let isRequired: Bool
    /// What it is for, in one line.
    public let summary: String
}
