import Foundation
import TopoDiagnostics
import TopoSyntax

/// Topology files as the JSON that an editor's YAML server sees.
enum Documents {
    /// A file's value by the core schema of YAML 1.2 (10.3.2); nil where the file is no YAML.
    static func json(of bytes: [UInt8]) -> Any? {
        read(SourceFile(path: "a.topo", bytes: bytes)).output.map(value)
    }

    /// The names of the topologies in a folder of the project, sorted.
    static func names(in folder: String) -> [String] {
        let place = JSONSchema.root.appendingPathComponent(folder).path
        let all = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        return all.filter { $0.hasSuffix(".topo") }.map { "\(folder)/\($0)" }.sorted()
    }

    /// A file of the project.
    static func bytes(of path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: JSONSchema.root.appendingPathComponent(path)))
    }

    private static func value(_ node: Node) -> Any {
        switch node.content {
        case .scalar(let text, isQuoted: true): text
        case .scalar(let text, isQuoted: false): plain(text)
        case .sequence(let items): items.map(value)
        case .mapping(let entries):
            Dictionary(entries.map { ($0.key, value($0.value)) }, uniquingKeysWith: { first, _ in first })
        }
    }

    private static func plain(_ text: String) -> Any {
        if ["", "~", "null", "Null", "NULL"].contains(text) { return NSNull() }
        if ["true", "True", "TRUE"].contains(text) { return true }
        if ["false", "False", "FALSE"].contains(text) { return false }
        if text.wholeMatch(of: /[-+]?[0-9]+/) != nil, let number = Int(text) { return number }
        if text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil, let number = Double(text)
        {
            return number
        }
        return text
    }
}
