public import ArgumentParser
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoEmitGraphviz
public import TopoEmitReport
import TopoTemplates
internal import TopoText

/// `topoc report`: the figures and tables of a topology in one document.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write the figures, tables and predictions of a topology as one document.",
        discussion: """
            html is one page that needs no other file. It has figures that you can move and zoom, draws the way \
            between any two containers that you choose, and lists the address plan, routing tables, tunnels, who \
            reaches whom, predictions and the hosts' scripts. markdown and latex have the tables, with the figures \
            in files beside the -o file. csv is one table, for a spreadsheet. Graphviz's dot draws the figures; \
            without it the report says that they are missing.

            Examples:
              topoc report lab.topo -o report.html
              sh host1/check.sh > host1.tap;  topoc report lab.topo --checks host1.tap -o report.html
              topoc report lab.topo -o report.tex && pdflatex report.tex
              topoc report lab.topo --format csv --table routes -o routes.csv
            """)

    @Argument(help: "The topology file; - for standard input.", completion: .topologies)
    var file: String

    @Option(help: "The format; by default from the ending of the -o file, else html.")
    var format: ReportFormat?

    @Option(
        help: ArgumentHelp(
            "The output of check.sh on a host, to show with the predictions; you can give several.",
            valueName: "log"))
    var checks: [String] = []

    @Option(help: "The table of a csv; by default addresses.")
    var table: TableName?

    @Option(help: "The language of its words; a csv is always English.")
    var lang = Language.english

    @OptionGroup var drawing: DrawingOptions

    @OptionGroup var lock: LockOption

    func run() throws {
        let format = try format ?? ReportFormat(ending: drawing.output)
        guard table == nil || format == .csv else { throw UsageError("--table is for --format csv: others have all") }
        let frames = try readFrames(drawing.templates)
        let logs = try checks.map { path in
            CheckLog(
                name: ByteText.replaced(path),
                text: String(decoding: try readRegularFile(path, upTo: ReportCommand.logLimit), as: UTF8.self))
        }
        for log in logs where log.results.isEmpty && log.bailOut == nil {
            throw FileError("use", log.name, because: "there is no result of a check.sh in it")
        }
        let maker = ReportMaker(frames: frames, language: lang, folding: drawing.fold)
        let report = try maker.report(
            of: try examinedTopology(try lock.read(file)), format, checks: logs, beside: drawing.output)
        try writeResult(Array(try text(of: report, as: format, frames).utf8), to: drawing.output)
    }

    /// The most that is read of a log, 64 MiB.
    private static let logLimit = 64 << 20

    private func text(of report: Report, as format: ReportFormat, _ frames: Templates) throws -> String {
        switch format {
        case .html: return report.html(templates: frames, folding: drawing.fold)
        case .markdown: return report.markdown
        case .latex: return report.latex
        case .csv:
            guard let table = report.table(table ?? .addresses) else {
                throw UsageError(
                    table == .networks
                        ? "no bridge, tunnel or NIC of this topology is part of a network"
                        : "the table of checks needs a log: name it with --checks")
            }
            return table.csv
        }
    }
}

extension TableName: ExpressibleByArgument {}
