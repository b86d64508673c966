import Foundation
import Testing

/// The sources that quote and judge text look at bytes and scalars, never at Characters.
@Suite struct SourceTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test func noCallLooksAtCharacters() throws {
        let refused = [
            "hasPrefix", "hasSuffix", ".replacing(", "Character", ".split(separator: \"", "firstIndex(of: \"",
            "contains(\"", "firstRange", "for character in", ".components(",
        ]
        let folder = Self.root.appendingPathComponent("Sources/TopoText")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(files.contains("Shell.swift"))
        for file in files {
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("///") {
                for call in refused { #expect(!line.contains(call), "\(file): \(line)") }
            }
        }
    }

    /// The quotes of a shell, and the entities of HTML, are written in one module.
    @Test func nothingElseQuotes() throws {
        let marks = ["'\\\\''", "\"&lt;\"", "\"%0A\""]
        let sources = Self.root.appendingPathComponent("Sources")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path).sorted()
        for path in paths
        where path.hasSuffix(".swift") && !path.hasPrefix("TopoText/")
            && path != "TopoEmitGraphviz/Notations/DotText.swift"
        {
            let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
            for mark in marks { #expect(!text.contains(mark), "\(path) quotes by itself: \(mark)") }
        }
    }
}
