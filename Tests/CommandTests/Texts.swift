/// Questions about what a command says, for files in which `@testable` hides Swift's own.
extension String {
    /// Whether another text is in it.
    func holds(_ other: String) -> Bool { contains(other) }
    /// Whether it begins with another text.
    func opens(with other: String) -> Bool { hasPrefix(other) }
}
