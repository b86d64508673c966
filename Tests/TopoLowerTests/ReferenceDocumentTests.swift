import Foundation
import Testing
import TopoDiagnostics
import TopoLower
import TopoModel
import TopoSyntax

/// The package's folder.
private let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

@Suite("The language's reference")
struct ReferenceDocumentTests {
    /// A row of a table of keys.
    struct Row {
        let key: String
        let isRequired: Bool
    }

    /// The reference's lines.
    private func lines() throws -> [Substring] {
        try String(contentsOf: package.appending(path: "docs/language.md"), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The tables of keys by the heading that they stand below.
    private func tables() throws -> [String: [Row]] {
        var tables: [String: [Row]] = [:]
        var heading = ""
        var isInTable = false
        for line in try lines() {
            if line.hasPrefix("#") { heading = line.drop { $0 == "#" || $0 == " " }.lowercased() }
            if line.hasPrefix("| key | type |") { isInTable = true }
            if !line.hasPrefix("|") { isInTable = false }
            guard isInTable, line.hasPrefix("| `") else { continue }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            tables[heading, default: []].append(
                Row(key: cells[0].trimmingCharacters(in: ["`"]), isRequired: cells[2] == "required"))
        }
        return tables
    }

    @Test("has every key of every kind, in order, and no other", arguments: ElementKind.allCases)
    func keys(kind: ElementKind) throws {
        let rows = try #require(try tables()[kind.rawValue.lowercased()], "no table for \(kind.withoutArticle)")
        #expect(rows.map(\.key) == kind.keys.map(\.name))
        #expect(rows.filter(\.isRequired).map(\.key) == kind.keys.filter(\.isRequired).map(\.name))
    }

    @Test("has no table of another kind")
    func noOtherTables() throws {
        let kinds = Set(ElementKind.allCases.map { $0.rawValue.lowercased() })
        #expect(Set(try tables().keys).subtracting(kinds) == [])
    }

    @Test("every key has a summary, and none stands twice")
    func summaries() {
        for kind in ElementKind.allCases {
            #expect(kind.keys.allSatisfy { !$0.summary.isEmpty && !$0.summary.hasSuffix(".") })
            #expect(Set(kind.keys.map(\.name)).count == kind.keys.count)
        }
    }

    /// The examples: what stands between lines of three backquotes.
    private func examples() throws -> [String] {
        let parts = try lines().split(omittingEmptySubsequences: false) { $0.hasPrefix("```") }
        return parts.enumerated().filter { $0.offset % 2 == 1 }.map { $0.element.joined(separator: "\n") }
    }

    @Test("a whole file in it compiles")
    func wholeExample() throws {
        let files = try examples().filter { $0.hasPrefix("topology:") }
        #expect(!files.isEmpty)
        for file in files { _ = try Lowered(file: file).sound() }
    }

    @Test("examples are YAML, and their keys and values are known")
    func examplesAreSound() throws {
        for example in try examples() where !example.hasPrefix("topology:") {
            let key = example.prefix { $0 != ":" }
            let isInHost = ElementKind.host.keys.contains { $0.name == key }
            let text = isInHost ? hostText(example) : "topology: t\nimage: x\n\(example)\n"
            let whole = text.contains("hosts:") ? text : text + "hosts: {}"
            // Names that an example leaves to the reader are the only thing that it may lack.
            let expected: Set<DiagnosticCode> = readsIPv6 ? [.unknownName] : [.unknownName, .invalidAddress]
            let codes = Set(try Lowered(file: whole).diagnostics.map(\.code)).subtracting(expected)
            #expect(codes == [], "\(example)")
        }
    }

    @Test("the topologies that come with topoc", arguments: ["routed", "bridged", "gre", "vxlan"])
    func topologies(name: String) throws {
        let text = try String(contentsOf: package.appending(path: "topologies/\(name).topo"), encoding: .utf8)
        let topology = try Lowered(text).sound()
        #expect(topology.name.value == name)
        #expect(topology.hosts.map(\.containers.count) == [2, 2])
        #expect(topology.title != nil)
        #expect(topology.checks.count >= 3)
    }
}

extension ElementKind {
    /// The kind as it is called.
    fileprivate var withoutArticle: String { rawValue }
}
