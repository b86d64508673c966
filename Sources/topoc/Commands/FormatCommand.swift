import ArgumentParser
import TopoDiagnostics
import TopoDriver
internal import TopoText

/// `topoc fmt`: lays topology files out in one way.
struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Lay topology files out in one way.",
        discussion: """
            The meaning of the file, the order of its keys and all comments stay. An element goes on one line, in \
            brackets, if it fits into 100 columns and has no comment inside; nested elements are indented by 2. A \
            file with errors stays as it is, and topoc reports the errors.

            With - it reads standard input and writes standard output. With --check it writes nothing, names the \
            files that it would change, and exits with 1 if there are any.
            """)

    @Argument(
        help: "Topology files, or folders of them; by default the only .topo file of this folder.",
        completion: .topologies)
    var files: [String] = []

    @Flag(help: "Write nothing; name the files that would change.")
    var check = false

    @Option(help: "Whether messages are coloured; auto: on a terminal, unless NO_COLOR is set.")
    var color = ColorChoice.auto

    @OptionGroup var quiet: QuietOption

    func run() throws {
        var isRight = true
        for file in try topologyFiles(files) {
            let source = try readTopology(file)
            let outcome = format(source)
            try StandardStream.error.write(outcome.diagnostics, of: source, as: .text, color: color)
            guard !outcome.diagnostics.hasErrors else {
                isRight = false
                continue
            }
            guard let laidOut = outcome.output else {
                throw FileError(
                    "lay out", source.path,
                    because: "not all values would stay as they are; it is left alone")
            }
            if check {
                guard laidOut.bytes != source.bytes else { continue }
                isRight = false
                try StandardStream.output.write("\(visiblePath(source.path))\n")
            } else if isStandardInput(file) {
                try writeResult(laidOut.bytes, to: nil)
            } else if laidOut.bytes != source.bytes {
                try replaceTopology(source, with: laidOut)
                try quiet.say("\(visiblePath(source.path)): laid out\n")
            }
        }
        guard isRight else { throw Status.topologyHasErrors.thrown }
    }
}
