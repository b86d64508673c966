import Foundation
import Testing

/// The sources quote and judge text by bytes and scalars, never by Characters: docs/decisions/quoting.md.
@Suite struct SourceTests {
    private static let sources = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources")

    /// The Swift files below `Sources`, by their paths there.
    private static func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }.sorted()
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
    }

    @Test func everyModuleRefusesCharacters() throws {
        let modules = Set(try Self.files().map { String($0.prefix { $0 != "/" }) })
        #expect(modules.count > 20)
        let rules = try Self.text("TopoText/BytesOnly.swift")
        for module in modules { #expect(try Self.text("\(module)/BytesOnly.swift") == rules, "\(module)") }
    }

    /// What the compiler says in a module that has the rules: each line but the last asks for Characters.
    @Test func theCompilerRefusesCharacters() throws {
        let lines = [
            #"_ = s.count"#, #"_ = u.count"#, #"_ = [s].map(\.count)"#, #"_ = s.first"#, #"_ = s.last"#,
            #"_ = u.first == "-""#, #"_ = s.hasPrefix("-")"#, #"_ = u.hasPrefix(s)"#, #"_ = s.hasSuffix(u)"#,
            #"_ = s.contains("x")"#, #"_ = u.contains("xy")"#, #"_ = s.contains { $0 == "x" }"#,
            #"_ = s.split(separator: "\n")"#, #"_ = s.split(separator: "ab")"#, #"_ = u.split { $0 == "x" }"#,
            #"_ = s.firstIndex(of: "x")"#, #"_ = s.lastIndex(of: "x")"#, #"_ = s.firstIndex { $0 == "x" }"#,
            #"_ = s.dropFirst()"#, #"_ = s.dropLast(4)"#, #"_ = s.drop { $0 == " " }"#, #"_ = s.prefix(1)"#,
            #"_ = s.prefix { $0 != "=" }"#, #"_ = s.suffix(1)"#, #"_ = s.reversed()"#, #"_ = s.map { $0 }"#,
            #"_ = s.compactMap { $0 }"#, #"_ = s.filter { $0 != ":" }"#, #"_ = s.allSatisfy(\.isNumber)"#,
            #"s.forEach { _ in }"#, #"_ = s.enumerated()"#, #"_ = s.reduce(0) { n, _ in n }"#,
            #"_ = s.replacing("a", with: "b")"#, #"_ = s.ranges(of: "a")"#, #"_ = s.firstRange(of: "a")"#,
            #"_ = s.trimmingPrefix("a")"#, #"_ = s.starts(with: "a")"#, #"_ = s.elementsEqual("a")"#,
            #"_ = s[s.startIndex]"#, #"_ = u[u.startIndex]"#, #"_ = s.index(after: s.startIndex)"#,
            #"_ = s.removeFirst()"#, #"_ = u.popFirst()"#, #"_ = s.popLast()"#, #"_ = Array(s)"#, #"_ = Set(u)"#,
            #"_ = (s.utf8.count, s.unicodeScalars.first, s.utf8.starts(with: "-".utf8), [s].contains("x"), s.isEmpty)"#,
        ]
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("topoc-lint-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("lines.swift")
        let body = lines.map {
            "func f\(UUID().uuidString.prefix(8))(_ s: inout String, _ u: inout Substring) { \($0) }\n"
        }
        try body.joined().write(to: file, atomically: false, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "swiftc", "-typecheck", file.path, Self.sources.appendingPathComponent("TopoText/BytesOnly.swift").path,
        ]
        let output = Pipe()
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let refused = Set(
            said.split(separator: "\n").filter { $0.hasPrefix(file.path) && $0.contains("is deprecated: this ") }
                .compactMap { $0.split(separator: ":").dropFirst().first.flatMap { Int($0) } })
        #expect(refused == Set(1..<lines.count), "\(said)")
        #expect(process.terminationStatus == 0, "\(said)")
    }

    /// What the rules do not hide: Foundation's methods, and Characters that are named.
    @Test func noSourceNamesCharacters() throws {
        let refused = [
            "Character]", "Character>", "(Character(", ": Character", ".components(", "replacingOccurrences",
            "trimmingCharacters", "for character in ", ".range(of:", "caseInsensitiveCompare", "CharacterSet",
        ]
        var found: [String] = []
        for path in try Self.files() where !path.hasSuffix("BytesOnly.swift") {
            for line in try Self.text(path).split(separator: "\n") where !line.contains("///") {
                if refused.contains(where: { line.contains($0) }) { found.append("\(path): \(line)") }
            }
        }
        #expect(found == [])
    }

    /// The quotes of a shell, and the entities of HTML, are written in one module.
    @Test func nothingElseQuotes() throws {
        let marks = ["'\\\\''", "\"&lt;\"", "\"%0A\"", "\"&amp;\"", "\"\\\\\\\"\""]
        for path in try Self.files() where !path.hasPrefix("TopoText/") {
            let text = try Self.text(path)
            for mark in marks { #expect(!text.contains(mark), "\(path) quotes by itself: \(mark)") }
        }
    }
}
