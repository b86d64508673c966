/// Why a text is no address: a phrase that ends a message, lower case, without a full stop.
public struct AddressError: Error, Hashable, Sendable {
    /// What is wrong, as in `octet "010" has a leading zero`.
    public let reason: String
    /// A way out, where there is one, as in `write 10.1.1.1`.
    public let help: String?

    /// Makes an error.
    public init(_ reason: String, help: String? = nil) {
        self.reason = reason
        self.help = help
    }
}
