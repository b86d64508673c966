public import Foundation

/// Hosts on a LAN, each with a real daemon for containers of its own: namespaces of this machine that end with the value.
public final class Bed {
    /// A daemon that makes containers.
    public struct Daemon: Sendable {
        /// What it is called.
        let name: String
        /// What `bed.sh` has to know of it.
        let file: URL
        /// The commands that it needs.
        let tools: [String]
        /// The variable of the environment that would lead its client to another daemon.
        let foreign: String

        /// Describes a daemon.
        public init(_ name: String, file: URL, tools: [String], foreign: String) {
            self.name = name
            self.file = file
            self.tools = tools
            self.foreign = foreign
        }

        /// Why tests with it cannot run here; nil where they can. With CI set they run, and fail where it is missing.
        public var obstacle: String? {
            guard ProcessInfo.processInfo.environment["CI"] == nil else { return nil }
            guard getuid() == 0 else { return "real \(name) needs root" }
            let missing = (tools + ["busybox", "nsenter", "unshare"]).filter { name in
                !["/usr/bin/", "/usr/sbin/", "/bin/", "/usr/local/bin/", "/snap/bin/"].contains {
                    FileManager.default.isExecutableFile(atPath: $0 + name)
                }
            }
            return missing.isEmpty ? nil : "not installed: \(missing.joined(separator: ", "))"
        }
    }

    /// What a command on a host did.
    public struct Run {
        /// Its exit status.
        public let status: Int32
        /// What it wrote to its standard output.
        public let output: String
        /// What it wrote to its standard error.
        public let error: String
        /// Both, for a failed expectation's message.
        public var text: String { "status \(status)\n\(output)\(error)" }
    }

    /// A bed that cannot be made.
    struct Unmade: Error, CustomStringConvertible {
        let description: String
    }

    /// The script that makes a bed.
    public static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("bed.sh")

    private let folder: URL
    private let keeper: Process
    /// While this is open the bed stays.
    private let lifeline = Pipe()
    /// The first process of the bed's process namespace, by its number here.
    private let first: String

    private let daemon: Daemon

    /// Makes the bed, all daemons answering.
    /// - Parameter environment: variables for the daemon's part of `bed.sh`, as `NAME=VALUE`.
    public init(
        _ daemon: Daemon, environment: [String] = [], lan: String = "internal", hosts: [String] = ["host1", "host2"]
    ) throws {
        self.daemon = daemon
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("topoc-\(daemon.name.lowercased())-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        keeper = Process()
        keeper.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        keeper.arguments =
            environment
            + ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"]
            + ["sh", Bed.script.path, daemon.file.path, folder.path, lan] + hosts
        let answer = Pipe()
        let log = folder.appendingPathComponent("bed.log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        keeper.standardInput = lifeline
        keeper.standardOutput = answer
        keeper.standardError = try FileHandle(forWritingTo: log)
        try keeper.run()
        var said = ""
        while said != "ready\n" {
            let bytes = answer.fileHandleForReading.availableData
            guard !bytes.isEmpty else { break }
            said += String(decoding: bytes, as: UTF8.self)
        }
        let pid = keeper.processIdentifier
        let children = try? String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
        first = children?.split(separator: " ").first.map(String.init) ?? ""
        guard said == "ready\n", !first.isEmpty else {
            let reason = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            end()
            throw Unmade(description: "no bed: \(said)\(reason)")
        }
    }

    deinit { end() }

    private func end() {
        try? lifeline.fileHandleForWriting.close()
        keeper.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs a command on a host, to its end, with `input` as its standard input.
    public func run(_ host: String, _ words: [String], input: String = "") throws -> Run {
        let pid = try String(contentsOf: folder.appendingPathComponent("\(host).pid"), encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // Threads of tests block signals, which commands would inherit: no script could stop what it has started.
        process.arguments =
            ["--default-signal", "nsenter", "--target", first, "--pid", "--mount", "--"]
            + ["nsenter", "--target", pid.trimmingCharacters(in: .newlines), "--net", "--mount", "--"]
            + ["env", "-u", daemon.foreign, "timeout", "300"] + words
        let files = try [input, "", ""].map(scratchFile)
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        defer { files.forEach { try? FileManager.default.removeItem(at: $0) } }
        let texts = try files.dropFirst().map { try String(contentsOf: $0, encoding: .utf8) }
        return Run(status: process.terminationStatus, output: texts[0], error: texts[1])
    }

    /// A file with a text: a pipe that nobody empties meanwhile would stop the command.
    private func scratchFile(_ text: String) throws -> URL {
        let file = folder.appendingPathComponent(UUID().uuidString)
        try text.write(to: file, atomically: false, encoding: .utf8)
        return file
    }
}
