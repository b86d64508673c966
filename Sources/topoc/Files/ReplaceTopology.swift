import Glibc
import TopoDiagnostics

/// Puts a changed topology in the place of the file that was read.
///
/// It is written beside the file, to the disk, and takes its name in one step: whoever reads it meanwhile sees the old
/// one or the new one. Of a symbolic link it is the file behind it that is replaced; mode and owner are kept.
/// - Throws: `FileError`; the file is then as it was.
func replaceTopology(_ old: SourceFile, with new: SourceFile) throws(FileError) {
    guard let (folderPath, name) = resolvedPath(old.path)?.folderAndName else { throw FileError("write", old.path) }
    let folder = try Directory(making: folderPath)
    folder.removeDrafts()
    guard let status = try folder.status(of: name), status.isRegular else {
        throw FileError("write", old.path, because: "it is no regular file any more")
    }
    guard status.st_nlink == 1 else {
        throw FileError(
            "write", old.path, because: "it has \(status.st_nlink) names (hard links), and would lose the others")
    }
    guard try folder.read(name, upTo: old.bytes.count + 1) == old.bytes else {
        throw FileError("write", old.path, because: "it has changed since it was read: run this again")
    }
    try folder.write(name, mode: status.st_mode & 0o7777) { (file) throws(FileError) in
        guard file.status?.isOwned(as: status) == true || fchown(file.number, status.st_uid, status.st_gid) == 0 else {
            throw FileError("keep the owner of", old.path)
        }
        guard file.write(new.bytes), fsync(file.number) == 0 else {
            throw FileError("write", old.path)
        }
    }
}

extension stat {
    /// True where both belong to the same user and group.
    fileprivate func isOwned(as other: stat) -> Bool { st_uid == other.st_uid && st_gid == other.st_gid }
}
