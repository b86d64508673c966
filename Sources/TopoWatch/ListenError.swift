/// A port that cannot be had.
public struct ListenError: Error, Sendable, Hashable {
    /// The address that was asked for.
    public let address: String
    /// The port that was asked for; 0 for any.
    public let port: UInt16
    /// What the system said, as `errno(3)` has it.
    public let code: Int32
}
