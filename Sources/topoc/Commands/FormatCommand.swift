import ArgumentParser
import TopoDiagnostics
import TopoDriver
internal import TopoText

/// `topoc fmt`: lays topology files out in one way.
struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Lay topology files out in one way.",
        discussion: """
            What a file says stays, and so do the order of its keys and all comments. Each element is on one line, in \
            brackets, where that takes 100 columns at most and no comment stands inside; what is inside something else is \
            indented by 2. A file with errors is left alone, and its errors are told.

            With - it reads standard input and writes to standard output. With --check it writes nothing, names the files \
            that it would change, and ends with 1 where there is one.
            """)

    @Argument(
        help: "The topology files, or folders of them; the only .topo file here where none is named.",
        completion: .topologies)
    var files: [String] = []

    @Flag(help: "Write nothing; name the files that would change.")
    var check = false

    @Option(help: "When messages have colour: where a terminal shows them and NO_COLOR is not set, unless said here.")
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
