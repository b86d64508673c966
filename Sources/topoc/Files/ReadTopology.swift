import Glibc
import TopoDiagnostics
internal import TopoText

/// Reads a topology file, whatever the path names.
///
/// No more than one byte over the limit is read: of a larger file the compiler says so itself, with its code.
/// - Throws: `FileError`, `UsageError`.
func readTopology(_ path: String) throws -> SourceFile {
    guard path != "-" else {
        throw UsageError("standard input is not read: name a file, by whose path messages can call it")
    }
    return SourceFile(path: path, bytes: try readRegularFile(path, upTo: topologySizeLimit + 1))
}

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
