import ArgumentParser
import TopoDiagnostics
import TopoDriver
import TopoEmitReport
import TopoJSON
import TopoPlan
import TopoReach
internal import TopoText

/// `topoc reach`: who reaches whom, before anything runs.
struct ReachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reach", abstract: "Show which hosts and containers reach which.",
        discussion: """
            topoc predicts this from the file, for IPv4 and IPv6, so nothing need be up. Errors in the network are \
            reported but don't stop it. Containers that packets can't tell apart share one row and one column, so \
            even thousands of them fit. A number is how many routers an answered echo request passes; a letter is \
            the reason why there is no answer. "topoc trace" shows the way between two of them.

            text is for people, 80 columns wide. For each two classes of containers, json and csv have the routers \
            there and back, the largest request that passes whole, and where and why a packet is lost. html is one \
            page that needs no other file. With --pairs the csv has a row for every two containers or hosts: 100 \
            million rows for 10,000 containers.

            Examples:
              topoc reach lab.topo
              topoc reach lab.topo --format html -o reach.html
              topoc reach lab.topo --format csv --pairs | grep ',no,'
            """)

    /// How the matrix is written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text
        case json
        case csv
        case html
    }

    @Argument(help: "The topology file; - for standard input.", completion: .topologies)
    var file: String

    @Option(help: "text for a person, json or csv for a program, html for a browser.")
    var format = Format.text

    @Flag(help: "With csv: a row for every two containers or hosts.")
    var pairs = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to this file; by default to standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(
        help: ArgumentHelp("Use the templates in this folder instead of the built-in ones.", valueName: "folder"),
        completion: .directory)
    var templates: String?

    @OptionGroup var lock: LockOption

    func validate() throws {
        guard !pairs || format == .csv else { throw ValidationError("--pairs is for --format csv") }
        guard !pairs || ResultPlace(output).path == nil else {
            throw ValidationError("--pairs writes to standard output: use \"> file\"")
        }
    }

    func run() throws {
        let file = try lock.read(file)
        let outcome = examine(file, despiteErrors: true, sampling: false)
        try StandardStream.error.write(outcome.diagnostics, of: file, as: .text, color: .auto)
        guard let seen = outcome.output else { throw Status.topologyHasErrors.thrown }
        guard let matrix = reach(seen.prediction) else {
            throw UsageError(
                "more than \(mostClasses) kinds of hosts and containers are too many for a matrix: "
                    + "ask about two of them with \"topoc trace\"")
        }
        switch format {
        case .text: try write(visibleLines(matrix.text))
        case .json: try write(matrix.document(name: seen.plan.name).text)
        case .csv where pairs:
            var isWritten = true
            matrix.pairsCSV { piece in
                isWritten = writeAll(Array(piece.utf8), to: StandardStream.output.rawValue)
                return isWritten
            }
            if !isWritten { throw FileError("write", "standard output") }
        case .csv: try write(matrix.csv)
        case .html: try write(matrix.html(title: seen.plan.title, templates: try readFrames(templates)))
        }
    }

    private func write(_ text: String) throws(FileError) { try writeResult(Array(text.utf8), to: output) }

    /// Names may have marks that a terminal would obey.
    private func visibleLines(_ text: String) -> String {
        text.parts(at: "\n").map(visible).joined(separator: "\n")
    }
}
