import ArgumentParser
import TopoDiagnostics
import TopoDriver
import TopoFindings

/// `topoc check`: says what is wrong with topologies, and writes nothing.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say what is wrong with topologies, and write nothing.",
        discussion: """
            What is found goes to standard output. The exit status is 1 where a topology has errors. "topoc explain" \
            says more about a code.
            """)

    @Argument(help: "The topology files.")
    var files: [String]

    @Option(
        help: """
            text for a person; short for an editor: a line a finding; github for GitHub Actions: a workflow command a \
            finding; json, or sarif (2.1.0), for programs: one document about all files.
            """)
    var format = FindingFormat.text

    @Option(help: "Take warnings for errors.")
    var deny: Denied?

    @Option(help: "When findings have colour: where a terminal shows them and NO_COLOR is not set, unless said here.")
    var color = ColorChoice.auto

    func run() throws {
        var all: [FileFindings] = []
        for file in files {
            let source = try readTopology(file)
            let findings = examine(source).diagnostics.denying(deny)
            StandardStream.output.write(findings, of: source, as: format, color: color)
            all.append(FileFindings(source, findings))
        }
        StandardStream.output.write(all, as: format)
        guard !all.contains(where: \.diagnostics.hasErrors) else { throw Status.topologyHasErrors.thrown }
    }
}
