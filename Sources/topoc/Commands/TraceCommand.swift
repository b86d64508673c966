import ArgumentParser
import TopoDiagnostics
import TopoDriver
import TopoEmitGraphviz
import TopoEmitReport
import TopoForwarding
import TopoJSON
import TopoModel
import TopoPlan
import TopoTrace

/// `topoc trace`: the way of a packet and of its answer, before anything runs.
struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Show the way of a packet and of its answer, node by node.",
        discussion: """
            topoc predicts the way from the file, so nothing need be up. For each node it shows the interface by \
            which the packet enters, the one by which it leaves, and the route it takes. For each wire it shows the \
            headers of the frame, outermost first, with their sizes in bytes, and the bridges, LANs and tunnels that \
            the frame crosses. If the packet is lost, it shows the line of the file that decides it. Errors in the \
            network are reported but don't stop it: you may be tracing an exercise.

            FROM and TO are hosts, containers ("host1/c1" if "c1" is not unique) or addresses, also of what is \
            outside the topology behind the gateway of a LAN. The exit status is 0 \
            if the request is answered, 1 if not.

            Examples:
              topoc trace lab.topo c1 c3
              topoc trace lab.topo c1 10.2.0.6 --size 1500
              topoc trace lab.topo 198.51.100.7 203.0.113.10 --tcp 8080
              topoc trace lab.topo host1/c1 host2 --format json
              topoc trace lab.topo c1 c3 --figure way.svg
              topoc trace lab.topo c1 c3 --figure way3.png --view l3
            """)

    /// A way through a group of containers drawn as one would not be its own: only many are drawn so.
    static let folding = Folding.above(40)

    /// How the path is written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text
        case json
    }

    @Argument(help: "The topology file; - for standard input.", completion: .topologies)
    var file: String

    @Argument(help: "Who sends an echo request.", completion: .nodes)
    var from: String

    @Argument(help: "Who should answer it.", completion: .nodes)
    var to: String

    @Option(
        help:
            "The request's IP packet, in bytes; it may not be fragmented, its answer may. (default: 84, with --tcp 60)")
    var size: Int?

    @Option(
        help: ArgumentHelp(
            "Show the first packet of a connection to this port, in place of an echo request.", valueName: "port"))
    var tcp: UInt16?

    @Option(help: "text for a person, json for a program.")
    var format = Format.text

    @Option(
        help: ArgumentHelp(
            "Also draw the way over a figure, into this file: svg, pdf, png, dot, mermaid or d2 by its ending.",
            valueName: "file"))
    var figure: String?

    @Option(help: ArgumentHelp("What the figure shows: l2, l3, underlay, overlay or host=NAME.", valueName: "view"))
    var view = FigureView.layer2

    @Option(help: "Whether the text is coloured; auto: on a terminal, unless NO_COLOR is set.")
    var color = ColorChoice.auto

    @OptionGroup var lock: LockOption

    func validate() throws {
        if let size, !(48...65535).contains(size) {
            throw ValidationError("--size is of an IP packet: 48 to 65535 bytes, not \(size)")
        }
        if tcp == 0 { throw ValidationError("--tcp is a port: 1 to 65535") }
    }

    func run() throws {
        let file = try lock.read(file)
        let outcome = examine(file, despiteErrors: true, sampling: false)
        try StandardStream.error.write(outcome.diagnostics, of: file, as: .text, color: color)
        guard let seen = outcome.output else { throw Status.topologyHasErrors.thrown }
        let prediction = seen.prediction
        let path = try PathEnds(prediction).path(from: from, to: to, port: tcp, size: size ?? (tcp == nil ? 84 : 60))
        switch format {
        case .text:
            let style: RenderStyle = StandardStream.output.hasColor(color) ? .colored : .plain
            try StandardStream.output.write(traceText(path, of: prediction, in: file, style: style))
        case .json: try StandardStream.output.write(traceDocument(path, of: prediction, in: file).text)
        }
        if let figure { try draw(path, of: seen.plan, into: figure) }
        if !path.reaches { throw Status.topologyHasErrors.thrown }
    }

    private func draw(_ path: Path, of plan: Plan, into file: String) throws {
        let format = try PictureFormat(ending: file)
        let options = FigureOptions(view: view, folding: TraceCommand.folding, trail: Trail(path))
        do {
            let text = try drawFigure(plan, options, in: format.notation, templates: try readFrames(nil))
            try writeResult(
                try format.picture.map { try Graphviz.draw(text, as: $0) } ?? Array(text.utf8), to: file)
        } catch let error as FigureError {
            throw UsageError("\(error)")
        }
    }
}
