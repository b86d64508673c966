import ArgumentParser
import Glibc
import TopoDiagnostics
import TopoDriver
import TopoForwarding
import TopoModel
import TopoPlan
import TopoTemplates

/// What every command that compiles takes.
struct CompileOptions: ParsableArguments {
    @Option(
        name: .shortAndLong, help: ArgumentHelp("Where each topology gets its folder.", valueName: "folder"),
        completion: .directory)
    var output = "out"

    @Option(help: "Make all containers with this runtime, whatever the file says.")
    var runtime: Runtime?

    @Option(
        help: ArgumentHelp("Use the templates in this folder instead of the built-in ones.", valueName: "folder"),
        completion: .directory)
    var templates: String?

    @Option(help: "Treat warnings as errors, and write nothing.")
    var deny: Denied?

    @Option(help: "Whether messages are coloured; auto: on a terminal, unless NO_COLOR is set.")
    var color = ColorChoice.auto

    @Flag(
        help: """
            Build a wrong network too, as long as that is possible, to see a mistake at work. The errors are still \
            reported.
            """)
    var despiteErrors = false

    @Flag(help: "Replace files in the output folder that topoc did not write or that somebody has edited since.")
    var force = false

    @Flag(help: "Take automatic addresses that are not in the lock for an error, and write no lock.")
    var locked = false

    @OptionGroup var lock: LockOption

    @OptionGroup var quiet: QuietOption

    /// Says what was done, unless that is not wanted.
    /// - Throws: `FileError`.
    func say(_ summary: String) throws(FileError) { try quiet.say(summary) }

    /// Compiles a topology, and says what was found.
    /// - Parameters:
    ///   - isLocking: true where the automatic addresses will be locked by what is done next.
    ///   - despite: goes on where the network is wrong; as `--despite-errors` says where not given.
    ///   - assumptions: how the hosts' kernels are set up.
    /// - Returns: nil where it has errors, and is not wanted despite them.
    /// - Throws: `FileError`, `UsageError`.
    func compile(
        _ source: SourceFile, only: [String] = [], with frames: Templates, isLocking: Bool = false,
        despiteErrors despite: Bool? = nil, assuming assumptions: KernelAssumptions = .init()
    ) throws -> Compilation? {
        let despiteErrors = despite ?? despiteErrors
        do {
            let outcome = try TopoDriver.compile(
                source, runtime: runtime, only: only, despiteErrors: despiteErrors, assuming: assumptions,
                templates: frames)
            let findings = outcome.diagnostics.compactMap { finding in
                if locked, finding.code.isOfLock { return finding.asError }
                return isLocking && finding.code == .notLocked ? nil : finding
            }.denying(deny)
            try StandardStream.error.write(findings, of: source, as: .text, color: color)
            let isRefused = findings.hasErrors && !despiteErrors || locked && findings.contains { $0.code.isOfLock }
            return isRefused ? nil : outcome.output
        } catch let error as TemplateError {
            throw FileError("use", templates ?? "templates", because: "\(error)")
        }
    }

    /// The name of a topology, of which nothing is to be written.
    /// - Throws: `FileError`, `UsageError`, and `ExitCode` where it has errors, after they are told.
    func name(of path: String) throws -> String {
        let source = try lock.read(path)
        // Also a wrong network has a name, and may be up.
        let outcome = examine(source, runtime: runtime, despiteErrors: true)
        guard let examination = outcome.output else {
            try StandardStream.error.write(outcome.diagnostics, of: source, as: .text, color: color)
            throw Status.topologyHasErrors.thrown
        }
        return examination.topology.name.value
    }

    /// The templates: those built in, and in place of some those of the folder that was named.
    /// - Throws: `FileError`.
    func frames() throws -> Templates { try readFrames(templates) }
}

extension DiagnosticCode {
    /// True of what says that the lock would change.
    fileprivate var isOfLock: Bool { self == .notLocked || self == .addressRenumbered }
}
