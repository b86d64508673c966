import Glibc
import TopoDiagnostics
internal import TopoText

/// Reads a topology file, whatever the path names; `-` is standard input.
///
/// The lock of its automatic addresses is read with it, where there is one: at the path that is said, or else beside it.
///
/// No more than one byte over the limit is read: of a larger file the compiler says so itself, with its code.
/// - Throws: `FileError`.
func readTopology(_ path: String, lock: String? = nil) throws(FileError) -> SourceFile {
    guard !isStandardInput(path) else {
        guard let bytes = readAll(STDIN_FILENO, upTo: topologySizeLimit + 1) else {
            throw FileError("read", "standard input")
        }
        return SourceFile(path: "standard input", bytes: bytes, lock: try readLock(lock))
    }
    let bytes = try readRegularFile(path, upTo: topologySizeLimit + 1)
    return SourceFile(path: path, bytes: bytes, lock: try readLock(lock ?? lockPath(of: path)))
}

/// The path of the lock of a topology's automatic addresses.
func lockPath(of topology: String) -> String { "\(topology).lock" }

/// A lock; nil where there is none, or no path.
/// - Throws: `FileError`.
private func readLock(_ path: String?) throws(FileError) -> [UInt8]? {
    guard let path, access(ByteText.cString(path), F_OK) == 0 || errno != ENOENT else { return nil }
    return try readRegularFile(path, upTo: topologySizeLimit + 1)
}

/// Whether a word of the command line is the one for standard input.
func isStandardInput(_ path: String) -> Bool { path.utf8.elementsEqual("-".utf8) }

/// The most that a topology file may hold, 16 MiB.
private let topologySizeLimit = 16 << 20

/// Reads a file that must be a regular one, up to `limit` bytes.
/// - Throws: `FileError`.
func readRegularFile(_ path: String, upTo limit: Int) throws(FileError) -> [UInt8] {
    // Without O_NONBLOCK, opening a FIFO that nobody writes to never returns.
    guard let file = FileDescriptor(open(ByteText.cString(path), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) else {
        throw FileError("read", path)
    }
    guard let status = file.status else { throw FileError("read", path) }
    guard !status.isDirectory else {
        throw FileError("read", path, because: "it is a directory: name a file")
    }
    guard status.isRegular else {
        throw FileError("read", path, because: "it is no regular file: save what it gives in a file first")
    }
    guard let bytes = file.bytes(upTo: limit) else { throw FileError("read", path) }
    return bytes
}
