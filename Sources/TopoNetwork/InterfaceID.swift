/// Which interface of a network is meant: a place in the list of whoever numbers them.
public struct InterfaceID: Sendable, Hashable {
    /// The place in that list.
    public let index: Int

    /// Takes a place in the list of interfaces.
    public init(_ index: Int) { self.index = index }
}
