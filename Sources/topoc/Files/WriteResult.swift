import Glibc

/// Writes a command's one result: to the file that the user named, whole or not at all, else to standard output.
/// - Throws: `FileError`.
func writeResult(_ bytes: [UInt8], to path: String?) throws(FileError) {
    guard let path else {
        guard writeAll(bytes, to: StandardStream.output.rawValue) else { throw FileError("write", "standard output") }
        return
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last.map(String.init) ?? ""
    let folder = parts.dropLast().joined(separator: "/")
    guard !name.isEmpty, name != ".", name != ".." else {
        throw FileError("write", path, because: "it is a folder: name a file")
    }
    let directory = try Directory(making: path.hasPrefix("/") && folder.isEmpty ? "/" : folder.isEmpty ? "." : folder)
    if let status = try directory.status(of: name), status.isDirectory {
        throw FileError("write", path, because: "it is a folder: name a file")
    }
    // A device, as /dev/stdout, cannot be replaced; nothing is lost by writing to it.
    if let status = try directory.status(of: name), !status.isRegular {
        guard let file = FileDescriptor(open(path, O_WRONLY | O_CLOEXEC)), file.write(bytes) else {
            throw FileError("write", path)
        }
        return
    }
    try directory.write(name, mode: 0o644) { (file) throws(FileError) in
        guard file.write(bytes) else { throw FileError("write", path) }
    }
}
