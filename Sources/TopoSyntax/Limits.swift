/// How large a topology file may be: what is larger is refused before it costs time or memory.
public enum Limits {
    /// The largest file, in bytes: 16 MiB. 100,000 containers are about 10 MB.
    public static let fileSize = 16 << 20
    /// How deep mappings and sequences may stand in one another. A topology needs 8.
    public static let depth = 64
    /// How many values a file may have once every alias is replaced by what it stands for.
    public static let values = 4_000_000
}
