/// A name as it is looked up: two names are one where their UTF-8 bytes are the same.
///
/// Swift's own comparison takes texts for equal that are written differently, such as `K` and the Kelvin sign, which the
/// kernel takes for two names.
public struct NameKey: Hashable, Sendable {
    /// The name.
    public let text: String

    /// Makes a key of a name.
    public init(_ text: String) { self.text = text }

    /// Whether the bytes are the same.
    public static func == (left: NameKey, right: NameKey) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    /// Takes in the bytes.
    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
