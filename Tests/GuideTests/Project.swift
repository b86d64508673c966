import Foundation

/// Where things are in this project.
enum Project {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The folder of the command that was built with the tests. TOPOC_BINARY names another.
    static var binaries: String {
        if let path = ProcessInfo.processInfo.environment["TOPOC_BINARY"] {
            return URL(fileURLWithPath: path).deletingLastPathComponent().path
        }
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().path
    }

    /// The commands of a committed `up.sh`, each in one line, as words.
    static func commands(of script: String) throws -> [[Substring]] {
        let parts = script.split(separator: "/")
        let path = "out/\(parts.first ?? "")/\(parts.last ?? "")/up.sh"
        let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        let joined = text.components(separatedBy: "\\\n").joined(separator: " ")
        return joined.split(separator: "\n").filter { $0.contains("run ") }.map { $0.split(separator: " ") }
    }
}
