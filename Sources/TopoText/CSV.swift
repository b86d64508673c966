/// Comma-separated values (RFC 4180).
public enum CSV {
    /// A row as a line.
    public static func line(_ row: [String]) -> String { row.map(field).joined(separator: ",") + "\r\n" }

    /// A text as a field. What begins like a formula gets an apostrophe before it, since spreadsheets would run it. Line
    /// feeds stay; other controls are shown.
    public static func field(_ text: String) -> String {
        let isFormula = text.utf8.prefix(1).contains { "=+-@\t\r\n".utf8.contains($0) }
        let shown = text.parts(at: "\n").map(visible).joined(separator: "\n")
        let safe = isFormula ? "'" + shown : shown
        guard safe.hasByte(of: ",\"\n\r") else { return safe }
        return "\"" + safe.replacingBytes("\"", with: "\"\"") + "\""
    }
}
