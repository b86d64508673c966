import ArgumentParser
import TopoDiagnostics
import TopoDriver

/// `topoc check`: says what is wrong with topologies, and writes nothing.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say what is wrong with topologies, and write nothing.",
        discussion: "What is found goes to standard output. The exit status is 1 where a topology has errors.")

    @Argument(help: "The topology files.")
    var files: [String]

    @Option(help: "text for a person, short for an editor: a line a finding.")
    var format = FindingFormat.text

    @Option(help: "When findings have colour: where a terminal shows them and NO_COLOR is not set, unless said here.")
    var color = ColorChoice.auto

    func run() throws {
        var hasErrors = false
        for file in files {
            let source = try readTopology(file)
            let outcome = examine(source)
            StandardStream.output.write(outcome.diagnostics, of: source, as: format, color: color)
            hasErrors = hasErrors || outcome.diagnostics.hasErrors
        }
        guard !hasErrors else { throw Status.topologyHasErrors.thrown }
    }
}

extension FindingFormat: ExpressibleByArgument {}
