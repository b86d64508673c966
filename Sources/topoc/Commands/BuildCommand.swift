import ArgumentParser
import TopoDiagnostics
import TopoDriver
internal import TopoText

/// `topoc build`: compiles topologies and writes what they give.
struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Compile topologies into scripts, figures and a runbook.",
        discussion: """
            Each topology gets the folder OUT/NAME. Where one file has an error, nothing is written of any. Files that \
            are there with the same bytes are left alone; those of a former build that this one does not have are \
            removed; what topoc did not write is not touched. A file called - is standard input.
            """)

    @Argument(
        help: "The topology files, or folders of them; the only .topo file here where none is named.",
        completion: .topologies)
    var files: [String] = []

    @OptionGroup var options: CompileOptions

    @Option(
        help: ArgumentHelp(
            "Write the files of this backend alone: \(backendNames.joined(separator: ", ")).", valueName: "backend"),
        completion: .list(backendNames))
    var only: [String] = []

    @Flag(help: "Draw the figures too, l2.svg and l3.svg, with Graphviz's dot.")
    var svg = false

    func validate() throws {
        for name in only where !backendNames.contains(name) {
            throw ValidationError(
                "there is no backend \"\(name)\"; there are \(backendNames.joined(separator: ", "))")
        }
    }

    func run() throws {
        let frames = try options.frames()
        var compilations: [Compilation] = []
        var hasErrors = false
        for file in try topologyFiles(files) {
            guard let compilation = try options.compile(try readTopology(file), only: only, with: frames) else {
                hasErrors = true
                continue
            }
            guard !compilations.contains(where: { $0.name == compilation.name }) else {
                throw UsageError("two of these files are a topology \"\(compilation.name)\": its folder can hold one")
            }
            compilations.append(compilation)
        }
        guard !hasErrors else { throw Status.topologyHasErrors.thrown }
        // One that stops at a file of the user's stops all, before anything is written.
        if compilations.count > 1 {
            for compilation in compilations {
                try folder(of: compilation).look(at: compilation.artifacts, isPartial: !only.isEmpty)
            }
        }
        for compilation in compilations { try write(compilation) }
        guard !compilations.contains(where: \.isWrong) else { throw Status.topologyHasErrors.thrown }
    }

    private func folder(of compilation: Compilation) throws(FileError) -> OutputFolder {
        try OutputFolder(compilation.name, in: options.output, isForced: options.force)
    }

    private func write(_ compilation: Compilation) throws(FileError) {
        let folder = try folder(of: compilation)
        var summary = try folder.write(compilation.artifacts, isPartial: !only.isEmpty)
        if svg { summary.drawn = try drawFigures(of: compilation.artifacts, in: folder) }
        try options.say("\(visiblePath(folder.path)): \(summary)\n")
    }
}
