/// What a build did to an output folder.
struct WriteSummary: CustomStringConvertible {
    /// How many files the build has.
    var files = 0
    /// How many of them were not there already, with the same bytes and mode.
    var written = 0
    /// How many of a former build were removed.
    var removed = 0
    /// How many figures were drawn.
    var drawn = 0

    /// `14 files (3 written, 1 removed)`.
    var description: String {
        var parts = ["\(written) written"]
        if removed > 0 { parts.append("\(removed) removed") }
        if drawn > 0 { parts.append("\(drawn) \(drawn == 1 ? "figure" : "figures") drawn") }
        return "\(files) \(files == 1 ? "file" : "files") (\(parts.joined(separator: ", ")))"
    }
}
