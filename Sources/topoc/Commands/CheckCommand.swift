import ArgumentParser
import TopoDiagnostics
import TopoDriver
import TopoFindings
internal import TopoText

/// `topoc check`: says what is wrong with topologies, and mends what leaves no doubt.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Report the errors of topologies, and fix those that leave no doubt.",
        discussion: """
            Findings go to standard output. The exit status is 1 if a topology has errors. "topoc explain" says more \
            about a code. The file name - means standard input.
            """)

    @Argument(
        help: "Topology files, or folders of them; by default the only .topo file of this folder.",
        completion: .topologies)
    var files: [String] = []

    @Option(
        help: """
            text for people; short for editors, with a line for each finding; github for GitHub Actions, with a workflow \
            command for each; json or sarif (2.1.0) for programs, one document about all files.
            """)
    var format = FindingFormat.text

    @Option(help: "Treat warnings as errors.")
    var deny: Denied?

    @Flag(
        help: """
            First fix the errors that leave no doubt what was meant, and change nothing else; the changes are listed on \
            standard error, and the result is checked.
            """)
    var fix = false

    @Flag(help: "With --fix: show the changes as a diff for patch, and write nothing.")
    var dryRun = false

    @Option(help: "Whether findings are coloured; auto: on a terminal, unless NO_COLOR is set.")
    var color = ColorChoice.auto

    @OptionGroup var lock: LockOption

    func validate() throws {
        if dryRun, !fix { throw ValidationError("--dry-run shows what --fix would do: say both") }
        if fix, !dryRun, files.contains(where: isStandardInput) {
            throw ValidationError("--fix changes a file: name one, or say --dry-run to see the changes")
        }
    }

    func run() throws {
        var all: [FileFindings] = []
        let files = try topologyFiles(files)
        try lock.checkUse(by: files)
        for file in files {
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
        let source = try lock.read(path)
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
