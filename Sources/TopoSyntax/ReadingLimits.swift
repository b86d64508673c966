/// How large a topology file may be. All are far above what a network needs, and low enough that no file takes more
/// than seconds or a gigabyte, whatever is in it.
public enum ReadingLimits {
    /// The most bytes of a file: 16 MiB. A topology of 100,000 containers takes about 10 MB.
    public static let bytes = 16 << 20
    /// The most mappings and sequences inside each other, those that come by an alias included. The language needs 7.
    public static let depth = 64
    /// The most values (scalars, mappings and sequences; keys are not counted) once every alias is replaced by its
    /// anchor's value. 100,000 containers take about a million.
    public static let values = 2_000_000
    /// Reading stops after this many errors.
    public static let errors = 100
}
