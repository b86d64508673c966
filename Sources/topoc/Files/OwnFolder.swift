import Glibc
import TopoDiagnostics
internal import TopoText

/// A folder of this run's own below TMPDIR or /tmp, which nobody else can write to, gone when the run is over.
///
/// It is locked by this process and by those that it starts. One without a lock is left from a run that was killed and
/// has no process any more, and the next run takes it away.
struct OwnFolder: ~Copyable {
    /// Its path.
    let path: String
    private let folder: Directory

    private static let start = "topoc-lab-"

    /// Makes the folder, after a look for those that killed runs left.
    /// - Throws: `FileError`.
    init() throws(FileError) {
        let parent = temporaryParent
        OwnFolder.sweep(parent)
        while true {
            var template = ByteText.cString("\(parent)/\(OwnFolder.start)XXXXXX")
            guard mkdtemp(&template) != nil else { throw FileError("make a folder in", parent) }
            let path = ByteText.text(template.dropLast().map(UInt8.init(bitPattern:)))
            let folder = try Directory(making: path)
            // Before it was locked, another run may have taken it for a left one.
            var status = stat()
            if folder.lock(), lstat(template, &status) == 0, status.st_ino == folder.status?.st_ino {
                self.path = path
                self.folder = folder
                return
            }
        }
    }

    deinit { rmdir(ByteText.cString(path)) }

    /// Removes what topoc wrote into the folders of runs that were killed; anything else stays.
    private static func sweep(_ parent: String) {
        guard let all = try? Directory(making: parent) else { return }
        for name in all.names() where name.begins(with: start) && name.utf8.count == start.utf8.count + 6 {
            guard let left = try? all.folder(name), left.status?.st_uid == geteuid(), left.lock() else { continue }
            for inner in left.names() where (try? left.status(of: inner))??.isDirectory == true {
                if let folder = try? OutputFolder(inner, in: left.path) { folder.removeWhatCanBe() }
            }
            all.removeIfEmpty(name)
        }
    }
}

/// Where temporary files and folders are made: TMPDIR, or /tmp.
var temporaryParent: String {
    getenv("TMPDIR").map { ByteText.text(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? "/tmp"
}

/// A file without a name, gone with its descriptor. A pipe would have to be emptied while it is filled.
func temporaryFile() throws(FileError) -> FileDescriptor {
    let parent = temporaryParent
    var template = ByteText.cString("\(parent)/topoc-XXXXXX")
    guard let file = FileDescriptor(mkstemp(&template)) else { throw FileError("make a file in", parent) }
    unlink(template)
    return file
}
