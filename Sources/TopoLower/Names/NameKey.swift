/// A name as it is looked up: two names are one where their UTF-8 bytes are the same.
///
/// Swift's own comparison takes texts for equal that are written differently, such as `K` and the Kelvin sign, which the
/// kernel takes for two names.
struct NameKey: Hashable, Sendable {
    /// The name.
    let text: String

    /// Makes a key of a name.
    init(_ text: String) { self.text = text }

    static func == (left: NameKey, right: NameKey) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
