import ArgumentParser
import TopoDiagnostics
import TopoDriver
import TopoFindings
internal import TopoText

/// `topoc check`: says what is wrong with topologies, and mends what leaves no doubt.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say what is wrong with topologies, and mend what leaves no doubt.",
        discussion: """
            What is found goes to standard output. The exit status is 1 where a topology has errors. "topoc explain" \
            says more about a code. A file called - is standard input.
            """)

    @Argument(
        help: "The topology files, or folders of them; the only .topo file here where none is named.",
        completion: .topologies)
    var files: [String] = []

    @Option(
        help: """
            text for a person; short for an editor: a line a finding; github for GitHub Actions: a workflow command a \
            finding; json, or sarif (2.1.0), for programs: one document about all files.
            """)
    var format = FindingFormat.text

    @Option(help: "Take warnings for errors.")
    var deny: Denied?

    @Flag(
        help: """
            First change the files where there is no doubt what was meant, and nothing else in them; what is changed \
            goes to standard error, and what is left is checked.
            """)
    var fix = false

    @Flag(help: "With --fix: show the changes as a diff for patch, and write nothing.")
    var dryRun = false

    @Option(help: "When findings have colour: where a terminal shows them and NO_COLOR is not set, unless said here.")
    var color = ColorChoice.auto

    func validate() throws {
        if dryRun, !fix { throw ValidationError("--dry-run shows what --fix would do: say both") }
        if fix, !dryRun, files.contains(where: isStandardInput) {
            throw ValidationError("--fix changes a file: name one, or say --dry-run to see the changes")
        }
    }

    func run() throws {
        var all: [FileFindings] = []
        for file in try topologyFiles(files) {
            var (source, found) = try checked(file)
            found = found.denying(deny)
            if !dryRun { try StandardStream.output.write(found, of: source, as: format, color: color, isFixing: fix) }
            all.append(FileFindings(source, found))
        }
        if !dryRun { try StandardStream.output.write(all, as: format) }
        guard !all.contains(where: \.diagnostics.hasErrors) else { throw Status.topologyHasErrors.thrown }
    }

    /// A file with what is found in it; mended, where that was asked for.
    private func checked(_ path: String) throws -> (SourceFile, [Diagnostic]) {
        let source = try readTopology(path)
        guard fix else { return (source, findings(in: source)) }
        let mending = mend(source)
        if dryRun {
            try StandardStream.output.write(difference(from: source, to: mending.source))
        } else if !mending.changes.isEmpty {
            try replaceTopology(source, with: mending.source)
            try StandardStream.error.write(mending.changes.map { $0.report(path) + "\n" }.joined())
        }
        return (mending.source, mending.diagnostics)
    }
}

extension Mending.Change {
    /// `a.topo:5:7: fixed[T0201]: adress → address`
    fileprivate func report(_ path: String) -> String {
        let place = "\(visiblePath(path)):\(position.line):\(position.column)"
        return "\(place): fixed[\(code.rawValue)]: \(visible(removed)) → \(visible(written))"
    }
}
