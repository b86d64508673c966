/// The list, in an output folder, of the files there that topoc wrote: only these does it ever replace or remove.
struct Manifest: Equatable {
    /// Its name in the output folder.
    static let name = ".topoc"

    /// The paths below the output folder, sorted by their bytes.
    let paths: [PathBelow]

    /// Lists these files.
    init(_ paths: some Sequence<PathBelow>) { self.paths = Set(paths).sorted() }

    /// Reads a list back, by bytes; a line that is no path below the folder is not believed.
    init(reading bytes: some Collection<UInt8>) {
        self.init(
            bytes.split(separator: UInt8(ascii: "\n")).filter { $0.first != UInt8(ascii: "#") }
                .compactMap { PathBelow($0) })
    }

    /// The list as it is kept.
    var text: String {
        "# The files here that topoc wrote, and may replace or remove. Anything else it leaves alone.\n"
            + paths.map { $0.text + "\n" }.joined()
    }
}
