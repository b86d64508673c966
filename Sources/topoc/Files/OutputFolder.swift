import Glibc
import TopoDiagnostics
import TopoEmit
internal import TopoText

/// The folder of one topology's output, `out/NAME`: brought to hold the files of a build, and nothing of a former one.
struct OutputFolder: ~Copyable {
    /// What is there in place of an artifact.
    private enum Presence {
        case same
        case otherMode
        case missing
        case different
    }

    /// An artifact that is not there as it will be.
    private struct Change {
        let artifact: Artifact
        let path: PathBelow
        let presence: Presence
    }

    private let root: Directory
    /// True to replace files that topoc did not write.
    private let isForced: Bool

    /// The folder's path.
    var path: String { root.path }

    /// Opens `NAME` in `parent`, and makes both where they are not there.
    /// - Throws: `FileError`.
    init(_ name: String, in parent: String, isForced: Bool = false) throws(FileError) {
        guard let path = PathBelow(name), path.folders.isEmpty else {
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
        let (changes, stale, present) = try look(at: artifacts, isPartial: isPartial, former)
        var summary = WriteSummary(files: artifacts.count)
        try removeDrafts(besides: former.paths + present.paths)
        // The list first, with what was and what will be: a stop from here on leaves no file that nobody owns, and none
        // that seems to be edited.
        try record(former.joined(with: present), replacing: former)
        for run in changes.runs(of: \.path.folders) { try write(run) }
        for path in stale where try remove(path) { summary.removed += 1 }
        try record(isPartial ? former.replaced(by: present) : present, replacing: nil)
        summary.written = changes.count
        return summary
    }

    /// Looks whether ``write(_:isPartial:)`` would stop at a file that topoc must not replace.
    /// - Throws: `FileError` where it would.
    func look(at artifacts: [Artifact], isPartial: Bool) throws(FileError) {
        _ = try look(at: artifacts, isPartial: isPartial, try manifest())
    }

    /// What is to be written, the files of a former build that are to be removed, and the list of those that will be there.
    private func look(
        at artifacts: [Artifact], isPartial: Bool, _ former: Manifest
    ) throws(FileError) -> (changes: [Change], stale: [PathBelow], present: Manifest) {
        var paths: [PathBelow] = []
        var present = Manifest()
        for artifact in artifacts {
            let path = try below(artifact.path)
            paths.append(path)
            present.list(path, sha256(artifact.contents.utf8))
        }
        let changes = try self.changes(artifacts, at: paths, owned: Set(former.paths))
        let stale = isPartial ? [] : former.paths.filter { present.digests[$0] == nil }
        if !isForced {
            let replaced = changes.filter { $0.presence == .different }.map(\.path)
            try refuseEdited(try edited(replaced + stale, since: former))
        }
        return (changes, stale, present)
    }

    /// Adds a file beside those of a build, as a figure that Graphviz has drawn.
    /// - Throws: `FileError`.
    func add(_ name: String, _ bytes: [UInt8]) throws(FileError) {
        let former = try manifest()
        let path = try below(name)
        var present = Manifest()
        present.list(path, sha256(bytes))
        try record(former.joined(with: present), replacing: former)
        try withFolder(path.folders) { (folder) throws(FileError) in
            try folder.write(path.name, mode: 0o644, bytes: bytes)
        }
        try record(former.replaced(by: present), replacing: nil)
    }

    /// Removes all that topoc wrote here, and the folder where that leaves it empty; says what could not be removed.
    func removeWhatCanBe() {
        do throws(FileError) {
            let paths = try manifest().paths
            try removeDrafts(besides: paths)
            for path in paths { _ = try remove(path) }
            try root.remove(Manifest.name)
        } catch {
            StandardStream.say("warning: \(error)\n")
        }
        rmdir(ByteText.cString(root.path))
    }
}

extension OutputFolder {
    /// The most that the list of written files may hold, 64 MiB: it is read whole.
    private static var manifestLimit: Int { 64 << 20 }

    private func manifest() throws(FileError) -> Manifest {
        guard try root.status(of: Manifest.name) != nil else { return Manifest() }
        let bytes = try root.read(Manifest.name, upTo: OutputFolder.manifestLimit)
        return Manifest(reading: bytes)
    }

    private func record(_ manifest: Manifest, replacing former: Manifest?) throws(FileError) {
        let present = if let former { former } else { try self.manifest() }
        guard manifest != present else { return }
        try root.write(Manifest.name, mode: 0o644, text: manifest.text)
    }

    private func below(_ text: String) throws(FileError) -> PathBelow {
        guard let path = PathBelow(text) else {
            throw FileError("write", text, because: "it does not lie below \"\(visiblePath(root.path))\"")
        }
        return path
    }

    /// Those of topoc's files that hold what topoc did not write.
    private func edited(_ paths: [PathBelow], since former: Manifest) throws(FileError) -> [PathBelow] {
        var edited: [PathBelow] = []
        for path in paths {
            let isEdited = try withExistingFolder(path.folders) { (folder) throws(FileError) -> Bool in
                guard let status = try folder.status(of: path.name), status.isRegular else { return false }
                return former.isEdited(path, try folder.read(path.name, upTo: Int(status.st_size)))
            }
            if isEdited == true { edited.append(path) }
        }
        return edited.sorted()
    }

    private func refuseEdited(_ paths: [PathBelow]) throws(FileError) {
        guard let first = paths.first else { return }
        let way = "keep the changes elsewhere, then say --force to have what topoc makes"
        guard paths.count > 1 else {
            throw FileError(
                "replace", root.path(of: first.text), because: "it was edited since topoc wrote it: \(way)")
        }
        let shown = paths.prefix(10).map { "\"\(visiblePath($0.text))\"" }.joined(separator: ", ")
        let more = paths.count > 10 ? " and \(paths.count - 10) more" : ""
        throw FileError(
            "write into", root.path, because: "\(shown)\(more) were edited since topoc wrote them: \(way)")
    }

    /// What is not as it will be; a file that topoc must not replace is an error.
    private func changes(
        _ artifacts: [Artifact], at paths: [PathBelow], owned: Set<PathBelow>
    ) throws(FileError) -> [Change] {
        var changes: [Change] = []
        for run in Array(zip(artifacts, paths)).runs(of: \.1.folders) {
            let folders = run[run.startIndex].1.folders
            let found = try withExistingFolder(folders) { (folder) throws(FileError) -> [Presence] in
                var found: [Presence] = []
                for (artifact, path) in run { found.append(try presence(of: artifact, as: path.name, in: folder)) }
                return found
            }
            for (index, (artifact, path)) in run.enumerated() {
                let presence = found?[index] ?? .missing
                switch presence {
                case .same: continue
                case .different where !isForced && !owned.contains(path):
                    throw FileError(
                        "replace", root.path(of: path.text),
                        because: "topoc did not write it: move it away, or say --force")
                case .different, .otherMode, .missing:
                    changes.append(Change(artifact: artifact, path: path, presence: presence))
                }
            }
        }
        return changes
    }

    /// Removes temporary files that builds left which were killed, in the folders of these files.
    private func removeDrafts(besides paths: [PathBelow]) throws(FileError) {
        for folders in Set(paths.map(\.folders)).union([[]]) {
            _ = try withExistingFolder(folders) { (folder) throws(FileError) -> Void in folder.removeDrafts() }
        }
    }

    private func presence(
        of artifact: Artifact, as name: String, in folder: borrowing Directory
    ) throws(FileError) -> Presence {
        guard let status = try folder.status(of: name) else { return .missing }
        guard status.isRegular else {
            throw FileError("replace", folder.path(of: name), because: "it is no regular file")
        }
        guard status.st_size == artifact.contents.utf8.count,
            try folder.read(name, upTo: Int(status.st_size)) == Array(artifact.contents.utf8)
        else { return .different }
        return status.st_mode & 0o777 == artifact.mode ? .same : .otherMode
    }

    /// Makes changes in one folder.
    private func write(_ changes: ArraySlice<Change>) throws(FileError) {
        guard let folders = changes.first?.path.folders else { return }
        try withFolder(folders) { (folder) throws(FileError) in
            for change in changes {
                switch change.presence {
                case .same: break
                case .otherMode: try folder.setMode(change.artifact.mode, of: change.path.name)
                case .missing, .different:
                    try folder.write(change.path.name, mode: change.artifact.mode, text: change.artifact.contents)
                }
            }
        }
    }

    /// Removes a file of a former build, and the folders that it leaves empty.
    private func remove(_ path: PathBelow) throws(FileError) -> Bool {
        let folders = path.folders
        let isRemoved = try withExistingFolder(folders) { (folder) throws(FileError) -> Bool in
            guard let status = try folder.status(of: path.name), !status.isDirectory else { return false }
            try folder.remove(path.name)
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
}

extension Artifact {
    /// The mode of its file, whatever the umask: the same on any machine.
    fileprivate var mode: mode_t { isExecutable ? 0o755 : 0o644 }
}

extension Array {
    /// The elements in runs of those with the same key, one after the other.
    fileprivate func runs<Key: Equatable>(of key: (Element) -> Key) -> [ArraySlice<Element>] {
        var runs: [ArraySlice<Element>] = []
        var start = startIndex
        for index in indices where index > start && key(self[index]) != key(self[start]) {
            runs.append(self[start..<index])
            start = index
        }
        return isEmpty ? [] : runs + [self[start...]]
    }
}
