import Foundation
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// A compiled topology in a folder of a machine, with its `lab.sh`.
struct Lab {
    /// A topology that does not compile.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    let machine: Machine
    /// The topology's folder.
    let folder: URL

    /// Compiles one of the project's topologies.
    init(_ name: String, on machine: Machine) throws {
        try self.init(text: Lab.text(of: name), on: machine)
    }

    /// One of the project's topologies.
    static func text(of name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("topologies/\(name).topo"), encoding: .utf8)
    }

    /// Compiles a topology into a folder of its name, in this one.
    /// - Parameter despiteErrors: also where the network is wrong.
    init(text: String, on machine: Machine, in place: String = "out", despiteErrors: Bool = false) throws {
        let source = SourceFile(path: "test.topo", bytes: Array(text.utf8))
        let outcome = try compile(source, despiteErrors: despiteErrors, templates: builtIn.get())
        guard let compilation = outcome.output else {
            throw Refused(description: outcome.diagnostics.map(\.message).joined(separator: "\n"))
        }
        self.machine = machine
        folder = machine.folder.appendingPathComponent("\(place)/\(compilation.name)")
        for artifact in compilation.artifacts {
            let file = folder.appendingPathComponent(artifact.path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try artifact.contents.write(to: file, atomically: false, encoding: .utf8)
        }
    }

    /// Runs a verb of `lab.sh`.
    func run(_ verb: String, _ arguments: String..., seconds: Int = 120) throws -> Machine.Run {
        try machine.run(["sh", folder.appendingPathComponent("lab.sh").path, verb] + arguments, seconds: seconds)
    }

    /// Runs a command in a host or container.
    func exec(_ node: String, _ words: String...) throws -> Machine.Run { try exec(node, words) }

    /// Runs a command in a host or container.
    func exec(_ node: String, _ words: [String], seconds: Int = 60) throws -> Machine.Run {
        try machine.run(
            ["sh", folder.appendingPathComponent("lab.sh").path, "exec", node] + words, seconds: seconds)
    }

    /// Where a host's scripts for the lab are.
    func scripts(of host: String) -> URL {
        let own = folder.appendingPathComponent("lab/\(host)")
        return FileManager.default.fileExists(atPath: own.path) ? own : folder.appendingPathComponent(host)
    }

    /// Makes hosts and LANs, and runs no script in them: those are in another folder afterwards.
    /// - Returns: the folder of the hosts' scripts.
    func upWithoutScripts(_ hosts: [String]) throws -> URL {
        let aside = folder.appendingPathComponent("scripts")
        try FileManager.default.createDirectory(at: aside, withIntermediateDirectories: true)
        for host in hosts {
            let scripts = scripts(of: host)
            try FileManager.default.moveItem(at: scripts, to: aside.appendingPathComponent(host))
            try FileManager.default.createDirectory(at: scripts, withIntermediateDirectories: true)
            for script in ["up.sh", "down.sh", "check.sh"] {
                try "".write(to: scripts.appendingPathComponent(script), atomically: false, encoding: .utf8)
            }
        }
        let up = try run("up")
        guard up.status == 0 else { throw Refused(description: up.text) }
        return aside
    }
}

/// The built-in templates, whose functions and frames are read once for all tests of the module.
let builtIn = Result { try Templates() }
