import Foundation

/// A scenario that `scripts/scenarios.sh` has run: the row that it printed, and what `capture.sh` recorded.
struct ScenarioRun {
    /// A run that did not come to its row.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    let row: ScenarioRow
    /// The pcap files, by name: kept here, so that no folder has to be.
    private let records: [String: Data]

    /// Why scenarios cannot be run here; nil where they can.
    static let obstacle: String? = {
        guard getuid() == 0 else { return "the lab needs root" }
        let missing = ["tshark", "tcpdump", "traceroute", "linux.uml"].filter { tool in
            !["/usr/sbin/", "/usr/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + tool) }
        }
        return missing.isEmpty ? nil : "not installed: \(missing.joined(separator: ", "))"
    }()
    /// True where they are to run: with CI set they run anyway, and fail where something is missing.
    static let isReady = obstacle == nil || ProcessInfo.processInfo.environment["CI"] != nil

    /// Runs a scenario.
    init(_ runtime: String, _ scenario: String) throws {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.appendingPathComponent("topoc-scenario-\(UUID().uuidString)")
        try manager.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? manager.removeItem(at: folder) }
        let script = Project.root.appendingPathComponent("scripts/scenarios.sh").path
        let text = try ScenarioRun.run(
            ["timeout", "-k", "5", "400", "sh", script, "--keep", folder.path]
                + ["\(Project.binaries)/topoc", runtime, scenario])
        row = try ScenarioRow(text.trimmingCharacters(in: .newlines))
        let names = try manager.contentsOfDirectory(atPath: folder.path)
        records = Dictionary(
            uniqueKeysWithValues: try names.map { ($0, try Data(contentsOf: folder.appendingPathComponent($0))) })
    }

    /// Has tshark decode a record of `host1`.
    /// - Returns: for each packet that the display filter lets through, the values of these fields; where a packet has one
    ///   twice, outside and inside a tunnel, both with a comma.
    func decoded(_ name: String, where filter: String, _ fields: [String]) throws -> [[String]] {
        guard let record = records[name] else { throw Failed(description: "there is no \(name)") }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-\(UUID().uuidString).pcap")
        try record.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let text = try ScenarioRun.run(
            ["tshark", "-n", "-r", file.path, "-Y", filter, "-T", "fields", "-E", "separator=|"]
                + fields.flatMap { ["-e", $0] })
        return text.split(separator: "\n").map { $0.components(separatedBy: "|") }
    }

    /// Runs a program to its end, and gives what it wrote to its standard output.
    private static func run(_ words: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        process.standardInput = FileHandle.nullDevice
        let place = FileManager.default.temporaryDirectory
        let files = (0..<2).map { _ in place.appendingPathComponent("topoc-said-\(UUID().uuidString)") }
        for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        defer { files.forEach { try? FileManager.default.removeItem(at: $0) } }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
        guard process.terminationStatus == 0 else {
            throw Failed(description: "\(words): status \(process.terminationStatus)\n\(texts[1])")
        }
        return texts[0]
    }
}
