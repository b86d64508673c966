import Glibc
import TopoDiagnostics
internal import TopoText

/// Writes a file under a name that nothing has yet, not even a symbolic link; whole or not at all.
/// - Throws: `FileError`; what is there under that name stays as it is.
func writeNewFile(_ bytes: [UInt8], to path: String) throws(FileError) {
    let name = ByteText.cString(path)
    guard let file = FileDescriptor(open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)) else {
        guard errno != EEXIST else {
            throw FileError("write", path, because: "it is there already: give another name, or move it away")
        }
        throw FileError("write", path)
    }
    guard file.write(bytes) else {
        let code = errno
        unlink(name)
        throw FileError("write", path, errno: code)
    }
}
