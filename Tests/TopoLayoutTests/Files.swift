import Foundation
import TopoDiagnostics
import TopoDriver

/// The topologies of the project.
enum Files {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// Files to lay out, `WHAT.topo`, each with what is wanted beside it in `WHAT.want`.
    static let cases = root.appendingPathComponent("Tests/Fixtures/Layout")
    /// Whether what is wanted is written anew instead of compared.
    static let isUpdating = ProcessInfo.processInfo.environment["TOPOC_UPDATE_GOLDEN"] == "1"

    /// The names of the cases.
    static let caseNames = names(in: cases).map { String($0.dropLast(5)) }

    /// The path below the project's folder of every topology in it.
    static let all = [
        "topologies", "Tests/Fixtures/Layout", "Tests/Fixtures/Networks", "Tests/Fixtures/Kernel",
        "Tests/Fixtures/Errors", "Tests/Fixtures/Fuzz",
    ].flatMap { folder in
        names(in: root.appendingPathComponent(folder)).map { "\(folder)/\($0)" }
    }

    /// Each of them, and what laying it out gives: made once for all tests.
    static let laidOut: Result<[(path: String, source: SourceFile, outcome: Outcome<SourceFile>)], any Error> = Result {
        try all.map { path in
            let source = try source(path)
            return (path, source, format(source))
        }
    }

    /// A file of the project.
    static func source(_ path: String) throws -> SourceFile {
        SourceFile(path: path, bytes: Array(try Data(contentsOf: root.appendingPathComponent(path))))
    }

    private static func names(in folder: URL) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return all.filter { $0.hasSuffix(".topo") }.sorted()
    }
}
