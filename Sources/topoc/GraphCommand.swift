import ArgumentParser
import Glibc
import TopoDriver
import TopoEmitGraphviz
import TopoPlan

/// `topoc graph`: draws one figure of a topology.
struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Draw a figure of a topology.",
        discussion: """
            Views: l2 (who is joined to whom), l3 (subnets, and who routes between them), underlay (the network that \
            carries the tunnels), overlay (what the tunnels carry), host=NAME (one host).

            Formats: dot, mermaid and d2 are texts that other programs draw; svg, pdf and png are drawn by Graphviz's \
            dot, which must be installed. Where no format is said, the ending of the -o file tells, and it is dot \
            without one. The same topology gives the same bytes.

            Examples:
              topoc graph lab.topo -o lab.svg
              topoc graph lab.topo --view l3 --lang es --theme bw -o lab.pdf
              topoc graph lab.topo --view host=host1 --format mermaid
            """)

    @Argument(help: "The topology file.")
    var file: String

    @Option(help: ArgumentHelp("What it shows: l2, l3, underlay, overlay or host=NAME.", valueName: "view"))
    var view = FigureView.layer2

    @Option(help: "The format; by the ending of the -o file where not said, else dot.")
    var format: PictureFormat?

    @Option(help: "The language of its words.")
    var lang = Language.english

    @Option(help: "Its colours: for a light page, for a dark one, or black and white.")
    var theme = Theme.light

    @Flag(help: "Say in l3 where hosts and routers send what is for no subnet that they know.")
    var defaultRoutes = false

    @OptionGroup var drawing: DrawingOptions

    func run() throws {
        let format = try format ?? PictureFormat(ending: drawing.output)
        guard drawing.output != nil || format.isText || isatty(StandardStream.output.rawValue) == 0 else {
            throw UsageError("a \(format.rawValue) is nothing for a terminal: name a file with -o")
        }
        let examination = try examinedTopology(file)
        let options = FigureOptions(
            view: view, theme: theme, language: lang, folding: drawing.fold, showsDefaultRoutes: defaultRoutes)
        do {
            let text = try drawFigure(
                examination.plan, options, in: format.notation, templates: try readFrames(drawing.templates))
            try writeResult(
                try format.picture.map { try Graphviz.draw(text, as: $0) } ?? Array(text.utf8), to: drawing.output)
        } catch let error as FigureError {
            throw UsageError("\(error)")
        }
    }
}
