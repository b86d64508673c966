import Foundation

/// A folder for one test, gone with it.
final class Scratch {
    let url: URL
    private let aside: URL

    init() throws {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-test-\(UUID().uuidString)")
        url = base.appendingPathComponent("work")
        aside = base.appendingPathComponent("aside")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: aside, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url.deletingLastPathComponent()) }

    /// A new empty file beside the folder, where listings do not see it.
    func hidden(_ name: String) -> URL {
        let file = aside.appendingPathComponent(name)
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        return file
    }

    /// The path of something in the folder.
    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Writes a file, and the folders to it.
    func write(_ text: String, to name: String) throws {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: false, encoding: .utf8)
    }

    /// Reads a file.
    func read(_ name: String) throws -> String {
        try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
    }

    /// The paths of everything below a folder that is no folder itself, sorted.
    func files(below name: String = ".") throws -> [String] {
        let root = url.appendingPathComponent(name).path
        guard FileManager.default.fileExists(atPath: root) else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: root).filter { path in
            let attributes = try FileManager.default.attributesOfItem(atPath: root + "/" + path)
            return attributes[.type] as? FileAttributeType != .typeDirectory
        }.sorted()
    }

    /// A file's mode bits.
    func mode(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return attributes[.posixPermissions] as? Int ?? 0
    }

    /// Which file it is: another one of the same name has another number.
    func inode(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return attributes[.systemFileNumber] as? Int ?? 0
    }
}
