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
}
