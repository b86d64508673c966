import Glibc
import TopoDiagnostics
internal import TopoText

/// A file that could not be read or written: what was tried, on what, and why it failed.
struct FileError: Error, CustomStringConvertible {
    let description: String

    /// Says it in words: `cannot read "a.topo": it is a directory`.
    init(_ action: String, _ path: String, because reason: String) {
        description = "cannot \(action) \"\(visiblePath(path))\": \(reason)"
    }

    /// Says it in the words of the system call that has just failed.
    init(_ action: String, _ path: String, errno code: Int32 = errno) {
        self.init(action, path, because: FileError.reason(code))
    }

    /// The C library's words, beginning in lower case as our messages do.
    static func reason(_ code: Int32) -> String {
        guard let words = strerror(code) else { return "error \(code)" }
        let text = String(cString: words).unicodeScalars
        return Substring(text.prefix(1)).lowercased() + Substring(text.dropFirst())
    }
}
