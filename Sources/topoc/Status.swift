import ArgumentParser
import Glibc

/// How the process ends, for those who call it.
enum Status: Int32 {
    /// All was done.
    case fine = 0
    /// A topology has errors.
    case topologyHasErrors = 1
    /// The command line is wrong.
    case usage = 2
    /// A file could not be read or written.
    case file = 3

    /// Ends the process.
    func end() -> Never { Status.end(with: rawValue) }

    /// Ends the process with the status of something else, as of a lab's script.
    static func end(with code: Int32) -> Never { exit(code) }

    /// To be thrown: ends the process without a message, all having been said.
    var thrown: ExitCode { ExitCode(rawValue) }
}
