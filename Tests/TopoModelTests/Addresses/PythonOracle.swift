import Foundation

/// One run of `Tests/Oracles/addresses.py` over many requests.
struct PythonOracle {
    struct Failure: Error {
        let status: Int32
        let message: String
    }

    /// True where a `python3` is on the search path.
    static var isInstalled: Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/python3")
        }
    }

    /// False where the tests that need Python must not be skipped.
    static var maySkip: Bool { ProcessInfo.processInfo.environment["CI"] != "true" }

    /// The answers to requests, in their order. Input and output go through files: with pipes, each side could wait
    /// for the other to read.
    static func answers(to requests: [[String]]) throws -> [[String]] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let lines = requests.map { request in
            (request.prefix(1) + request.dropFirst().map(hexadecimal)).joined(separator: "\t") + "\n"
        }
        try Data(lines.joined().utf8).write(to: folder.appendingPathComponent("in"))
        for name in ["out", "err"] { try Data().write(to: folder.appendingPathComponent(name)) }

        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path]
        process.standardInput = try FileHandle(forReadingFrom: folder.appendingPathComponent("in"))
        process.standardOutput = try FileHandle(forWritingTo: folder.appendingPathComponent("out"))
        process.standardError = try FileHandle(forWritingTo: folder.appendingPathComponent("err"))
        try process.run()
        process.waitUntilExit()

        guard process.terminationStatus == 0 else {
            let message = try Data(contentsOf: folder.appendingPathComponent("err"))
            throw Failure(status: process.terminationStatus, message: String(decoding: message, as: UTF8.self))
        }
        let output = try Data(contentsOf: folder.appendingPathComponent("out"))
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static let script = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Oracles/addresses.py")

    private static func hexadecimal(_ text: String) -> String {
        text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
