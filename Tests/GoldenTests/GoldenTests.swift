import Foundation
import Synchronization
import Testing

/// `out/` holds what the compiler makes of `topologies/`, byte for byte.
@Suite(.serialized) struct GoldenTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let out = root.appendingPathComponent("out")
    private static let isUpdating = ProcessInfo.processInfo.environment["TOPOC_UPDATE_GOLDEN"] == "1"

    /// The topologies' files, as the command is given them.
    private static func topologies() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("topologies").path)
            .filter { $0.hasSuffix(".topo") }.sorted().map { "topologies/\($0)" }
    }

    /// Every file that a build of all topologies makes, or `out/` has, with its contents and whether it is executable.
    private struct Tree {
        struct File: Equatable {
            let bytes: Data
            let isExecutable: Bool
        }
        var files: [String: File] = [:]

        init(_ folder: URL) throws {
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
                let file = folder.appendingPathComponent(path).path
                let attributes = try FileManager.default.attributesOfItem(atPath: file)
                guard attributes[.type] as? FileAttributeType != .typeDirectory else { continue }
                let mode = try #require(attributes[.posixPermissions] as? Int)
                files[path] = File(
                    bytes: try Data(contentsOf: URL(fileURLWithPath: file)), isExecutable: mode & 0o100 != 0)
            }
        }

        var paths: [String] { files.keys.sorted() }
    }

    /// Runs a program in the project's folder; gives its status and what it said.
    private static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = root
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    /// The command that was built with the tests: it lies beside the test bundle.
    private static var command: String {
        get throws {
            let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("topoc").path
        }
    }

    @Test func outIsWhatTheCompilerMakes() throws {
        let topologies = try GoldenTests.topologies()
        #expect(!topologies.isEmpty)
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-golden-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        if GoldenTests.isUpdating {
            let build = try GoldenTests.run(GoldenTests.command, ["build", "--force", "-o", "out"] + topologies)
            try #require(build.status == 0, "\(build.text)")
        }
        let build = try GoldenTests.run(GoldenTests.command, ["build", "-o", scratch.path] + topologies)
        try #require(build.status == 0, "\(build.text)")
        let made = try Tree(scratch)
        let committed = try Tree(GoldenTests.out)
        #expect(committed.paths.filter { made.files[$0] == nil } == [], "in out/, but no topology makes them")
        for path in made.paths {
            let isSame = made.files[path] == committed.files[path]
            #expect(isSame, "out/\(path) is not what the compiler makes now: make golden, and read the diff")
        }
    }

    @Test func everyScriptPassesShellCheckAtItsStrictest() throws {
        let scripts = try Tree(GoldenTests.out).paths.filter { $0.hasSuffix(".sh") }.map { "out/\($0)" }
        #expect(!scripts.isEmpty)
        // In two processes at once: one script after the other it is among the longest tests.
        let texts = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { half in
            let mine = scripts.enumerated().filter { $0.offset % 2 == half }.map(\.element)
            let check = Result { try GoldenTests.run("shellcheck", ["-s", "sh", "-o", "all"] + mine) }
            texts.withLock { texts in
                switch check {
                case .success(let run): if run.status != 0 { texts.append(run.text) }
                case .failure(let error): texts.append("\(error)")
                }
            }
        }
        let complaints = texts.withLock { $0 }
        #expect(complaints.isEmpty, "\(complaints.joined())")
    }

    @Test func everyScriptIsPOSIXShell() throws {
        let scripts = try Tree(GoldenTests.out).paths.filter { $0.hasSuffix(".sh") }
        #expect(!scripts.isEmpty)
        for script in scripts {
            let parse = try GoldenTests.run("dash", ["-n", "out/\(script)"])
            #expect(parse.status == 0, "\(script): \(parse.text)")
        }
    }

    @Test func everyFigureIsOneThatGraphvizReads() throws {
        let figures = try Tree(GoldenTests.out).paths.filter { $0.hasSuffix(".dot") }
        #expect(!figures.isEmpty)
        for figure in figures {
            let drawing = try GoldenTests.run("dot", ["-Tcanon", "-o", "/dev/null", "out/\(figure)"])
            #expect(drawing.status == 0, "\(figure): \(drawing.text)")
            #expect(drawing.text.isEmpty, "\(figure): \(drawing.text)")
        }
    }
}
