/// The list, in an output folder, of the files there that topoc wrote: only these does it ever replace or remove.
struct Manifest: Equatable {
    /// Its name in the output folder.
    static let name = ".topoc"

    /// The paths below the output folder, sorted.
    private(set) var paths: [String]

    /// Lists these files.
    init(_ paths: some Sequence<String>) { self.paths = Set(paths).sorted() }

    /// Reads a list back; a line that cannot be a path below the folder is not believed.
    init(reading text: String) {
        self.init(
            text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init).filter(Manifest.isBelow))
    }

    /// The list as it is kept.
    var text: String {
        "# The files here that topoc wrote, and may replace or remove. Anything else it leaves alone.\n"
            + paths.map { $0 + "\n" }.joined()
    }

    /// True where the path leads to somewhere below the folder and nowhere else.
    static func isBelow(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." } && !path.utf8.contains(0)
            && !path.utf8.contains(0x0A)
    }
}
