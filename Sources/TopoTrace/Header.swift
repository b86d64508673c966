/// One header of a frame, or what the innermost of them carries.
struct Header: Hashable {
    /// The protocol: `Ethernet`, `IPv4`, `GRE`.
    let name: String
    /// What is in it that matters here: from whom to whom.
    let content: String
    /// Its size, in bytes.
    let size: Int
}
