/// How much the ranges of a file may stand for.
public enum ExpansionLimits {
    /// The most values (words, lists and mappings) that the ranges of one file are written out as.
    public static let nodes = 1_000_000
}
