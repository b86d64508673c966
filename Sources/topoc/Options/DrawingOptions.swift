import ArgumentParser
import TopoEmitGraphviz

/// What every command that draws takes.
struct DrawingOptions: ParsableArguments {
    @Option(help: Folding.help)
    var fold = Folding.automatic

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to this file; by default to standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @Option(
        help: ArgumentHelp("Use the templates in this folder instead of the built-in ones.", valueName: "folder"),
        completion: .directory)
    var templates: String?
}
