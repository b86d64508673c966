import Foundation

/// Hosts on a LAN, each with a real Docker daemon of its own: namespaces of this machine that end with the value.
final class Bed {
    /// What a command on a host did.
    struct Run {
        let status: Int32
        let output: String
        let error: String
        /// Both, for a failed expectation's message.
        var text: String { "status \(status)\n\(output)\(error)" }
    }

    /// A bed that cannot be made.
    struct Unmade: Error, CustomStringConvertible {
        let description: String
    }

    private let folder: URL
    private let keeper: Process
    /// While this is open the bed stays.
    private let lifeline = Pipe()
    /// The first process of the bed's process namespace, by its number here.
    private let first: String

    /// Why the tests of real Docker cannot run here; nil where they can. With CI set they run, and fail where it is missing.
    static let obstacle: String? = {
        guard ProcessInfo.processInfo.environment["CI"] == nil else { return nil }
        guard getuid() == 0 else { return "real Docker needs root" }
        let missing = ["dockerd", "docker", "busybox", "nsenter", "unshare"].filter { name in
            !["/usr/bin/", "/usr/sbin/", "/bin/", "/usr/local/bin/"].contains {
                FileManager.default.isExecutableFile(atPath: $0 + name)
            }
        }
        return missing.isEmpty ? nil : "not installed: \(missing.joined(separator: ", "))"
    }()

    /// Makes the bed, all daemons answering.
    /// - Parameter options: the daemons' options; without them Docker leaves the hosts' packet filter and forwarding alone.
    init(
        hosts: [String] = ["host1", "host2"], options: [String] = ["--iptables=false", "--ip-forward=false"]
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-docker-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        keeper = Process()
        keeper.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("bed.sh").path
        keeper.arguments =
            ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"]
            + ["env", "DOCKERD=\(options.joined(separator: " "))", "sh", script, folder.path, "internal"] + hosts
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
    func run(_ host: String, _ words: [String], input: String = "") throws -> Run {
        let pid = try String(contentsOf: folder.appendingPathComponent("\(host).pid"), encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["nsenter", "--target", first, "--pid", "--mount", "--"]
            + ["nsenter", "--target", pid.trimmingCharacters(in: .newlines), "--net", "--mount", "--"]
            + ["env", "-u", "DOCKER_HOST", "timeout", "300"] + words
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
