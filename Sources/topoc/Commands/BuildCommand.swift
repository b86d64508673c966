import ArgumentParser
import TopoDiagnostics
import TopoDriver
internal import TopoText

/// `topoc build`: compiles topologies and writes what they give.
struct BuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Compile topologies into scripts, figures and a runbook.",
        discussion: """
            Each topology is written into its own folder, OUT/NAME. If any file has an error, nothing is written at \
            all. topoc leaves unchanged files alone, removes those that an earlier build wrote and this one doesn't, \
            and never touches a file that it didn't write. What "address: auto" stands for is kept in FILE.lock, \
            beside the topology. The file name - means standard input.
            """)

    @Argument(
        help: "Topology files, or folders of them; by default the only .topo file of this folder.",
        completion: .topologies)
    var files: [String] = []

    @OptionGroup var options: CompileOptions

    @Option(
        help: ArgumentHelp(
            "Write only the files of this backend: \(backendNames.joined(separator: ", ")).", valueName: "backend"),
        completion: .list(backendNames))
    var only: [String] = []

    @Flag(help: "Also draw the figures l2.svg and l3.svg with Graphviz's dot.")
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
        var locks: [(bytes: [UInt8], topology: String)] = []
        var hasErrors = false
        let files = try topologyFiles(files)
        try options.lock.checkUse(by: files)
        for file in files {
            let source = try options.lock.read(file)
            guard let compilation = try options.compile(source, only: only, with: frames, isLocking: true) else {
                hasErrors = true
                continue
            }
            guard !compilations.contains(where: { $0.name == compilation.name }) else {
                throw UsageError("two of these files are a topology \"\(compilation.name)\": its folder can hold one")
            }
            compilations.append(compilation)
            if !options.locked, let lock = compilation.newLock { locks.append((lock, file)) }
        }
        guard !hasErrors else { throw Status.topologyHasErrors.thrown }
        // One that stops at a file of the user's stops all, before anything is written.
        if compilations.count > 1 {
            for compilation in compilations {
                try folder(of: compilation).look(at: compilation.artifacts, isPartial: !only.isEmpty)
            }
        }
        // First of all: what was built of addresses that no lock keeps could not be built again.
        for lock in locks { try options.lock.write(lock.bytes, of: lock.topology) }
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
