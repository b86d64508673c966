import Glibc
import TopoDiagnostics
internal import TopoText

/// Writes a command's one result: to the file that the user named, whole or not at all, else to standard output.
///
/// Of a symbolic link it is the file behind it that is replaced; the link stays. No folder is made: a mistyped path would
/// leave one behind.
/// - Throws: `FileError`.
func writeResult(_ bytes: [UInt8], to path: String?) throws(FileError) {
    var place = ResultPlace(path)
    // As many links as the kernel follows (path_resolution(7)).
    for _ in 0...40 {
        switch place {
        case .descriptor(let number):
            return try write(bytes, toInherited: number, calledBy: path)
        case .file(let file):
            guard let behind = try writeFile(bytes, to: file) else { return }
            place = ResultPlace(behind)
        }
    }
    throw FileError("write", path ?? "", errno: ELOOP)
}

/// Writes to a descriptor that this process was started with: its own ones are all closed in other programs.
private func write(_ bytes: [UInt8], toInherited number: Int32, calledBy path: String?) throws(FileError) {
    let name = number == StandardStream.output.rawValue ? "standard output" : path ?? ""
    let flags = fcntl(number, F_GETFD)
    guard flags >= 0, flags & FD_CLOEXEC == 0 else { throw FileError("write", name, errno: EBADF) }
    guard writeAll(bytes, to: number) else { throw FileError("write", name) }
}

/// Writes a file, or, where there is a symbolic link, says where that leads to and writes nothing.
private func writeFile(_ bytes: [UInt8], to path: String) throws(FileError) -> String? {
    let (folder, name) = path.folderAndName
    guard ![[], Array(".".utf8), Array("..".utf8)].contains(Array(name.utf8)) else {
        throw FileError("write", path, because: "it is a folder: name a file")
    }
    let directory = try Directory(existing: folder.isEmpty ? "." : folder)
    let status = try directory.status(of: name)
    switch status.map({ $0.st_mode & S_IFMT }) {
    case S_IFDIR: throw FileError("write", path, because: "it is a folder: name a file")
    case S_IFLNK:
        let target = try directory.target(of: name)
        return target.utf8.first == UInt8(ascii: "/") || folder.isEmpty ? target : "\(folder)/\(target)"
    case nil, S_IFREG:
        directory.removeDrafts()
        try directory.write(name, mode: 0o644) { (file) throws(FileError) in
            guard file.write(bytes) else { throw FileError("write", path) }
        }
    default:
        // A device or a FIFO cannot be replaced; nothing is lost by writing to it.
        guard let file = FileDescriptor(open(ByteText.cString(path), O_WRONLY | O_CLOEXEC)), file.write(bytes) else {
            throw FileError("write", path)
        }
    }
    return nil
}
