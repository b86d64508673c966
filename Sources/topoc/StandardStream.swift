import ArgumentParser
import Glibc
import TopoDiagnostics
internal import TopoText

/// Standard output or standard error.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// Writes a text at once. A reader who has gone away is no reason to fail, nor is an error stream that takes nothing:
    /// there is nobody left to tell.
    /// - Throws: `FileError` where standard output takes no more, as on a full device.
    func write(_ text: String) throws(FileError) {
        guard !writeAll(ByteText.bytes(of: text), to: rawValue), errno != EPIPE else { return }
        switch self {
        case .output: throw FileError("write", "standard output")
        case .error: return
        }
    }

    /// Writes a message to standard error.
    static func say(_ text: String) { _ = writeAll(ByteText.bytes(of: text), to: StandardStream.error.rawValue) }

    /// Whether messages here are to have colour.
    ///
    /// Only a terminal that can show it, and a user who has not said no (https://no-color.org: set and not empty).
    func hasColor(_ choice: ColorChoice) -> Bool {
        switch choice {
        case .always: true
        case .never: false
        case .auto:
            isatty(rawValue) == 1 && environment("NO_COLOR").isEmpty && environment("TERM") != "dumb"
        }
    }

    private func environment(_ name: String) -> String {
        getenv(name).map { String(cString: $0) } ?? ""
    }
}

/// What `--color` says.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto
    case always
    case never
}
