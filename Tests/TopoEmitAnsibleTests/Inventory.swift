import TopoDiagnostics
import TopoDriver
import TopoEmit
import TopoEmitAnsible
import TopoTemplates

/// The built-in templates, read once.
private let builtIn = Result { try Templates() }

/// A topology that does not compile.
struct Refused: Error, CustomStringConvertible {
    let description: String
}

/// The files that the backend writes for the text of a topology.
func files(_ text: String) throws -> [Artifact] {
    let source = SourceFile(path: "net.topo", bytes: Array(text.utf8))
    let outcome = try compile(source, only: [AnsibleBackend.name], templates: builtIn.get())
    guard let compilation = outcome.output else {
        throw Refused(description: outcome.diagnostics.map(\.message).joined(separator: "\n"))
    }
    return compilation.artifacts
}

/// The lines of the inventory but its comments.
func inventory(_ text: String) throws -> [String] {
    try files(text).first { $0.path == "ansible/inventory.yml" }?.contents
        .split(separator: "\n").map(String.init)
        .filter { !$0.drop { $0 == " " }.hasPrefix("#") } ?? []
}

/// The lines of the inventory from `hosts:` on, of hosts that are nothing else.
func hostLines(_ hosts: String) throws -> [String] {
    Array(try inventory("topology: net\nruntime: netns\nhosts:\n\(hosts)\n").drop { $0 != "  hosts:" }.dropFirst())
}
