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

    /// Most of a script is functions that others have as well: a script with a new one is looked at whole, and others with
    /// those that were looked at left out.
    @Test func everyScriptPassesShellCheckAtItsStrictest() throws {
        let out = GoldenTests.out
        let scripts = try Tree(out).paths.filter { $0.hasSuffix(".sh") }
        #expect(!scripts.isEmpty)
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-check-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        var names: [String: Set<String>] = [:]
        var known: [String: Set<String>] = [:]
        var (whole, rest) = ([String](), [String]())
        let texts = try scripts.map {
            ScriptText(try String(contentsOf: out.appendingPathComponent($0), encoding: .utf8), path: $0)
        }
        for script in texts.sorted(by: { $0.functions.count > $1.functions.count }) {
            if let seen = names[script.name], script.functions.isSubset(of: seen) {
                let copy = scratch.appendingPathComponent(script.path)
                try FileManager.default.createDirectory(
                    at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
                try script.without(known[script.name, default: []]).write(
                    to: copy, atomically: false, encoding: .utf8)
                rest.append(copy.path)
            } else {
                whole.append("out/\(script.path)")
            }
            names[script.name, default: []].formUnion(script.functions)
            known[script.name, default: []].formUnion(script.texts)
        }
        #expect(whole.count < scripts.count / 4 && whole.count + rest.count == scripts.count)
        let halves = (0..<2).map { half in whole.enumerated().filter { $0.offset % 2 == half }.map(\.element) }
        // A function that is left out sets and uses variables.
        let checks = halves.map { ["-o", "all"] + $0 } + [["-o", "all", "-e", "SC2034,SC2154"] + rest]
        let complaints = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: checks.count) { number in
            let check = Result { try GoldenTests.run("shellcheck", ["-s", "sh"] + checks[number]) }
            complaints.withLock { complaints in
                switch check {
                case .success(let run): if run.status != 0 { complaints.append(run.text) }
                case .failure(let error): complaints.append("\(error)")
                }
            }
        }
        let said = complaints.withLock { $0 }
        #expect(said.isEmpty, "\(said.joined())")
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
