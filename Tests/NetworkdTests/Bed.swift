import Foundation
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoModel
import TopoTemplates

/// A topology in a folder, and hosts for it that are configured by real systemd-networkds.
final class Bed {
    /// A topology that does not compile.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// What commands in the bed did.
    struct Run {
        let status: Int32
        /// What they wrote, to their standard output and error alike.
        let text: String
        var lines: [String] { text.split(separator: "\n").map(String.init) }
    }

    /// The project's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Why the tests cannot run here; nil where they can.
    static let obstacle: String? = {
        guard getuid() == 0 else { return "hosts with systemd-networkd need root" }
        let programs = [
            "/lib/systemd/systemd-networkd", "/usr/bin/unshare", "/usr/bin/nsenter", "/usr/sbin/netplan",
        ]
        let missing = programs.filter { !FileManager.default.isExecutableFile(atPath: $0) }
        return missing.isEmpty ? nil : "not installed: \(missing.joined(separator: ", "))"
    }()

    /// True where the tests are to run: with CI set they run anyway, and fail where something is missing.
    static let isThere = obstacle == nil || ProcessInfo.processInfo.environment["CI"] != nil

    /// The topology's folder.
    let folder: URL

    /// Compiles one of the project's topologies, or with a folder one of its fixtures, for bare namespaces.
    convenience init(_ name: String) throws {
        let path = name.contains("/") ? "Tests/Fixtures/\(name)" : "topologies/\(name)"
        let file = Bed.root.appendingPathComponent("\(path).topo")
        try self.init(text: String(contentsOf: file, encoding: .utf8))
    }

    /// Compiles a topology, for bare namespaces.
    init(text: String) throws {
        let source = SourceFile(path: "test.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, runtime: .netns, templates: Templates())
        guard let compilation = outcome.output else {
            throw Refused(description: outcome.diagnostics.map(\.message).joined(separator: "\n"))
        }
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-networkd-\(UUID().uuidString)")
        for artifact in compilation.artifacts {
            let file = folder.appendingPathComponent(artifact.path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try artifact.contents.write(to: file, atomically: false, encoding: .utf8)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Makes the bed, runs commands in the words of `bed.sh`, and ends it.
    func run(_ commands: String, seconds: Int = 60) throws -> Run {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("bed.sh").path
        process.arguments =
            ["timeout", "-k", "5", String(seconds), "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"]
            + ["--propagation", "private", "sh", script, folder.path, commands]
        process.standardInput = FileHandle.nullDevice
        let file = folder.appendingPathComponent(".said")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        let output = try FileHandle(forWritingTo: file)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus, text: String(decoding: try Data(contentsOf: file), as: UTF8.self))
    }
}
