/// A key with the type of its value: the one place where both are said.
struct Key<Value: Sendable>: Sendable {
    /// How the value is read.
    let type: ValueType<Value>
    /// The key as data.
    let description: KeyDescription

    /// Makes a key; `summary` says in one line what it is for.
    init(_ name: String, _ type: ValueType<Value>, isRequired: Bool = false, _ summary: String) {
        self.type = type
        description = KeyDescription(name: name, form: type.form, isRequired: isRequired, summary: summary)
    }

    /// The key, as it is written.
    var name: String { description.name }
}
