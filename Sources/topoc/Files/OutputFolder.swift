import Glibc
import TopoEmit

/// The folder of one topology's output, `out/NAME`: brought to hold the files of a build, and nothing of a former one.
struct OutputFolder: ~Copyable {
    /// What is there in place of an artifact.
    private enum Presence {
        case same
        case otherMode
        case missing
        case different
    }

    private let root: Directory
    /// True to replace files that topoc did not write.
    private let isForced: Bool

    /// The folder's path.
    var path: String { root.path }

    /// Opens `NAME` in `parent`, and makes both where they are not there.
    /// - Throws: `FileError`.
    init(_ name: String, in parent: String, isForced: Bool = false) throws(FileError) {
        guard Manifest.isBelow(name), !name.contains("/") else {
            throw FileError("make the folder", name, because: "the topology's name cannot be a folder's")
        }
        root = try Directory(making: parent).makeFolder(name)
        self.isForced = isForced
    }

    /// Brings the folder to hold exactly these files of topoc's, after a look at all of them.
    /// - Parameter isPartial: some backends alone were asked: what the others wrote before stays.
    /// - Throws: `FileError`; where the look finds a file that topoc must not replace, nothing has been changed.
    func write(_ artifacts: [Artifact], isPartial: Bool) throws(FileError) -> WriteSummary {
        let former = try manifest()
        var summary = WriteSummary(files: artifacts.count)
        var changes: [(artifact: Artifact, presence: Presence)] = []
        let owned = Set(former.paths)
        for artifact in artifacts {
            let presence = try self.presence(of: artifact)
            if case .different = presence, !isForced, !owned.contains(artifact.path) {
                throw FileError(
                    "replace", root.path(of: artifact.path),
                    because: "topoc did not write it: move it away, or say --force")
            }
            if case .same = presence { continue }
            changes.append((artifact, presence))
        }
        let present = Set(artifacts.map(\.path))
        let stale = isPartial ? [] : former.paths.filter { !present.contains($0) }
        // The list first, with what was and what will be: a stop from here on leaves no file that nobody owns.
        try record(Manifest(former.paths + artifacts.map(\.path)), replacing: former)
        for change in changes { try write(change.artifact, change.presence) }
        for path in stale where try remove(path) { summary.removed += 1 }
        try record(Manifest(isPartial ? former.paths + present : Array(present)), replacing: nil)
        summary.written = changes.count
        return summary
    }

    /// Adds a file that something else fills, as Graphviz a figure.
    /// - Throws: `FileError`, its own or that of `filling`.
    func add(_ path: String, filling: (borrowing FileDescriptor) throws(FileError) -> Void) throws(FileError) {
        let former = try manifest()
        try record(Manifest(former.paths + [path]), replacing: former)
        let (folders, name) = OutputFolder.split(path)
        try withFolder(folders) { (folder) throws(FileError) in
            try folder.write(name, mode: 0o644, filling: filling)
        }
    }

    /// Removes all that topoc wrote here, and the folder where that leaves it empty; says what could not be removed.
    func removeWhatCanBe() {
        do throws(FileError) {
            for path in try manifest().paths { _ = try remove(path) }
            try root.remove(Manifest.name)
        } catch {
            StandardStream.error.write("warning: \(error)\n")
        }
        rmdir(root.path)
    }
}

extension OutputFolder {
    /// The most that the list of written files may hold, 64 MiB: it is read whole.
    private static var manifestLimit: Int { 64 << 20 }

    private func manifest() throws(FileError) -> Manifest {
        guard try root.status(of: Manifest.name) != nil else { return Manifest([]) }
        let bytes = try root.read(Manifest.name, upTo: OutputFolder.manifestLimit)
        return Manifest(reading: String(decoding: bytes, as: UTF8.self))
    }

    private func record(_ manifest: Manifest, replacing former: Manifest?) throws(FileError) {
        let present = if let former { former } else { try self.manifest() }
        guard manifest != present else { return }
        try root.write(Manifest.name, mode: 0o644, text: manifest.text)
    }

    private func presence(of artifact: Artifact) throws(FileError) -> Presence {
        guard Manifest.isBelow(artifact.path) else {
            throw FileError("write", artifact.path, because: "it does not lie below \"\(root.path)\"")
        }
        let (folders, name) = OutputFolder.split(artifact.path)
        return try withExistingFolder(folders) { (folder) throws(FileError) -> Presence in
            guard let status = try folder.status(of: name) else { return .missing }
            guard status.isRegular else {
                throw FileError("replace", folder.path(of: name), because: "it is no regular file")
            }
            guard status.st_size == artifact.contents.utf8.count,
                try folder.read(name, upTo: Int(status.st_size)) == Array(artifact.contents.utf8)
            else { return .different }
            return status.st_mode & 0o777 == artifact.mode ? .same : .otherMode
        } ?? .missing
    }

    private func write(_ artifact: Artifact, _ presence: Presence) throws(FileError) {
        let (folders, name) = OutputFolder.split(artifact.path)
        try withFolder(folders) { (folder) throws(FileError) in
            switch presence {
            case .same: break
            case .otherMode: try folder.setMode(artifact.mode, of: name)
            case .missing, .different:
                try folder.write(name, mode: artifact.mode, text: artifact.contents)
            }
        }
    }

    /// Removes a file of a former build, and the folders that it leaves empty.
    private func remove(_ path: String) throws(FileError) -> Bool {
        let (folders, name) = OutputFolder.split(path)
        let isRemoved = try withExistingFolder(folders) { (folder) throws(FileError) -> Bool in
            guard let status = try folder.status(of: name), !status.isDirectory else { return false }
            try folder.remove(name)
            return true
        }
        for count in stride(from: folders.count, to: 0, by: -1) {
            _ = try withExistingFolder(Array(folders[..<(count - 1)])) { $0.removeIfEmpty(folders[count - 1]) }
        }
        return isRemoved ?? false
    }

    /// Does something in a folder below this one, made where it is not there.
    private func withFolder(
        _ names: [String], _ body: (borrowing Directory) throws(FileError) -> Void
    ) throws(FileError) {
        guard let first = names.first else { return try body(root) }
        var folder = try root.makeFolder(first)
        for name in names.dropFirst() { folder = try folder.makeFolder(name) }
        try body(folder)
    }

    /// Does something in a folder below this one; nil where it is not there.
    private func withExistingFolder<Result>(
        _ names: [String], _ body: (borrowing Directory) throws(FileError) -> Result
    ) throws(FileError) -> Result? {
        guard let first = names.first else { return try body(root) }
        guard var folder = try root.folder(first) else { return nil }
        for name in names.dropFirst() {
            guard let next = try folder.folder(name) else { return nil }
            folder = next
        }
        return try body(folder)
    }

    private static func split(_ path: String) -> (folders: [String], name: String) {
        var parts = path.split(separator: "/").map(String.init)
        let name = parts.removeLast()
        return (parts, name)
    }
}

extension Artifact {
    /// The mode of its file, whatever the umask: the same on any machine.
    fileprivate var mode: mode_t { isExecutable ? 0o755 : 0o644 }
}
