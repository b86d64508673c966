/// A command line that cannot be meant, found out after it was parsed.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
