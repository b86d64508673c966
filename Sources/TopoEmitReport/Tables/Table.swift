/// A table of a report, in plain text; each format writes it with its own marks.
public struct Table: Sendable, Hashable {
    /// What links and `--table` call it: `addresses`.
    public let name: String
    /// Its heading.
    public let title: String
    /// What a reader should know, a sentence or none.
    public let note: String
    /// The columns' headings.
    public let columns: [String]
    /// The rows, each with a text a column.
    public let rows: [[String]]

    init(_ name: String, _ title: String, note: String = "", columns: [String], rows: [[String]]) {
        self.name = name
        self.title = title
        self.note = note
        self.columns = columns
        self.rows = rows
    }
}
