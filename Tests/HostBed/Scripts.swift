public import Foundation
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// The scripts that topoc writes for a topology, and running them on the hosts of a bed.
public struct Scripts: Sendable {
    private let texts: [String: String]

    /// A topology that does not compile.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// Compiles the text of a topology.
    public init(_ text: String) throws {
        let source = SourceFile(path: "test.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, only: ["shell", "networkd"], templates: Templates())
        guard let compilation = outcome.output else {
            throw Refused(description: outcome.diagnostics.map(\.message).joined(separator: "\n"))
        }
        texts = Dictionary(uniqueKeysWithValues: compilation.artifacts.map { ($0.path, $0.contents) })
    }

    /// Compiles one of the topologies of the project, with another image, if it has one, and other changes of its text.
    public init(topology name: String, image: String? = "bare", replacing changes: [(String, String)] = []) throws {
        try self.init(
            file: "topologies/\(name).topo", replacing: (image.map { [("ubuntu:24.04", $0)] } ?? []) + changes)
    }

    /// Compiles a file of the project, with changes of its text.
    /// - Parameter path: from the project's root.
    public init(file path: String, replacing changes: [(String, String)]) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        for (old, new) in changes {
            guard text.contains(old) else { throw Refused(description: "\(path) has no \"\(old)\" to replace") }
            text = text.replacingOccurrences(of: old, with: new)
        }
        try self.init(text)
    }

    /// Compiles the network of topologies/four-ways.topo on two hosts, in one of its ways.
    /// - Parameter runtime: the value of `runtime`, with whatever lines come after it.
    public init(oneOfFourWays kind: String, runtime: String) throws {
        try self.init(
            topology: "four-ways", image: nil,
            replacing: [
                ("runtime: netns", "runtime: \(runtime)"), ("kind: vxlan", "kind: \(kind)"),
                ("host1..host3", "host1..host2"), ("c1..c4: {network", "c1..c2: {network"),
                ("host1/c1, host3/c4", "host1/c1, host2/c2"),
                ("host2/c1..c4, host3/c1..c4", "host1/c1..c2, host2/c1"),
            ])
    }

    /// The text of a host's script, as in `up.sh`.
    public func text(_ name: String, of host: String) -> String { texts["\(host)/\(name)"] ?? "exit 99" }

    /// Runs a host's script there, fed over standard input as `ssh HOST sh -s` would.
    public func run(_ name: String, on host: String, of bed: Bed, _ options: String...) throws -> Bed.Run {
        try bed.run(host, ["sh", "-s", "--"] + options, input: text(name, of: host))
    }

    /// Writes all of them into a new folder, one folder a host.
    public func write(to folder: URL) throws {
        for (path, text) in texts.sorted(by: { $0.key < $1.key }) {
            let file = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: false, encoding: .utf8)
        }
    }
}
