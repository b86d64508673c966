import ArgumentParser

/// Whether a command says what it has done.
struct QuietOption: ParsableArguments {
    @Flag(name: [.customShort("q"), .customLong("quiet")], help: "Print nothing unless something is wrong.")
    var isSet = false

    /// Says what was done on standard output, unless that is not wanted.
    /// - Throws: `FileError`.
    func say(_ summary: String) throws(FileError) {
        if !isSet { try StandardStream.output.write(summary) }
    }
}
