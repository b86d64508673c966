import Foundation

/// A machine of the test's own: namespaces of this one, with nothing but a NIC, which end with the value.
final class Machine {
    /// What a command did.
    struct Run {
        let status: Int32
        /// What it wrote, to its standard output and error alike.
        let text: String
        var lines: [String] { text.split(separator: "\n").map(String.init) }
    }

    /// A machine that cannot be made.
    struct Unmade: Error, CustomStringConvertible {
        let description: String
    }

    /// A folder for what the test makes, gone with the machine.
    let folder: URL
    private let keeper = Process()
    private let lifeline = Pipe()

    /// Makes a machine.
    init() throws {
        if let obstacle = Requirements.obstacle { throw Unmade(description: obstacle) }
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-lab-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("machine.sh")
        keeper.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        keeper.arguments = [
            "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "sh",
            script.path,
        ]
        let answer = Pipe()
        keeper.standardInput = lifeline
        keeper.standardOutput = answer
        keeper.standardError = answer
        try keeper.run()
        try? answer.fileHandleForWriting.close()
        var said = ""
        while !said.hasSuffix("ready\n") {
            let bytes = answer.fileHandleForReading.availableData
            guard !bytes.isEmpty else {
                end()
                throw Unmade(description: "no machine for the test: \(said)")
            }
            said += String(decoding: bytes, as: UTF8.self)
        }
    }

    deinit { end() }

    private func end() {
        try? lifeline.fileHandleForWriting.close()
        keeper.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// A program on the machine, not started yet, that has so many seconds.
    private func process(_ words: [String], seconds: Int) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let pid = String(keeper.processIdentifier)
        // The keeper itself is in the namespaces but for that of processes, where its child is the first.
        process.arguments =
            ["timeout", "-k", "5", String(seconds), "nsenter", "--target", pid, "--net", "--mount"]
            + ["--pid=/proc/\(pid)/ns/pid_for_children", "--"] + words
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Starts a program on the machine and lets it run.
    func start(_ words: [String], seconds: Int = 60) throws -> Process {
        let process = process(words, seconds: seconds)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Runs a program on the machine, to its end or for so many seconds.
    func run(_ words: [String], seconds: Int = 60) throws -> Run {
        let process = process(words, seconds: seconds)
        let file = folder.appendingPathComponent(".said-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try FileHandle(forWritingTo: file)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        return Run(status: process.terminationStatus, text: text)
    }

    /// Runs a line of shell on the machine.
    func shell(_ line: String, seconds: Int = 60) throws -> Run { try run(["sh", "-c", line], seconds: seconds) }
}
