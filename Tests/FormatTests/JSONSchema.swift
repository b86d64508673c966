import Foundation
import Testing

/// Validation of JSON documents by Python's `jsonschema`.
struct JSONSchema {
    /// Why it cannot be asked; nil where it can. In CI it must be there.
    static let obstacle: String? = {
        guard ProcessInfo.processInfo.environment["CI"] == nil else { return nil }
        return (try? run(["-c", "import jsonschema"], input: Data())) == nil ? "python3-jsonschema is missing" : nil
    }()

    /// The errors of each document, in their order; empty for one that is valid.
    /// - Parameters:
    ///   - schema: a JSON Schema.
    ///   - documents: values as `JSONSerialization` has them.
    static func errors(in documents: [Any], by schema: String) throws -> [[String]] {
        let request: [String: Any] = [
            "schema": try JSONSerialization.jsonObject(with: Data(schema.utf8)), "instances": documents,
        ]
        let output = try run([script.path], input: try JSONSerialization.data(withJSONObject: request))
        return try JSONDecoder().decode([[String]].self, from: output)
    }

    /// The project's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let script = root.appendingPathComponent("Tests/Oracles/json_schema.py")

    private struct Failure: Error {
        let message: String
    }

    /// Runs Debian's Python, which sees Debian's packages; through files, so that no pipe fills up.
    private static func run(_ arguments: [String], input: Data) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
        try input.write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(message: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
        }
        return try Data(contentsOf: files[1])
    }
}
