/// Why a figure cannot be drawn.
public struct FigureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// In words, with a way out.
    public let description: String
}
