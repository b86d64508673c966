import Foundation
import Guests
import SideBySide

/// The built `topoc`, run on the project's topologies with a folder of its own for what it makes meanwhile.
final class Topoc {
    /// What a run did.
    struct Run {
        let status: Int32
        let output: String
        let error: String
        /// All of it, for a failed expectation's message.
        var text: String { "status \(status)\n\(output)\(error)" }
        /// The lines of TAP that say what a check found.
        var results: [Substring] {
            output.split(separator: "\n").filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
        }
    }

    /// The project's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Why labs in user-mode Linux cannot run here; nil where they can. With CI set they run, and fail where it is
    /// missing.
    static let obstacle: String? = {
        guard ProcessInfo.processInfo.environment["CI"] == nil else { return nil }
        guard getuid() == 0 else { return "these tests need root" }
        let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/linux.uml")
        return isThere ? nil : "not installed: user-mode-linux"
    }()

    private let base: URL

    init() throws {
        base = FileManager.default.temporaryDirectory.appendingPathComponent("topoc uml-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: base.appendingPathComponent("tmp"), withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: base) }

    /// What is left in the folder that topoc was given for what it makes meanwhile.
    var leftovers: [String] {
        let folder = base.appendingPathComponent("tmp").path
        return (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? ["it is gone"]
    }

    /// The processes of this machine with that folder in their command line, as `ps` shows them.
    var processes: [String] { Guests.processes(naming: base.lastPathComponent) }

    /// Makes a folder with one file in it.
    func folder(_ name: String, with file: String, _ text: String) throws -> String {
        let folder = base.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(to: folder.appendingPathComponent(file), atomically: false, encoding: .utf8)
        return folder.path
    }

    /// Starts it.
    /// - Parameters:
    ///   - processor: the one that it has for all that it does, if not all.
    ///   - programs: a folder whose programs stand before the machine's.
    /// - Returns: what waits for its end, for so many seconds at most: then it is killed.
    func start(
        _ arguments: [String], limit: Int = 600, processor: Int? = nil, programs: String? = nil
    ) throws -> (process: Process, end: () throws -> Run) {
        let process = Process()
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let command = URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("topoc").path
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = processor.map { onProcessor($0, [command] + arguments) } ?? [command] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: Topoc.root)
        let files = ["stdout", "stderr"].map { base.appendingPathComponent("\($0)-\(UUID().uuidString)") }
        for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        let environment = ProcessInfo.processInfo.environment
        var own = ["TMPDIR": base.appendingPathComponent("tmp").path]
        if let programs { own["PATH"] = "\(programs):\(environment["PATH"] ?? "/usr/bin:/bin")" }
        process.environment = environment.merging(own) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        return (
            process,
            {
                for _ in 0..<limit * 100 {
                    guard process.isRunning else { break }
                    usleep(10_000)
                }
                if process.isRunning { kill(process.processIdentifier, SIGKILL) }
                process.waitUntilExit()
                let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
                return Run(status: process.terminationStatus, output: texts[0], error: texts[1])
            }
        )
    }

    /// `topoc lab run --kernel uml` with more arguments, to its end.
    func lab(_ arguments: String..., programs: String? = nil) throws -> Run { try labs([arguments], programs)[0] }

    /// Several of these at the same time, each with a kernel of its own, all to their end.
    func labs(_ arguments: [[String]], _ programs: String? = nil) throws -> [Run] {
        let started = try arguments.enumerated().map { number, words in
            try start(["lab", "run", "--kernel", "uml"] + words, processor: number, programs: programs)
        }
        return try started.map { try $0.end() }
    }
}
