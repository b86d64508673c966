import ArgumentParser
import TopoEmitGraphviz

/// What every command that draws takes.
struct DrawingOptions: ParsableArguments {
    @Option(help: Folding.help)
    var fold = Folding.automatic

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to this file; to standard output where not said.", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(
        help: ArgumentHelp("Use the templates in this folder in place of those built in.", valueName: "folder"),
        completion: .directory)
    var templates: String?
}
