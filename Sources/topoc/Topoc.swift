import ArgumentParser

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
            BuildCommand.self,
            CheckCommand.self,
            ExplainCommand.self,
            SchemaCommand.self,
            GraphCommand.self,
            TraceCommand.self,
            ReachCommand.self,
            LabCommand.self,
            ReportCommand.self,
            WatchCommand.self,
        ])

    /// What `topoc --version` prints; the newest heading of CHANGELOG.md says the same.
    static let version = "0.1.0"
}

/// Where the process begins: runs the command and turns whatever stops it into a message and an exit status.
@main
enum Main {
    static func main() {
        do {
            var command = try Topoc.parseAsRoot()
            try command.run()
        } catch let error as FileError {
            fail("error: \(error)", .file)
        } catch let error as UsageError {
            fail("error: \(error)", .usage)
        } catch {
            exit(for: error)
        }
    }

    /// Ends as ArgumentParser asks: help and version on standard output, mistakes on standard error.
    private static func exit(for error: any Error) -> Never {
        let code = Topoc.exitCode(for: error)
        let message = Topoc.fullMessage(for: error)
        if code == .success {
            StandardStream.output.write(message + "\n")
            Status.fine.end()
        }
        if code == .validationFailure { fail(message, .usage) }
        if !message.isEmpty { StandardStream.error.write(message + "\n") }
        Status.end(with: code.rawValue)
    }

    private static func fail(_ message: String, _ status: Status) -> Never {
        StandardStream.error.write(message + "\n")
        status.end()
    }
}
