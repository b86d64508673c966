import ArgumentParser
import Glibc
import TopoDiagnostics
internal import TopoText

/// The command: arguments in, files and an exit status out; all else is the libraries'.
struct Topoc: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topoc",
        abstract: "Compiles a topology file into the scripts and figures of a container network.",
        discussion: """
            Exit status: 0 fine, 1 the topology has errors, 2 usage, 3 a file could not be read or written. \
            "topoc lab" gives the status of the lab's own script.
            """,
        version: version,
        subcommands: [
            InitCommand.self,
            FormatCommand.self,
            BuildCommand.self,
            CheckCommand.self,
            ExplainCommand.self,
            SchemaCommand.self,
            ExpandCommand.self,
            GraphCommand.self,
            TraceCommand.self,
            ReachCommand.self,
            LabCommand.self,
            ReportCommand.self,
            WatchCommand.self,
            ManualCommand.self,
        ])

    /// What `topoc --version` prints; the newest heading of CHANGELOG.md says the same.
    static let version = "0.1.0"
}

/// Where the process begins: runs the command and turns whatever stops it into a message and an exit status.
@main
enum Main {
    static func main() {
        do {
            if let error = unknownCommand(words) { throw error }
            var command = try Topoc.parseAsRoot(words)
            try command.run()
        } catch let error as FileError {
            fail("error: \(error)", .file)
        } catch let error as UsageError {
            fail(visibleLines("error: \(error)"), .usage)
        } catch {
            exit(for: error)
        }
    }

    /// The command line's words without the command itself, also such that are not UTF-8.
    private static var words: [String] {
        UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)).dropFirst().compactMap {
            word in
            word.map { ByteText.text(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
        }
    }

    /// Ends as ArgumentParser asks: help and version on standard output, mistakes on standard error.
    private static func exit(for error: any Error) -> Never {
        let code = Topoc.exitCode(for: error)
        // Words of the command line are in it, which nobody has looked at yet.
        let message = visibleLines(Topoc.fullMessage(for: error))
        if code == .success {
            do throws(FileError) {
                try StandardStream.output.write(message + "\n")
            } catch {
                fail("error: \(error)", .file)
            }
            Status.fine.end()
        }
        if code == .validationFailure { fail(message, .usage) }
        if !message.isEmpty { StandardStream.say(message + "\n") }
        Status.end(with: code.rawValue)
    }

    private static func visibleLines(_ text: String) -> String {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { visiblePath(String($0)) }
            .joined(separator: "\n")
    }

    private static func fail(_ message: String, _ status: Status) -> Never {
        StandardStream.say(message + "\n")
        status.end()
    }
}
