import ArgumentParser
import TopoDiagnostics
import TopoDriver

/// `topoc expand`: prints a topology with all that is short in it written out.
struct ExpandCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expand", abstract: "Print a topology with ranges, networks and automatic addresses written out.",
        discussion: """
            Each element stands under its own name, aliases and merged keys stand where they are used, and keys that begin \
            with x- are left out. The file's comments stay, and others say which line a part comes from. Building what is \
            printed gives the same files as building the topology.
            """)

    @Argument(help: "The topology file; - for standard input.", completion: .topologies)
    var file: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to this file; to standard output where not said.", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(help: "When messages have colour: where a terminal shows them and NO_COLOR is not set, unless said here.")
    var color = ColorChoice.auto

    @OptionGroup var lock: LockOption

    func run() throws {
        let source = try lock.read(file)
        let outcome = writtenOut(source)
        try StandardStream.error.write(outcome.diagnostics, of: source, as: .text, color: color)
        guard !outcome.diagnostics.hasErrors else { throw Status.topologyHasErrors.thrown }
        guard let written = outcome.output else {
            throw FileError("expand", source.path, because: "not all values would stay as they are")
        }
        try writeResult(written.bytes, to: output)
    }
}
