/// A file that a backend makes.
public struct Artifact: Sendable, Hashable {
    /// Its path below the topology's output folder, with `/` between parts.
    public let path: String
    /// Whether it is to be executable (mode 0755, else 0644).
    public let isExecutable: Bool
    /// Its contents, UTF-8.
    public let contents: String

    /// Makes an artifact.
    public init(path: String, isExecutable: Bool = false, contents: String) {
        self.path = path
        self.isExecutable = isExecutable
        self.contents = contents
    }
}
