import ArgumentParser
import Glibc
import TopoDiagnostics
import TopoEmitGraphviz
import TopoEmitReport
internal import TopoText
import TopoWatch

/// `topoc watch`: the report in a browser, new whenever the file is saved.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Show the report in a browser, and rebuild it whenever you save the file.",
        discussion: """
            Whenever you save the file, topoc compiles it, writes the output folder as "topoc build" does, and \
            refreshes the page, the one of "topoc report", in every browser that shows it. If the file has errors, \
            they appear above the last good page, and nothing is written. Only this machine can reach the server. \
            Ctrl-C stops it.

            Examples:
              topoc watch lab.topo
              topoc watch lab.topo --no-build --port 0
            """)

    @Argument(help: "The topology file.", completion: .topologies)
    var file: String

    @Option(help: ArgumentHelp("The port to serve at; 0 for any free one.", valueName: "number"))
    var port: UInt16 = 8047

    @Flag(name: .customLong("ipv6"), help: "Also serve at ::1.")
    var withIPv6 = false

    @Flag(help: "Write no files, only serve the page.")
    var noBuild = false

    @Option(help: "The language of its words.")
    var lang = Language.english

    @Option(help: Folding.help)
    var fold = Folding.automatic

    @OptionGroup var options: CompileOptions

    /// How long it waits between two looks at the file, in milliseconds.
    private static let interval = 100

    func validate() throws {
        if isStandardInput(file) { throw ValidationError("standard input cannot be watched: name a file") }
    }

    func run() throws {
        let frames = try options.frames()
        // The look comes before the reading: what is saved in between is seen at the next look.
        var changes = ChangeDetector(FileStamp(of: file))
        _ = try readTopology(file)
        let stops = StopSignals()
        let waiting = LivePage.waiting(title: visible(ByteText.replaced(file)), templates: frames)
        let board = Board(Edition(page: waiting.html, version: waiting.version))
        let server = try started(board)
        defer { server.stop() }
        let rebuild = Rebuild(
            file: file, options: options, maker: ReportMaker(frames: frames, language: lang, folding: fold),
            isWriting: !noBuild)
        try announce(server)
        board.post(rebuild.edition(after: board.current))
        while !stops.come(within: WatchCommand.interval) {
            guard changes.take(FileStamp(of: file)) else { continue }
            board.post(rebuild.edition(after: board.current))
        }
    }

    private func started(_ board: Board) throws(UsageError) -> PageServer {
        do {
            return try serve(board, port: port, withIPv6: withIPv6)
        } catch {
            let way =
                error.code == EADDRNOTAVAIL
                ? "leave --ipv6 out" : "say --port with another, or 0 for one that is free"
            throw UsageError(
                "cannot serve at port \(error.port) of \(error.address): \(FileError.reason(error.code)): \(way)")
        }
    }

    private func announce(_ server: PageServer) throws(FileError) {
        let hosts = ["127.0.0.1"] + (withIPv6 ? ["[::1]"] : [])
        let places = hosts.map { "http://\($0):\(server.port)/" }.joined(separator: " and ")
        try StandardStream.output.write("\(visiblePath(file)): the report is at \(places), until Ctrl-C\n")
    }
}
