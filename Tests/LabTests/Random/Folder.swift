import Foundation
import SideBySide

/// A folder of a test's own, gone with the value.
final class Folder {
    /// What a script did.
    struct Run {
        let status: Int32
        /// What it wrote, to its standard output and error alike.
        let text: String
    }

    private let place: URL

    init() throws {
        place = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-trials-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: place) }

    /// The path of something in it.
    func path(_ name: String) -> String { place.appendingPathComponent(name).path }

    /// Writes a file, and the folders that it is in.
    func write(_ text: String, to name: String, isExecutable: Bool = false) throws {
        let file = place.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: false, encoding: .utf8)
        guard isExecutable else { return }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    /// Runs one of its scripts on one processor, to its end or for so many seconds.
    func sh(_ script: String, _ arguments: String..., seconds: Int) throws -> Run {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = onProcessor(
            1, ["timeout", "-k", "10", String(seconds), "sh", path(script)] + arguments)
        process.standardInput = FileHandle.nullDevice
        try write("", to: "said")
        let output = try FileHandle(forWritingTo: place.appendingPathComponent("said"))
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus,
            text: String(decoding: try Data(contentsOf: place.appendingPathComponent("said")), as: UTF8.self))
    }
}
