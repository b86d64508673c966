import Testing
import TopoDiagnostics
import TopoExpand
import TopoSyntax
import TopoTemplates

/// A file with its lock, written out.
struct Made {
    let hosts: [String]
    let lock: [String]
    let findings: [Diagnostic]

    /// - Parameter isPlain: leaves out which network an element is part of.
    init(_ text: String, lock: [String]? = nil, isPlain: Bool = true) throws {
        let bytes = lock.map { Array((["# topoc lock 1"] + $0 + ["# end", ""]).joined(separator: "\n").utf8) }
        let source = SourceFile(path: "a.topo", bytes: Array(text.utf8), lock: bytes)
        let root = try #require(read(source).output)
        let outcome = expand(root, of: source)
        let entries: [Node.Entry] =
            if case .mapping(let entries) = outcome.output?.tree.content { entries } else { [] }
        let hosts: [Node.Entry] =
            if case .mapping(let hosts) = entries.first(where: { $0.key == "hosts" })?.value.content { hosts } else {
                []
            }
        self.hosts = hosts.map { "\($0.key): \(isPlain ? $0.value.plainFlow : $0.value.flow)" }
        let lines = outcome.output?.lock.map { String(decoding: $0, as: UTF8.self).split(separator: "\n") } ?? []
        self.lock = lines.map(String.init).filter { !$0.hasPrefix("#") }
        findings = outcome.diagnostics.filter { $0.code != .notLocked }
    }

    var messages: [String] { findings.map { "\($0.code.rawValue) \($0.message)" } }
}

extension Node {
    /// The node on one line, without what says which network an element is part of: `PartOfTests` are about that.
    var plainFlow: String {
        flow.replacing(#/, part-of: [^,}]+/#, with: "").replacing(#/\{part-of: [^,}]+(, )?/#, with: "{")
    }
}

/// The built-in templates, whose functions and frames are read once for all tests of the module.
let builtIn = Result { try Templates() }
