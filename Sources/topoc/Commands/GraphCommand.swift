import ArgumentParser
import Glibc
import TopoDiagnostics
import TopoDriver
import TopoEmitGraphviz
import TopoEmitReport
import TopoForwarding
import TopoPlan

/// `topoc graph`: draws one figure of a topology.
struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Draw a figure of a topology.",
        discussion: """
            Views: l2 (who is joined to whom), l3 (subnets, and who routes between them), underlay (the network that \
            carries the tunnels), overlay (what the tunnels carry), host=NAME (one host).

            Formats: dot, mermaid and d2 are texts for other programs to draw; Graphviz's dot, which must be \
            installed, draws svg, pdf and png. Without --format, the ending of the -o file decides; without either \
            it is dot. The same topology gives the same bytes.

            A network with errors is drawn as it is, and the errors are reported. Only a file that describes no \
            network at all is refused.

            Examples:
              topoc graph lab.topo -o lab.svg
              topoc graph lab.topo --view l3 --lang es --theme bw -o lab.pdf
              topoc graph lab.topo --view host=host1 --format mermaid
              topoc graph lab.topo --trace c1 c3 --view l3 -o way.png
            """)

    @Argument(help: "The topology file; - for standard input.", completion: .topologies)
    var file: String

    @Option(help: ArgumentHelp("What it shows: l2, l3, underlay, overlay or host=NAME.", valueName: "view"))
    var view = FigureView.layer2

    @Option(help: "The format; by default from the ending of the -o file, else dot.")
    var format: PictureFormat?

    @Option(help: "The language of its words.")
    var lang = Language.english

    @Option(help: "Its colours: for a light page, for a dark one, or black and white.")
    var theme = Theme.light

    @Flag(help: "Show in l3 the default routes of hosts and routers.")
    var defaultRoutes = false

    @Option(help: "Which MACs it shows: those that the file gives (auto), all or none.")
    var macs = Details.automatic

    @Option(help: "Which MTUs it shows: those that are not 1500 (auto), all or none.")
    var mtus = Details.automatic

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Draw the way of a packet and of its answer over it.", valueName: "from> <to"),
        completion: .nodes)
    var trace: [String] = []

    @OptionGroup var drawing: DrawingOptions

    @OptionGroup var lock: LockOption

    func validate() throws {
        guard trace.isEmpty || trace.count == 2 else {
            throw ValidationError("--trace takes who sends a packet and whom it is for, as in --trace c1 c3")
        }
    }

    func run() throws {
        let format = try format ?? PictureFormat(ending: drawing.output)
        guard ResultPlace(drawing.output).path != nil || format.isText || isatty(StandardStream.output.rawValue) == 0
        else {
            throw UsageError("a \(format.rawValue) is nothing for a terminal: name a file with -o")
        }
        let (plan, trail) =
            trace.isEmpty
            ? (try examinedTopology(try lock.read(file), despiteErrors: true).plan, Trail()) : try traced()
        let folding = !trace.isEmpty && drawing.fold == .automatic ? TraceCommand.folding : drawing.fold
        let options = FigureOptions(
            view: view, theme: theme, language: lang, folding: folding, showsDefaultRoutes: defaultRoutes,
            macs: macs, mtus: mtus, trail: trail)
        do {
            let text = try drawFigure(
                plan, options, in: format.notation, templates: try readFrames(drawing.templates))
            try writeResult(
                try format.picture.map { try Graphviz.draw(text, as: $0) } ?? Array(text.utf8), to: drawing.output)
        } catch let error as FigureError {
            throw UsageError("\(error)")
        }
    }

    /// The plan and the way, also where the network is wrong.
    private func traced() throws -> (Plan, Trail) {
        let file = try lock.read(file)
        let outcome = examine(file, despiteErrors: true, sampling: false)
        try StandardStream.error.write(outcome.diagnostics, of: file, as: .text, color: .auto)
        guard let seen = outcome.output else { throw Status.topologyHasErrors.thrown }
        let path = try PathEnds(seen.prediction).path(from: trace[0], to: trace[1])
        return (seen.plan, Trail(path, language: lang))
    }
}
