import Glibc
import TopoDiagnostics
internal import TopoText

/// What tells a file from what was there under its name before, without reading it.
///
/// The time of the last change of its inode is in it: unlike that of its contents, no program sets it back.
struct FileStamp: Equatable {
    private let numbers: [Int]

    /// Looks at a file, or at what a symbolic link there leads to; nil where there is none, or it cannot be seen.
    init?(of path: String) {
        var status = stat()
        guard stat(ByteText.cString(path), &status) == 0 else { return nil }
        numbers = [
            Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino), status.st_size,
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }
}
