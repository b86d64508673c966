import Testing
import TopoDiagnostics
import TopoExpand
import TopoLower
import TopoModel
import TopoSyntax

/// A topology file's text, lowered.
struct Lowered {
    /// The file, for the texts of spans.
    let source: SourceFile
    /// The topology.
    let topology: Topology?
    /// What was found, in the order of the file.
    let diagnostics: [Diagnostic]

    /// Reads and lowers a text, which must be sound YAML.
    init(_ text: String) throws {
        source = SourceFile(path: "t.topo", bytes: Array(text.utf8))
        let outcome = lower(try #require(yamlTree(source.bytes), "no YAML"))
        topology = outcome.output
        diagnostics = outcome.diagnostics.sortedByPlace()
    }

    /// Reads a text as a file is read, with merged keys and ranges, and lowers it.
    init(file text: String) throws {
        source = SourceFile(path: "t.topo", bytes: Array(text.utf8))
        let root = try #require(read(source).output, "no YAML")
        let expanded = expand(root, of: source)
        let outcome = lower(try #require(expanded.output).tree)
        topology = outcome.output
        // A text in a document has no lock beside it.
        diagnostics = expanded.diagnostics.filter { $0.code != .notLocked } + outcome.diagnostics.sortedByPlace()
    }

    /// Each finding as `CODE "the text at its place": its message`.
    var findings: [String] {
        diagnostics.map { "\($0.code.rawValue) «\(source.text(of: $0.primary.span))» \($0.message)" }
    }

    /// The topology, where there was nothing to find.
    func sound() throws -> Topology {
        #expect(findings == [])
        return try #require(topology)
    }
}

/// A topology with one host, whose keys are given as lines without indentation; its LAN is `lan1`.
func hostText(_ keys: String, and rest: String = "") -> String {
    """
    topology: t
    image: ubuntu:24.04
    lans:
      lan1: {subnet: 172.16.1.0/24}
    hosts:
      host1:
    \(keys.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }.joined(separator: "\n"))
    \(rest)
    """
}
