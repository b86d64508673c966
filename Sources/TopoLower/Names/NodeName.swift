/// A host, or a container of a host.
struct NodeName: Sendable, Hashable {
    /// The host's name.
    let host: String
    /// The container's name; nil for the host itself.
    var container: String?

    /// `host1`, or `host1/c1`.
    var text: String { container.map { "\(host)/\($0)" } ?? host }
}
