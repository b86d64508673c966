import Foundation

/// Someone who does what a guide says, in a folder and in namespaces that are gone afterwards.
struct Reader {
    /// What a command did.
    struct Run {
        let command: Guide.Command
        /// What it wrote, to its standard output and error alike; nil where it was not come to.
        let printed: [String]?
        let status: Int?
    }

    /// Why a guide cannot be followed here; nil where it can.
    static let obstacle: String? = ScenarioRun.obstacle
    /// True where it is to be followed: with CI set it is anyway, and fails where it cannot be.
    static let isReady = ScenarioRun.isReady

    /// Follows a guide from its beginning to its end, for no longer than so many seconds.
    static func follow(_ guide: Guide, seconds: Int = 480) throws -> [Run] {
        let manager = FileManager.default
        let place = manager.temporaryDirectory.appendingPathComponent("topoc-guide-\(UUID().uuidString)")
        let work = place.appendingPathComponent("work")
        try manager.createDirectory(at: work, withIntermediateDirectories: true)
        defer { try? manager.removeItem(at: place) }
        try manager.copyItem(
            at: Project.root.appendingPathComponent("topologies"), to: work.appendingPathComponent("topologies"))
        let script = place.appendingPathComponent("guide.sh")
        try GuideScript(guide).text.write(to: script, atomically: false, encoding: .utf8)
        let said = place.appendingPathComponent("said")
        try run(script, in: work, said: said, seconds: seconds)
        let results = results(in: String(decoding: try Data(contentsOf: said), as: UTF8.self))
        let commands = guide.steps.compactMap { step -> Guide.Command? in
            if case .command(let command) = step { command } else { nil }
        }
        return commands.enumerated().map { index, command in
            let result = index < results.count ? results[index] : nil
            return Run(command: command, printed: result?.printed, status: result?.status)
        }
    }

    /// What stands between the marks.
    private static func results(in text: String) -> [(printed: [String], status: Int)] {
        text.split(separator: GuideScript.start).dropFirst(text.first == GuideScript.start ? 0 : 1).compactMap { part in
            let halves = part.split(separator: GuideScript.end)
            guard halves.count == 2, let status = Int(halves[1].prefix { $0 != "\n" }) else { return nil }
            return (
                halves[0].split(separator: "\n", omittingEmptySubsequences: false).dropFirst().map(String.init), status
            )
        }
    }

    private static func run(_ script: URL, in folder: URL, said: URL, seconds: Int) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "timeout", "-k", "5", String(seconds), "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child",
            "--mount-proc", "--propagation", "private", "sh", script.path,
        ]
        process.currentDirectoryURL = folder
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        process.environment = ["PATH": "\(Project.binaries):\(path):/usr/sbin:/sbin", "HOME": folder.path]
        process.standardInput = FileHandle.nullDevice
        _ = FileManager.default.createFile(atPath: said.path, contents: nil)
        process.standardOutput = try FileHandle(forWritingTo: said)
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
    }
}
