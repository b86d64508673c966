import Foundation
import Testing
import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoTemplates

/// What `up.sh` makes of a list of commands: its own functions run, without root and without a network.
struct CompiledList {
    /// The calls, a line each.
    let calls: [String]

    /// A host with containers of every kind; its `up.sh` has all forms.
    private static let script = Result {
        let text = """
            topology: net
            image: some
            hosts:
              host1:
                bridges: {br0: {}}
                containers:
                  c1: {bridge: br0, address: 10.0.0.1/24, runtime: netns}
                  c2: {bridge: br0, address: 10.0.0.2/24, runtime: lxd}
                  c3: {bridge: br0, address: 10.0.0.3/24, runtime: docker}

            """
        let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
        let artifacts = try compile(source, only: ["shell"], templates: builtIn.get()).output?.artifacts ?? []
        return artifacts.first { $0.path == "host1/up.sh" }?.contents ?? ""
    }

    /// Compiles a list.
    /// - Parameters:
    ///   - families: the options of `ip` for the topology's families.
    ///   - state: a recorded snapshot; nil where nothing is known.
    ///   - fails: whether who takes the snapshot fails after it.
    ///   - shell: the command that runs it.
    ///   - path: where its commands are looked for first.
    init(
        _ list: [String], families: String = "-4", state: String? = nil, fails: Bool = false,
        shell command: [String] = ["/bin/sh"],
        path: String? = nil
    ) throws {
        let parts = try Self.script.get().components(separatedBy: "<<'END'\n")
        let rest = parts.dropFirst().joined(separator: "<<'END'\n").components(separatedBy: "\nEND\n")
        let engine = rest.dropFirst().joined(separator: "\nEND\n")
            .components(separatedBy: "\nwhile [ $# -gt 0 ]; do\n")[0]
        let recorded = state.map {
            ["recorded() {", "cat <<'STATE'", "\($0)STATE", fails ? "false" : "true", "}", "compile recorded"]
        }
        let lines =
            [(parts.first ?? "") + "<<'END'"] + list + ["END", engine, "families='\(families)'"]
            + (recorded ?? ["compile"])
        calls = try linesOfShell(lines.joined(separator: "\n"), by: command, path: path)
        for name in calls.flatMap(CompiledList.functions) where !engine.contains("\n\(name)() ") {
            Issue.record("\(name) is called, and up.sh has no such function")
        }
    }

    /// The functions that a call is of: at its beginning, after `||`, `{` or `;`.
    private static func functions(of call: String) -> [String] {
        var names: [String] = []
        for part in call.replacing(" || ", with: "\n").replacing("; ", with: "\n").split(separator: "\n") {
            let words = part.split(separator: " ").filter { $0 != "{" && $0 != "}" }
            guard let name = words.first, name.contains("_"), name.allSatisfy({ $0 == "_" || $0.isLetter }) else {
                continue
            }
            names.append(String(name))
        }
        return names
    }
}
